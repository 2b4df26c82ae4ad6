package dev.minotaur.auth.examples.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.Session;
import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.User;
import dev.minotaur.auth.examples.DownStores;
import dev.minotaur.auth.examples.Logged;
import dev.minotaur.auth.inmemory.InMemoryAuthStores;
import dev.minotaur.auth.password.BcryptSha256PasswordHasher;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.StoreException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class WebExampleTest {

    private static final String PASSWORD = "correct horse battery staple";
    private static final String OTHER_PASSWORD = "an entirely different one";

    private WebExample application;

    @BeforeEach
    void start() throws IOException {
        application = startOver(InMemoryAuthStores.create());
        try (RawPassword password = RawPassword.ofString(PASSWORD)) {
            application.accounts().registration().registerUnconfirmed("ada@example.org", "ada", password);
        }
    }

    @AfterEach
    void stop() {
        application.close();
    }

    private static WebExample startOver(AuthStores stores) throws IOException {
        return WebExample.start(
                Accounts.builder(stores)
                        .allowUnconfirmedSignIn()
                        .revealTakenEmail()
                        .hasher(BcryptSha256PasswordHasher.insecurelyCheapForTests(4)),
                0);
    }

    private Browser browser() {
        return new Browser(application.port());
    }

    private Browser signedIn() {
        Browser browser = browser();
        assertThat(browser.login("ada", PASSWORD).statusCode()).isEqualTo(303);
        return browser;
    }

    private List<Session> sessions() {
        User ada = application.accounts().administration().find("ada").orElseThrow();
        return application.accounts().sessions().list(ada.id());
    }

    @Test
    void whoIsNotSignedInIsSentToTheForm() {
        HttpResponse<String> answer = browser().get("/");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains("/login");
    }

    @Test
    void theFormSignsInAndTheSessionIsNamedAfterTheBrowser() {
        Browser browser = signedIn();

        HttpResponse<String> home = browser.get("/");
        assertThat(home.statusCode()).isEqualTo(200);
        assertThat(home.body())
                .contains("Signed in as ada@example.org", "Browser &lt;1&gt;")
                .doesNotContain("<1>");
        assertThat(home.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(sessions().get(0).label()).contains("Browser <1>");
    }

    @Test
    void theCookieLastsAsLongAsTheSessionCan() {
        HttpResponse<String> answer = browser().login("ada", PASSWORD);

        assertThat(answer.headers().allValues("Set-Cookie"))
                .singleElement()
                .asString()
                .startsWith("__Host-session=")
                .endsWith("; Max-Age=" + 30 * 24 * 60 * 60);
    }

    @Test
    void aWrongPasswordIsRefusedInOneSentence() {
        HttpResponse<String> answer = browser().login("ada", OTHER_PASSWORD);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("No account goes by that name and password.");
        assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
    }

    @Test
    void guessingIsToldWhenToGoOn() {
        for (int i = 0; i < 5; i++) {
            browser().login("ada", OTHER_PASSWORD);
        }

        HttpResponse<String> answer = browser().login("ada", PASSWORD);

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(answer.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 30);
    }

    @Test
    void aLoginFormOfAnotherSiteSignsNobodyIn() {
        Browser browser = browser();
        browser.get("/login");
        String stolen = Browser.csrfIn(browser().get("/login"));

        HttpResponse<String> answer =
                browser.post("/login", Map.of("csrf", stolen, "identifier", "ada", "password", PASSWORD));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(browser.cookies).doesNotContainKey("__Host-session");
        assertThat(sessions()).isEmpty();
    }

    @Test
    void signingInAnewLeavesNoFormerSessionBehind() {
        Browser browser = signedIn();
        browser.login("ada", PASSWORD);

        assertThat(sessions()).hasSize(1);
    }

    @Test
    void signingOutEndsTheSessionAndRemovesTheCookie() {
        Browser browser = signedIn();
        Map<String, String> before = Map.copyOf(browser.cookies);

        HttpResponse<String> answer = browser.post("/logout", Map.of("csrf", Browser.csrfIn(browser.get("/"))));

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(browser.cookies).doesNotContainKey("__Host-session");
        assertThat(sessions()).isEmpty();
        browser.cookies.putAll(before);
        assertThat(browser.get("/").statusCode()).isEqualTo(303);
    }

    @Test
    void aFormWithoutTheTokenOfThisSessionChangesNothing() {
        Browser browser = signedIn();
        String ofAnother = Browser.csrfIn(signedIn().get("/"));

        assertThat(browser.post("/logout", Map.of()).statusCode()).isEqualTo(403);
        assertThat(browser.post("/logout", Map.of("csrf", ofAnother)).statusCode())
                .isEqualTo(403);
        assertThat(sessions()).hasSize(2);
    }

    @Test
    void aVisitorsCookieDoesNotGiveTheTokenOfASession() {
        Browser victim = signedIn();
        Browser attacker = browser();
        attacker.cookies.put("__Host-visitor", sessions().get(0).id().toString());

        String forged = Browser.csrfIn(attacker.get("/login"));

        assertThat(victim.post("/logout", Map.of("csrf", forged)).statusCode()).isEqualTo(403);
    }

    @Test
    void aSessionIsEndedFromTheList() {
        Browser lost = signedIn();
        TokenId session = sessions().get(0).id();
        Browser browser = signedIn();
        String csrf = Browser.csrfIn(browser.get("/"));

        assertThat(browser.post("/sessions/end", Map.of("csrf", csrf, "session", "no id"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(browser.post("/sessions/end", Map.of("csrf", csrf, "session", session.toString()))
                        .statusCode())
                .isEqualTo(303);
        assertThat(lost.get("/").statusCode()).isEqualTo(303);
        assertThat(browser.get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void allOtherSessionsAreEnded() {
        Browser lost = signedIn();
        Browser browser = signedIn();

        browser.post("/sessions/end-others", Map.of("csrf", Browser.csrfIn(browser.get("/"))));

        assertThat(lost.get("/").statusCode()).isEqualTo(303);
        assertThat(browser.get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void aNewPasswordRenewsTheCookieAndEndsTheOthers() {
        Browser lost = signedIn();
        Browser browser = signedIn();
        String before = browser.cookies.get("__Host-session");
        String csrf = Browser.csrfIn(browser.get("/"));

        HttpResponse<String> refused =
                browser.post("/password", Map.of("csrf", csrf, "current", PASSWORD, "next", "short"));
        HttpResponse<String> changed =
                browser.post("/password", Map.of("csrf", csrf, "current", PASSWORD, "next", OTHER_PASSWORD));

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("A password has at least 15 characters");
        assertThat(changed.statusCode()).isEqualTo(303);
        assertThat(browser.cookies.get("__Host-session")).isNotEqualTo(before);
        assertThat(browser.get("/").statusCode()).isEqualTo(200);
        assertThat(lost.get("/").statusCode()).isEqualTo(303);
    }

    @Test
    void theApiGoesByTheHeaderAndNotByTheCookie() {
        Browser browser = signedIn();
        String token = browser.cookies.get("__Host-session");
        Browser client = browser();

        HttpResponse<String> byHeader = client.get("/api/me", "Authorization", "bearer " + token);
        HttpResponse<String> byCookie = browser.get("/api/me");

        assertThat(byHeader.statusCode()).isEqualTo(200);
        assertThat(byHeader.body()).startsWith("{\"user\":\"");
        assertThat(byCookie.statusCode()).isEqualTo(401);
        assertThat(byCookie.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(client.get("/", "Authorization", "Bearer " + token).statusCode())
                .isEqualTo(303);
    }

    @Test
    void aLiveConnectionIsClosedWhenItsSessionEnds() {
        Browser watching = signedIn();
        HttpResponse<Stream<String>> live = watching.get("/live", BodyHandlers.ofLines());
        Iterator<String> lines = live.body().iterator();
        assertThat(lines.next()).isEqualTo("data: still signed in");
        Browser browser = signedIn();

        browser.post("/sessions/end-others", Map.of("csrf", Browser.csrfIn(browser.get("/"))));

        assertThat(lines).toIterable().contains("event: signed-out");
    }

    @Test
    void unknownPathsAndMethodsAreRefused() {
        assertThat(signedIn().get("/nowhere").statusCode()).isEqualTo(404);
        assertThat(browser().get("/loginx").statusCode()).isEqualTo(404);
        assertThat(signedIn().get("/logout").statusCode()).isEqualTo(405);
    }

    @Test
    void aStoreThatIsDownSignsNobodyInAndSaysSo() throws IOException {
        AuthStores down = DownStores.failingWith(StoreException.nothingHappened("no connection", null));
        try (Logged log = Logged.by("example");
                WebExample broken = startOver(down)) {
            Browser browser = new Browser(broken.port());
            browser.cookies.put("__Host-session", "A".repeat(64));

            HttpResponse<String> answer = browser.get("/");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).contains("5");
            assertThat(answer.body()).contains("Nothing has changed");
            assertThat(log.messages()).containsExactly("a store failed");
        }
    }
}
