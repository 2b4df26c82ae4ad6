package dev.minotaur.auth.examples.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.minotaur.auth.SessionOptions;
import dev.minotaur.auth.SignIn;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.examples.Sentences;
import dev.minotaur.auth.password.RawPassword;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/** The form, and what it posts. A visitor gets a cookie first, so that nobody else can sign this browser in. */
final class LoginPage implements HttpHandler {

    private final SignIn signIn;
    private final CsrfTokens csrf;
    private final SecureRandom random;

    LoginPage(SignIn signIn, CsrfTokens csrf, SecureRandom random) {
        this.signIn = signIn;
        this.csrf = csrf;
        this.random = random;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("POST")) {
            post(exchange, Form.read(exchange));
        } else {
            show(exchange, 200, "");
        }
    }

    private void show(HttpExchange exchange, int status, String sentence) throws IOException {
        String visitor = Cookies.read(exchange.getRequestHeaders(), Cookies.VISITOR)
                .orElseGet(() -> newVisitor(exchange.getResponseHeaders()));
        Replies.html(
                exchange,
                status,
                """
                <p>%s<form method="post" action="/login">
                <input type="hidden" name="csrf" value="%s">
                <label>E-mail or username <input name="identifier" autocomplete="username"></label>
                <label>Password <input name="password" type="password" autocomplete="current-password"></label>
                <button>Sign in</button></form>
                """
                        .formatted(Replies.escape(sentence), csrf.of("visitor", visitor)));
    }

    private String newVisitor(Headers response) {
        byte[] bits = new byte[16];
        random.nextBytes(bits);
        String visitor = HexFormat.of().formatHex(bits);
        Cookies.setVisitor(response, visitor);
        return visitor;
    }

    // region login
    private void post(HttpExchange exchange, Form form) throws IOException {
        Headers request = exchange.getRequestHeaders();
        Optional<String> visitor = Cookies.read(request, Cookies.VISITOR);
        if (visitor.isEmpty() || !csrf.isRight("visitor", visitor.get(), form.field("csrf"))) {
            show(exchange, 403, "This form is out of date. Try again.");
            return;
        }
        SessionOptions options = SessionOptions.none()
                .label(Optional.ofNullable(request.getFirst("User-Agent")).orElse(""));
        Optional<String> former = Cookies.read(request, Cookies.SESSION);
        SignInResult result;
        try (RawPassword password = RawPassword.ofString(form.text("password"))) {
            result = signIn.withPassword(
                    form.text("identifier"),
                    password,
                    former.map(options::replacing).orElse(options));
        }
        if (result instanceof SignInResult.SignedIn signedIn) {
            Cookies.setSession(exchange.getResponseHeaders(), signedIn.token(), signedIn.session());
            Replies.redirect(exchange, "/");
        } else if (result instanceof SignInResult.Refused refused) {
            refuse(exchange, refused);
        } else {
            show(exchange, 403, "This account needs a second factor.");
        }
    }

    private void refuse(HttpExchange exchange, SignInResult.Refused refused) throws IOException {
        int status =
                switch (refused.reason()) {
                    case BAD_CREDENTIALS, LINK_NOT_GOOD -> 403;
                    case TOO_MANY_ATTEMPTS -> 429;
                    case BUSY -> 503;
                };
        if (status != 403) {
            Replies.retryAfter(exchange, refused.retryAfter());
        }
        show(exchange, status, Sentences.of(refused.reason(), refused.retryAfter()));
    }
    // end region
}
