package dev.minotaur.auth.examples.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.minotaur.auth.SessionCheck;
import dev.minotaur.auth.Sessions;
import java.io.IOException;
import java.util.Optional;

/**
 * What stands before every page and every API call. Pages go by the cookie, and a form must prove where it came from; the API
 * goes by the Authorization header, which no browser sends of its own accord. Neither takes the other's.
 *
 * <p>The user is handed on as an argument: attributes of an exchange of this server are shared by all requests.
 */
final class SignedInFilter {

    /** Handles a request of a signed-in user. */
    interface Page {
        void handle(HttpExchange exchange, SessionCheck.Live who, Form form) throws IOException;
    }

    private static final String BEARER = "Bearer ";
    private final Sessions sessions;
    private final CsrfTokens csrf;

    SignedInFilter(Sessions sessions, CsrfTokens csrf) {
        this.sessions = sessions;
        this.csrf = csrf;
    }

    // region filter
    HttpHandler page(Page next) {
        return exchange -> {
            Optional<String> token = Cookies.read(exchange.getRequestHeaders(), Cookies.SESSION);
            Optional<SessionCheck.Live> live = token.flatMap(this::check);
            if (live.isEmpty()) {
                Replies.redirect(exchange, "/login");
                return;
            }
            Cookies.renewSession(exchange.getResponseHeaders(), live.get());
            boolean changes = !exchange.getRequestMethod().matches("GET|HEAD");
            Form form = Form.read(exchange);
            String session = live.get().session().id().toString();
            if (changes && !csrf.isRight("session", session, form.field("csrf"))) {
                Replies.html(exchange, 403, "<p>This form is out of date. Go back and load it again.");
                return;
            }
            next.handle(exchange, live.get(), form);
        };
    }

    private Optional<SessionCheck.Live> check(String token) {
        return sessions.check(token) instanceof SessionCheck.Live live ? Optional.of(live) : Optional.empty();
    }
    // end region

    // region api
    HttpHandler api(Page next) {
        return exchange -> {
            Optional<SessionCheck.Live> live = Optional.ofNullable(
                            exchange.getRequestHeaders().getFirst("Authorization"))
                    .filter(header -> header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                    .flatMap(header -> check(header.substring(BEARER.length()).strip()));
            if (live.isEmpty()) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
                Replies.json(exchange, 401, "{\"error\":\"not_signed_in\"}");
                return;
            }
            live.get().renewed().ifPresent(token -> exchange.getResponseHeaders()
                    .set("Renewed-Token", token.reveal()));
            next.handle(exchange, live.get(), Form.read(exchange));
        };
    }
    // end region
}
