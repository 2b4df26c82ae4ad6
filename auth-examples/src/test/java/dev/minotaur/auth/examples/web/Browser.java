package dev.minotaur.auth.examples.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser with a cookie jar of its own, which takes a Secure cookie from a loopback address as browsers do. */
final class Browser {

    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

    private final HttpClient client = HttpClient.newHttpClient();
    private final String address;
    final Map<String, String> cookies = new TreeMap<>();

    Browser(int port) {
        this.address = "http://localhost:" + port;
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path, String header, String value) {
        return send(request(path).header(header, value).GET(), BodyHandlers.ofString());
    }

    <T> HttpResponse<T> get(String path, BodyHandler<T> body) {
        return send(request(path).GET(), body);
    }

    HttpResponse<String> post(String path, Map<String, String> fields) {
        String form = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(
                request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form)),
                BodyHandlers.ofString());
    }

    HttpResponse<String> login(String identifier, String password) {
        String csrf = csrfIn(get("/login"));
        return post("/login", Map.of("csrf", csrf, "identifier", identifier, "password", password));
    }

    static String csrfIn(HttpResponse<String> page) {
        Matcher found = CSRF.matcher(page.body());
        assertThat(found.find()).as("a token in: %s", page.body()).isTrue();
        return found.group(1);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address + path)).header("User-Agent", "Browser <1>");
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return request;
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> body) {
        try {
            HttpResponse<T> response = client.send(request.build(), body);
            response.headers().allValues("Set-Cookie").forEach(this::keep);
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void keep(String header) {
        String[] parts = header.split("; ", -1);
        String name = parts[0].substring(0, parts[0].indexOf('='));
        assertThat(name).as("a cookie's name").startsWith("__Host-");
        assertThat(parts).as("attributes").contains("Path=/", "Secure", "HttpOnly", "SameSite=Lax");
        if (Arrays.asList(parts).contains("Max-Age=0")) {
            cookies.remove(name);
        } else {
            cookies.put(name, parts[0].substring(parts[0].indexOf('=') + 1));
        }
    }
}
