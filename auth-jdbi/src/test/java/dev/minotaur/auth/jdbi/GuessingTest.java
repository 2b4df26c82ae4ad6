package dev.minotaur.auth.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.ImportResult;
import dev.minotaur.auth.ImportedUser;
import dev.minotaur.auth.SignInRefusal;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.jdbi.support.TestDatabase;
import dev.minotaur.auth.password.BcryptPasswordHasher;
import dev.minotaur.auth.password.PasswordHasher;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Guesses in parallel at several instances over one database. */
@Timeout(60)
final class GuessingTest {

    private static final int INSTANCES = 4;
    private static final int GUESSES = 64;
    private static final int FREE = 5;
    private static final String EMAIL = "ada@example.org";
    private static final RawPassword PASSWORD = RawPassword.ofString("correct horse battery");

    private final PasswordHasher hasher = BcryptPasswordHasher.insecurelyCheapForTests(4);
    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-02T03:04:05.678901Z"));

    @ParameterizedTest
    @EnumSource
    void onlyTheFreeOnesAreLookedAtAndNoOtherCounts(Server server) throws Exception {
        try (TestDatabase database = server.database()) {
            List<HikariDataSource> pools = new ArrayList<>();
            List<Accounts> instances = new ArrayList<>();
            for (int i = 0; i < INSTANCES; i++) {
                HikariDataSource pool = database.runtimePool(8, true);
                pools.add(pool);
                instances.add(Accounts.builder(Server.stores(pool))
                        .hasher(hasher)
                        .hashingLimit(16, Duration.ofMinutes(1))
                        .clock(clock)
                        .passwordDisabledAfter(10)
                        .mailer(message -> {
                            throw new AssertionError("nothing is to be sent");
                        })
                        .executor(Runnable::run)
                        .build());
            }
            try {
                ImportResult imported = instances
                        .get(0)
                        .userImport()
                        .add(ImportedUser.of(EMAIL)
                                .passwordHash(hasher.hash(PASSWORD))
                                .emailProven());
                UserRecord user = Server.stores(pools.get(0))
                        .users()
                        .findById(((ImportResult.Imported) imported).user().id())
                        .orElseThrow();

                List<SignInRefusal> refusals = atOnce(instances);
                assertThat(refusals)
                        .hasSize(GUESSES)
                        .filteredOn(SignInRefusal.BAD_CREDENTIALS::equals)
                        .hasSize(FREE);
                assertThat(refusals).containsOnly(SignInRefusal.BAD_CREDENTIALS, SignInRefusal.TOO_MANY_ATTEMPTS);
                assertThat(Server.stores(pools.get(0)).users().findById(user.id()))
                        .contains(user);

                clock.advance(Duration.ofSeconds(30));
                assertThat(instances.get(3).signIn().withPassword(EMAIL, PASSWORD))
                        .isInstanceOf(SignInResult.SignedIn.class);
            } finally {
                pools.forEach(HikariDataSource::close);
            }
        }
    }

    private static List<SignInRefusal> atOnce(List<Accounts> instances) throws Exception {
        CyclicBarrier start = new CyclicBarrier(GUESSES);
        ExecutorService threads = Executors.newFixedThreadPool(GUESSES);
        try {
            List<Callable<SignInRefusal>> guesses = new ArrayList<>();
            for (int i = 0; i < GUESSES; i++) {
                Accounts instance = instances.get(i % INSTANCES);
                guesses.add(() -> {
                    start.await();
                    return ((SignInResult.Refused) instance.signIn().withPassword(EMAIL, RawPassword.ofString("wrong")))
                            .reason();
                });
            }
            List<SignInRefusal> refusals = new ArrayList<>();
            for (Future<SignInRefusal> guess : threads.invokeAll(guesses)) {
                refusals.add(guess.get());
            }
            return refusals;
        } finally {
            threads.shutdownNow();
        }
    }
}
