package dev.minotaur.auth.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.PasswordChangeResult;
import dev.minotaur.auth.SessionCheck;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.jdbi.support.H2Database;
import dev.minotaur.auth.password.RawPassword;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A whole life of an account, from the tables on, on a database in this process: no connection to anywhere is attempted. */
final class NoNetworkTest {

    private final Queue<URI> asked = new ConcurrentLinkedQueue<>();
    private final ProxySelector before = ProxySelector.getDefault();

    @BeforeEach
    void record() {
        ProxySelector.setDefault(new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                asked.add(uri);
                return List.of(new Proxy(Proxy.Type.HTTP, new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)));
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException e) {}
        });
    }

    @AfterEach
    void stopRecording() {
        ProxySelector.setDefault(before);
    }

    @Test
    void noConnectionIsAttempted() {
        try (H2Database database = H2Database.inMemory();
                Accounts accounts = Accounts.builder(Server.stores(database.runtime()))
                        .allowUnconfirmedSignIn()
                        .revealTakenEmail()
                        .build()) {
            RawPassword password = RawPassword.ofString("correct horse battery");
            var registered = accounts.registration().registerUnconfirmed("ada@bücher.example", "ada", password);
            var signedIn = (SignInResult.SignedIn) accounts.signIn().withPassword("ada", password);
            String token = signedIn.token().reveal();
            UserId id = signedIn.user().id();
            assertThat(registered).isNotNull();
            assertThat(accounts.sessions().check(token)).isInstanceOf(SessionCheck.Live.class);
            assertThat(accounts.passwords().change(token, password, RawPassword.ofString("correct horse staples")))
                    .isInstanceOf(PasswordChangeResult.Changed.class);
            assertThat(accounts.sessions().list(id)).hasSize(1);
            assertThat(accounts.administration().disable(id)).isPresent();
            assertThat(accounts.administration().delete(id)).isTrue();
            assertThat(accounts.administration().purge(10)).isNotNull();
        }
        assertThat(asked).isEmpty();
    }

    /** The control: an attempt would have been recorded. */
    @Test
    void anAttemptIsRecorded() {
        assertThatIOException().isThrownBy(() -> URI.create("http://example.invalid/")
                .toURL()
                .openStream()
                .close());
        assertThat(asked).hasSize(1);
    }
}
