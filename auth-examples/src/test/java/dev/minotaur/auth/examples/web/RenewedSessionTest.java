package dev.minotaur.auth.examples.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.RegistrationResult;
import dev.minotaur.auth.SessionPolicy;
import dev.minotaur.auth.inmemory.InMemoryAuthStores;
import dev.minotaur.auth.password.BcryptSha256PasswordHasher;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.testkit.MutableClock;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of the cookie and of the header when the session is renewed. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RenewedSessionTest {

    private static final String PASSWORD = "correct horse battery staple";
    private static final String COOKIE = "__Host-session";
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration GRACE = Duration.ofMinutes(1);

    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-02T03:04:05Z"));
    private WebExample application;
    private Browser browser;
    private String csrf;
    private String former;

    @BeforeEach
    void signIn() throws IOException {
        application = WebExample.start(
                Accounts.builder(InMemoryAuthStores.create())
                        .allowUnconfirmedSignIn()
                        .revealTakenEmail()
                        .clock(clock)
                        .sessionPolicy(SessionPolicy.defaults().withRenewal(HOUR, GRACE))
                        .hasher(BcryptSha256PasswordHasher.insecurelyCheapForTests(4)),
                0);
        try (RawPassword password = RawPassword.ofString(PASSWORD)) {
            assertThat(application.accounts().registration().registerUnconfirmed("ada@example.org", "ada", password))
                    .isInstanceOf(RegistrationResult.Registered.class);
        }
        browser = new Browser(application.port());
        assertThat(browser.login("ada", PASSWORD).statusCode()).isEqualTo(303);
        csrf = Browser.csrfIn(browser.get("/"));
        former = browser.cookies.get(COOKIE);
        clock.advance(HOUR);
    }

    @AfterEach
    void stop() {
        application.close();
    }

    @Test
    void aPageSetsTheCookieAnewAndItsFormsStayGood() {
        HttpResponse<String> home = browser.get("/");

        assertThat(home.headers().allValues("Set-Cookie")).hasSize(1);
        assertThat(browser.cookies.get(COOKIE)).isNotEqualTo(former);
        clock.advance(GRACE);
        assertThat(browser.post("/sessions/end-others", Map.of("csrf", csrf)).statusCode())
                .isEqualTo(303);
        assertThat(browser.get("/").headers().allValues("Set-Cookie")).isEmpty();
    }

    @Test
    void aBrowserThatLostTheAnswerIsGivenAnother() {
        browser.get("/");
        browser.cookies.put(COOKIE, former);
        clock.advance(GRACE.dividedBy(2));

        assertThat(browser.get("/").statusCode()).isEqualTo(200);

        assertThat(browser.cookies.get(COOKIE)).isNotEqualTo(former);
        clock.advance(GRACE);
        assertThat(browser.get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void aCopyOfTheFormerCookieEndsTheSession() {
        browser.get("/");
        Browser thief = new Browser(application.port());
        thief.cookies.put(COOKIE, former);
        clock.advance(GRACE);

        assertThat(thief.get("/").statusCode()).isEqualTo(303);
        assertThat(browser.get("/").statusCode()).isEqualTo(303);
    }

    @Test
    void signingOutRemovesTheCookieThoughTheSessionIsDue() {
        HttpResponse<String> answer = browser.post("/logout", Map.of("csrf", csrf));

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().allValues("Set-Cookie")).hasSize(1);
        assertThat(browser.cookies).doesNotContainKey(COOKIE);
    }

    @Test
    void aNewPasswordIsTakenThoughTheSessionIsDue() {
        HttpResponse<String> changed = browser.post(
                "/password", Map.of("csrf", csrf, "current", PASSWORD, "next", "an entirely different one"));

        assertThat(changed.statusCode()).isEqualTo(303);
        assertThat(changed.headers().allValues("Set-Cookie")).hasSize(1);
        assertThat(browser.get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void anApiGivesTheFreshTokenInAHeader() {
        Browser client = new Browser(application.port());

        HttpResponse<String> answer = client.get("/api/me", "Authorization", "Bearer " + former);

        String fresh = answer.headers().firstValue("Renewed-Token").orElseThrow();
        clock.advance(GRACE);
        HttpResponse<String> next = client.get("/api/me", "Authorization", "Bearer " + fresh);
        assertThat(next.statusCode()).isEqualTo(200);
        assertThat(next.headers().firstValue("Renewed-Token")).isEmpty();
    }
}
