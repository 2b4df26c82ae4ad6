package dev.minotaur.auth.examples.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.AuthEvent;
import dev.minotaur.auth.SessionCheck;
import dev.minotaur.auth.Sessions;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.inmemory.InMemoryAuthStores;
import dev.minotaur.auth.password.BcryptSha256PasswordHasher;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.TokenStore;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LiveConnectionsTest {

    private final List<AuthEvent> events = new ArrayList<>();
    private Runnable whileListing = () -> {};
    private final Accounts accounts = Accounts.builder(stores())
            .allowUnconfirmedSignIn()
            .revealTakenEmail()
            .hasher(BcryptSha256PasswordHasher.insecurelyCheapForTests(4))
            .listener(events::add)
            .build();
    private final Sessions sessions = accounts.sessions();
    private final LiveConnections live = new LiveConnections(sessions);
    private final List<String> disconnected = new ArrayList<>();

    private AuthStores stores() {
        AuthStores heap = InMemoryAuthStores.create();
        TokenStore tokens = (TokenStore) Proxy.newProxyInstance(
                TokenStore.class.getClassLoader(), new Class<?>[] {TokenStore.class}, (proxy, method, args) -> {
                    Object answer = method.invoke(heap.tokens(), args);
                    if (method.getName().equals("listByUser")) {
                        Runnable once = whileListing;
                        whileListing = () -> {};
                        once.run();
                    }
                    return answer;
                });
        return AuthStores.of(heap.users(), tokens, heap.attempts());
    }

    @BeforeEach
    void register() {
        try (RawPassword password = RawPassword.ofString("correct horse battery staple")) {
            accounts.registration().registerUnconfirmed("ada@example.org", password);
            accounts.registration().registerUnconfirmed("bob@example.org", password);
        }
    }

    private SessionCheck.Live signedIn(String email) {
        try (RawPassword password = RawPassword.ofString("correct horse battery staple")) {
            SignInResult.SignedIn in = (SignInResult.SignedIn) accounts.signIn().withPassword(email, password);
            return new SessionCheck.Live(in.user(), in.session(), Optional.empty());
        }
    }

    @Test
    void anEventClosesWhatItEndedAndNothingElse() {
        SessionCheck.Live kept = signedIn("ada@example.org");
        SessionCheck.Live other = signedIn("bob@example.org");
        live.add(signedIn("ada@example.org"), () -> disconnected.add("ended"));
        live.add(kept, () -> disconnected.add("kept"));
        live.add(other, () -> disconnected.add("of another user"));
        sessions.end(other.user().id(), other.session().id());
        events.clear();

        sessions.endOthers(kept.user().id(), kept.session().id());
        events.forEach(live::on);

        assertThat(disconnected).containsExactly("ended");
    }

    @Test
    void aSessionThatAnotherProcessEndedIsFoundAtTheNextLook() {
        SessionCheck.Live ended = signedIn("ada@example.org");
        live.add(ended, () -> disconnected.add("ended"));
        live.add(signedIn("ada@example.org"), () -> disconnected.add("still good"));
        sessions.end(ended.user().id(), ended.session().id());
        assertThat(disconnected).isEmpty();

        live.recheckAll();

        assertThat(disconnected).containsExactly("ended");
    }

    @Test
    void aSessionThatEndedBeforeItsConnectionWasAddedIsFoundAtOnce() {
        SessionCheck.Live ended = signedIn("ada@example.org");
        sessions.end(ended.user().id(), ended.session().id());

        live.add(ended, () -> disconnected.add("ended"));

        assertThat(disconnected).containsExactly("ended");
    }

    @Test
    void aConnectionThatIsAddedWhileSessionsAreListedStays() {
        live.add(signedIn("ada@example.org"), () -> disconnected.add("first"));
        whileListing = () -> live.add(signedIn("ada@example.org"), () -> disconnected.add("added meanwhile"));

        live.recheckAll();

        assertThat(disconnected).isEmpty();
    }

    @Test
    void aClosedConnectionIsNotDisconnected() {
        SessionCheck.Live ended = signedIn("ada@example.org");
        live.add(ended, () -> disconnected.add("ended")).close();
        sessions.end(ended.user().id(), ended.session().id());

        live.recheckAll();

        assertThat(disconnected).isEmpty();
    }
}
