package dev.minotaur.auth.examples.web;

import com.sun.net.httpserver.Headers;
import dev.minotaur.auth.RawToken;
import dev.minotaur.auth.Session;
import dev.minotaur.auth.SessionCheck;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The cookies. The prefix __Host- makes a browser refuse one that is not Secure, not for the whole host, or set by a
 * neighbouring subdomain. SameSite=Lax keeps them off requests that other sites cause, except for a followed link.
 */
final class Cookies {

    // region attributes
    static final String SESSION = "__Host-session";
    static final String VISITOR = "__Host-visitor";
    private static final String ATTRIBUTES = "; Path=/; Secure; HttpOnly; SameSite=Lax";

    /**
     * The browser keeps it as long as the session can last; when it has ended is for the server to know. What the same answer
     * said before of the session's cookie is replaced.
     */
    static void setSession(Headers response, RawToken token, Session session) {
        Duration life = Duration.between(session.issuedAt(), session.expiresAt());
        response.set("Set-Cookie", SESSION + "=" + token.reveal() + ATTRIBUTES + "; Max-Age=" + life.toSeconds());
    }

    /** In place of the one that the browser has. */
    static void renewSession(Headers response, SessionCheck.Live live) {
        live.renewed().ifPresent(token -> setSession(response, token, live.session()));
    }

    static void removeSession(Headers response) {
        response.set("Set-Cookie", SESSION + "=" + ATTRIBUTES + "; Max-Age=0");
    }

    /** Without Max-Age: the browser forgets it when it is closed. */
    static void setVisitor(Headers response, String visitor) {
        response.add("Set-Cookie", VISITOR + "=" + visitor + ATTRIBUTES);
    }
    // end region

    private Cookies() {}

    static Optional<String> read(Headers request, String name) {
        return Optional.ofNullable(request.get("Cookie")).orElse(List.of()).stream()
                .flatMap(header -> Arrays.stream(header.split(";")))
                .map(String::strip)
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .findFirst();
    }
}
