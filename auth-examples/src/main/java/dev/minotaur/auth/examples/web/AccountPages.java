package dev.minotaur.auth.examples.web;

import com.sun.net.httpserver.HttpExchange;
import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.PasswordChangeResult;
import dev.minotaur.auth.Session;
import dev.minotaur.auth.SessionCheck;
import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.examples.Sentences;
import dev.minotaur.auth.password.RawPassword;
import java.io.IOException;
import java.util.stream.Collectors;

/** What a signed-in user sees and does: the sessions, signing out, the password. */
final class AccountPages {

    private final Accounts accounts;
    private final CsrfTokens csrf;

    AccountPages(Accounts accounts, CsrfTokens csrf) {
        this.accounts = accounts;
        this.csrf = csrf;
    }

    void home(HttpExchange exchange, SessionCheck.Live who, Form form) throws IOException {
        show(exchange, 200, who, "");
    }

    private void show(HttpExchange exchange, int status, SessionCheck.Live who, String sentence) throws IOException {
        String sessions = accounts.sessions().list(who.user().id()).stream()
                .map(session -> "<li>" + describe(session)
                        + (session.id().equals(who.session().id()) ? " (this one)" : "")
                        + form(
                                who,
                                "/sessions/end",
                                "End it",
                                hidden("session", session.id().toString())))
                .collect(Collectors.joining());
        Replies.html(
                exchange,
                status,
                "<p>" + Replies.escape(sentence) + "<p>Signed in as "
                        + Replies.escape(who.user().email().entered())
                        + form(who, "/logout", "Sign out", "")
                        + "<ul>" + sessions + "</ul>"
                        + form(who, "/sessions/end-others", "End all others", "")
                        + form(
                                who,
                                "/password",
                                "Change the password",
                                """
                        <label>Present password
                        <input name="current" type="password" autocomplete="current-password"></label>
                        <label>New password
                        <input name="next" type="password" autocomplete="new-password"></label>
                        """));
    }

    private static String describe(Session session) {
        return Replies.escape(session.label().orElse("an unnamed device")) + ", since " + session.issuedAt();
    }

    private String form(SessionCheck.Live who, String action, String button, String fields) {
        String token = csrf.of("session", who.session().id().toString());
        return "<form method=\"post\" action=\"" + action + "\">" + hidden("csrf", token) + fields + "<button>" + button
                + "</button></form>";
    }

    private static String hidden(String name, String value) {
        return "<input type=\"hidden\" name=\"" + name + "\" value=\"" + value + "\">";
    }

    // region logout
    void logout(HttpExchange exchange, SessionCheck.Live who, Form form) throws IOException {
        accounts.sessions().end(who.user().id(), who.session().id());
        Cookies.removeSession(exchange.getResponseHeaders());
        exchange.getResponseHeaders().set("Clear-Site-Data", "\"cache\", \"storage\"");
        Replies.redirect(exchange, "/login");
    }
    // end region

    // region sessions
    void endSession(HttpExchange exchange, SessionCheck.Live who, Form form) throws IOException {
        try {
            accounts.sessions().end(who.user().id(), TokenId.parse(form.text("session")));
        } catch (IllegalArgumentException noId) {
            Replies.html(exchange, 400, "<p>That is no session.");
            return;
        }
        Replies.redirect(exchange, "/");
    }

    void endOtherSessions(HttpExchange exchange, SessionCheck.Live who, Form form) throws IOException {
        accounts.sessions().endOthers(who.user().id(), who.session().id());
        Replies.redirect(exchange, "/");
    }
    // end region

    // region password
    void changePassword(HttpExchange exchange, SessionCheck.Live who, Form form) throws IOException {
        String token =
                Cookies.read(exchange.getRequestHeaders(), Cookies.SESSION).orElseThrow();
        PasswordChangeResult result;
        try (RawPassword current = RawPassword.ofString(form.text("current"));
                RawPassword next = RawPassword.ofString(form.text("next"))) {
            result = accounts.passwords().change(token, current, next);
        }
        if (result instanceof PasswordChangeResult.Changed changed) {
            changed.token()
                    .ifPresentOrElse(
                            fresh -> Cookies.setSession(exchange.getResponseHeaders(), fresh, who.session()),
                            () -> Cookies.removeSession(exchange.getResponseHeaders()));
            Replies.redirect(exchange, "/");
        } else if (result instanceof PasswordChangeResult.Refused refused) {
            String sentence = Sentences.of(refused.reason(), refused.passwordProblem(), refused.retryAfter());
            show(exchange, 422, who, sentence);
        }
    }
    // end region

    void me(HttpExchange exchange, SessionCheck.Live who, Form form) throws IOException {
        Replies.json(exchange, 200, "{\"user\":\"" + who.user().id() + "\"}");
    }
}
