package dev.minotaur.auth.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.AttemptPolicy;
import dev.minotaur.auth.AuthEvent;
import dev.minotaur.auth.RegistrationResult;
import dev.minotaur.auth.SessionCheck;
import dev.minotaur.auth.SignInRefusal;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.User;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** How guesses are counted and hashing is bounded, inside one instance. */
class AccountsGuessingTest {

    private static final String EMAIL = "ada@example.com";
    private static final String PASSWORD = "correct horse battery";
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");

    private final InMemoryAuthStores stores = InMemoryAuthStores.create();
    private final CountingHasher hasher = new CountingHasher();

    @Test
    void ofManyGuessesAtOnceOnlyTheFreeOnesAreLookedAt() throws Exception {
        Accounts accounts = open().hashingLimit(4, Duration.ofMinutes(1)).build();
        var unused = registered(accounts);
        for (String identifier : List.of(EMAIL, "nobody@example.com", "not an address")) {
            int before = hasher.computations();
            List<SignInResult> results = atOnce(
                    64, () -> accounts.signIn().withPassword(identifier, RawPassword.ofString("a wrong password")));

            assertThat(hasher.computations() - before).as(identifier).isEqualTo(5);
            assertThat(results)
                    .filteredOn(result -> reason(result).equals(Optional.of(SignInRefusal.TOO_MANY_ATTEMPTS)))
                    .hasSize(59)
                    .allMatch(result ->
                            ((SignInResult.Refused) result).retryAfter().isPresent());
        }
    }

    @Test
    void delaysEndAndSuccessForgets() {
        MutableClock clock = new MutableClock(NOW);
        Accounts accounts = open().clock(clock)
                .attemptPolicy(new AttemptPolicy(2, Duration.ofSeconds(10), Duration.ofSeconds(15)))
                .build();
        var unused = registered(accounts);
        assertThat(refusalOf(accounts, "wrong")).contains(SignInRefusal.BAD_CREDENTIALS);
        assertThat(refusalOf(accounts, "wrong")).contains(SignInRefusal.BAD_CREDENTIALS);
        assertThat(refusalOf(accounts, PASSWORD)).contains(SignInRefusal.TOO_MANY_ATTEMPTS);
        clock.set(NOW.plusSeconds(10).minusNanos(1000));
        assertThat(refusalOf(accounts, PASSWORD)).contains(SignInRefusal.TOO_MANY_ATTEMPTS);
        clock.set(NOW.plusSeconds(10));
        assertThat(refusalOf(accounts, PASSWORD)).isEmpty();
        assertThat(refusalOf(accounts, "wrong")).contains(SignInRefusal.BAD_CREDENTIALS);
        assertThat(refusalOf(accounts, PASSWORD)).isEmpty();
    }

    @Test
    void aBusyMachineSaysSoAndDoesNotCount() throws Exception {
        Accounts accounts = open().hashingLimit(1, Duration.ZERO).build();
        var unused = registered(accounts);
        String token = signedIn(accounts);
        whileAnotherHashes(accounts, () -> {
            for (int i = 0; i < 20; i++) {
                assertThat(signIn(accounts, PASSWORD))
                        .isEqualTo(new SignInResult.Refused(SignInRefusal.BUSY, Optional.of(Duration.ofSeconds(1))));
            }
            assertThat(accounts.sessions().check(token)).isInstanceOf(SessionCheck.Live.class);
        });
        assertThat(refusalOf(accounts, PASSWORD)).isEmpty();
    }

    @Test
    void whoIsInterruptedWhileWaitingForATurnIsToldThatTheMachineIsBusy() throws Exception {
        Accounts accounts = open().hashingLimit(1, Duration.ofMinutes(1)).build();
        var unused = registered(accounts);
        whileAnotherHashes(accounts, () -> {
            Thread.currentThread().interrupt();
            assertThat(refusalOf(accounts, PASSWORD)).contains(SignInRefusal.BUSY);
            assertThat(Thread.interrupted()).isTrue();
        });
    }

    private void whileAnotherHashes(Accounts accounts, Runnable step) throws Exception {
        CountDownLatch hashing = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        hasher.first(() -> {
            hashing.countDown();
            await(release);
        });
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<SignInResult> first = other.submit(() -> signIn(accounts, PASSWORD));
            await(hashing);
            step.run();
            release.countDown();
            assertThat(first.get()).isInstanceOf(SignInResult.SignedIn.class);
        } finally {
            release.countDown();
            other.shutdownNow();
        }
    }

    /** While it waited, longer than any delay, others guessed at the same name. */
    @Test
    void anAttemptThatWaitedForItsTurnGainsNothing() {
        MutableClock clock = new MutableClock(NOW);
        AttemptPolicy policy = new AttemptPolicy(1, Duration.ofSeconds(1), Duration.ofSeconds(1));
        Accounts others = open().clock(clock).attemptPolicy(policy).build();
        var unused = registered(others);
        Accounts late = open().clock(clock)
                .attemptPolicy(policy)
                .clientLimit((client, now) -> {
                    clock.advance(Duration.ofSeconds(30));
                    assertThat(refusalOf(others, "wrong")).contains(SignInRefusal.BAD_CREDENTIALS);
                    return Optional.empty();
                })
                .build();
        int before = hasher.computations();
        assertThat(refusalOf(late, PASSWORD)).contains(SignInRefusal.TOO_MANY_ATTEMPTS);
        assertThat(hasher.computations() - before).isEqualTo(1);
        assertThat(refusalOf(others, PASSWORD)).contains(SignInRefusal.TOO_MANY_ATTEMPTS);
        clock.advance(Duration.ofSeconds(1));
        assertThat(refusalOf(others, PASSWORD)).isEmpty();
    }

    @Test
    void aFullBudgetTellsNothingOfOtherIdentifiers() {
        Accounts accounts = open().build();
        var unused = accounts.registration().registerUnconfirmed(EMAIL, "ada", RawPassword.ofString(PASSWORD));
        for (int i = 0; i < 6; i++) {
            var wrong = accounts.signIn().withPassword("ada", RawPassword.ofString("wrong"));
            assertThat(wrong).isInstanceOf(SignInResult.Refused.class);
        }
        for (String identifier : List.of(EMAIL, "nobody@example.com", "nobody")) {
            assertThat(reason(accounts.signIn().withPassword(identifier, RawPassword.ofString("wrong"))))
                    .as(identifier)
                    .contains(SignInRefusal.BAD_CREDENTIALS);
        }
        assertThat(reason(accounts.signIn().withPassword("ada", RawPassword.ofString(PASSWORD))))
                .contains(SignInRefusal.TOO_MANY_ATTEMPTS);
        assertThat(refusalOf(accounts, PASSWORD)).isEmpty();
        assertThat(reason(accounts.signIn().withPassword("ada", RawPassword.ofString(PASSWORD))))
                .isEmpty();
    }

    @Test
    void aListenerThatSignsSomebodyInFindsTheMachineFree() {
        List<SignInResult> nested = new ArrayList<>();
        List<Accounts> self = new ArrayList<>();
        Accounts accounts = open().hashingLimit(1, Duration.ZERO)
                .attemptPolicy(new AttemptPolicy(1, Duration.ofSeconds(10), Duration.ofSeconds(10)))
                .listener(event -> {
                    if (event.type() == AuthEvent.Type.AUTHN_LOGIN_FAIL_MAX) {
                        nested.add(signIn(self.get(0), PASSWORD));
                    }
                })
                .build();
        self.add(accounts);
        var unused = registered(accounts);
        for (int i = 0; i < 2; i++) {
            var refused = accounts.signIn().withPassword("nobody@example.com", RawPassword.ofString("wrong"));
            assertThat(refused).isInstanceOf(SignInResult.Refused.class);
        }

        assertThat(nested).hasSize(1).allMatch(SignInResult.SignedIn.class::isInstance);
    }

    private Accounts.Builder open() {
        return Accounts.builder(stores).hasher(hasher).allowUnconfirmedSignIn().revealTakenEmail();
    }

    private static RegistrationResult register(Accounts accounts) {
        return accounts.registration().registerUnconfirmed(EMAIL, RawPassword.ofString(PASSWORD));
    }

    private static User registered(Accounts accounts) {
        return ((RegistrationResult.Registered) register(accounts)).user();
    }

    private static SignInResult signIn(Accounts accounts, String password) {
        return accounts.signIn().withPassword(EMAIL, RawPassword.ofString(password));
    }

    private static String signedIn(Accounts accounts) {
        return ((SignInResult.SignedIn) signIn(accounts, PASSWORD)).token().reveal();
    }

    private static Optional<SignInRefusal> refusalOf(Accounts accounts, String password) {
        return reason(signIn(accounts, password));
    }

    private static Optional<SignInRefusal> reason(SignInResult result) {
        return result instanceof SignInResult.Refused refused ? Optional.of(refused.reason()) : Optional.empty();
    }

    private static <T> List<T> atOnce(int threads, Callable<T> call) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CyclicBarrier barrier = new CyclicBarrier(threads);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(pool.submit(() -> {
                    barrier.await();
                    return call.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException failed) {
            throw new AssertionError("a thread failed", failed.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
