package dev.minotaur.auth.examples.web;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The fields of a posted form. What is longer than any form of this application is taken for empty. */
final class Form {

    private static final int MAX_BYTES = 16 * 1024;
    private final Map<String, String> fields = new HashMap<>();

    private Form() {}

    static Form read(HttpExchange exchange) throws IOException {
        Form form = new Form();
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BYTES + 1);
        if (body.length <= MAX_BYTES) {
            for (String pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
                form.add(pair);
            }
        }
        return form;
    }

    private void add(String pair) {
        int at = pair.indexOf('=');
        try {
            if (at > 0) {
                fields.put(decode(pair.substring(0, at)), decode(pair.substring(at + 1)));
            }
        } catch (IllegalArgumentException malformed) {
            // A field that no browser would send is as good as none.
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    String text(String name) {
        return fields.getOrDefault(name, "");
    }
}
