package dev.minotaur.auth.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.AttemptPolicy;
import dev.minotaur.auth.AuthEvent;
import dev.minotaur.auth.ClientLimit;
import dev.minotaur.auth.ImportedUser;
import dev.minotaur.auth.PasswordChangeRefusal;
import dev.minotaur.auth.PasswordChangeResult;
import dev.minotaur.auth.ReauthenticationRefusal;
import dev.minotaur.auth.ReauthenticationResult;
import dev.minotaur.auth.SessionOptions;
import dev.minotaur.auth.SignInRefusal;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.testkit.MutableClock;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each way that looks at a password is guarded alike; a new one must be named here, and then be guarded too. */
class GuardedWaysTest {

    private static final String EMAIL = "ada@example.com";
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");

    /** They take a password to be set, and look at none. */
    private static final Set<String> SETTING = Set.of(
            "signUp.confirm 2",
            "signUp.confirm 3",
            "registration.registerUnconfirmed 2",
            "registration.registerUnconfirmed 3",
            "passwordReset.use 2");

    private final InMemoryAuthStores stores = InMemoryAuthStores.create();
    private final CountingHasher hasher = new CountingHasher();
    private final List<Optional<String>> clients = new ArrayList<>();
    private volatile Optional<Duration> clientWaits = Optional.empty();

    @Test
    void everyWayWithAPasswordIsKnown() {
        Set<String> found = new TreeSet<>();
        for (Method rules : Accounts.class.getMethods()) {
            if (rules.getParameterCount() == 0 && !Modifier.isStatic(rules.getModifiers())) {
                Arrays.stream(rules.getReturnType().getMethods())
                        .filter(method -> List.of(method.getParameterTypes()).contains(RawPassword.class))
                        .forEach(method ->
                                found.add(rules.getName() + "." + method.getName() + " " + method.getParameterCount()));
            }
        }
        Set<String> known = new TreeSet<>(SETTING);
        known.addAll(ways(accounts(), "").keySet());
        assertThat(found).isEqualTo(known);
    }

    @Test
    void aFullBudgetHoldsEachWay() {
        Accounts accounts = accounts();
        String session = session(accounts);
        for (int i = 0; i < 5; i++) {
            var wrong = accounts.signIn().withPassword(EMAIL, RawPassword.ofString("wrong"));
            assertThat(wrong).isInstanceOf(SignInResult.Refused.class);
        }
        expectHeld(accounts, session, Duration.ofSeconds(30));
    }

    @Test
    void theBoundOfAClientHoldsEachWayAndCountsNothing() {
        Accounts accounts = accounts().forClient("192.0.2.1");
        String session = session(accounts);
        clients.clear();
        clientWaits = Optional.of(Duration.ofMinutes(7));
        for (int i = 0; i < 10; i++) {
            expectHeld(accounts, session, Duration.ofMinutes(7));
        }
        assertThat(clients).hasSize(40).containsOnly(Optional.of("192.0.2.1"));
        clientWaits = Optional.empty();
        assertThat(accounts.signIn().withPassword(EMAIL, password())).isInstanceOf(SignInResult.SignedIn.class);
    }

    @Test
    void aBoundThatFailsOrAnswersNonsenseHoldsEachWay() {
        String session = session(accounts());
        List<ClientLimit> bad = List.of(
                (client, now) -> {
                    throw new IllegalStateException("cannot count");
                },
                (client, now) -> {
                    throw new NoClassDefFoundError("a limiter");
                },
                (client, now) -> null,
                (client, now) -> Optional.of(Duration.ZERO),
                (client, now) -> Optional.of(Duration.ofDays(-1)));
        for (ClientLimit limit : bad) {
            List<AuthEvent> events = new ArrayList<>();
            expectHeld(settings(limit).listener(events::add).build(), session, Duration.ofSeconds(30));
            assertThat(events)
                    .filteredOn(event -> event.type() == AuthEvent.Type.SYS_CLIENT_LIMIT_FAIL)
                    .hasSize(4);
        }
    }

    /** While one client is asked about, another one has the only turn there is. */
    @Test
    void aBoundThatTakesLongMakesNobodyElseWait() {
        String session = session(accounts());
        List<String> others = new ArrayList<>();
        AtomicReference<Accounts> all = new AtomicReference<>();
        all.set(settings((client, now) -> {
                    if (client.equals(Optional.of("192.0.2.1"))) {
                        var ways = ways(all.get(), session);
                        others.add(ways.get("signIn.withPassword 2").apply(password()));
                        others.add(ways.get("passwords.change 3").apply(password()));
                    }
                    return Optional.empty();
                })
                .hashingLimit(1, Duration.ZERO)
                .build());
        var slow = all.get().forClient("192.0.2.1").signIn().withPassword("nobody@example.com", password());
        assertThat(slow).isInstanceOf(SignInResult.Refused.class);
        assertThat(others).containsExactly("signed in", "changed");
    }

    /** An answer that came at once would tell that the account is there, and that its hash is damaged. */
    @Test
    void aHashThatCannotBeReadCostsEachWayWhatAnyOtherCosts() {
        List<AuthEvent> events = new ArrayList<>();
        Accounts accounts = settings((client, now) -> Optional.empty())
                .attemptPolicy(new AttemptPolicy(100, Duration.ofSeconds(30), Duration.ofHours(1)))
                .listener(events::add)
                .build();
        String session = session(accounts);
        UserRecord ada = stores.users().findByEmail(EMAIL).orElseThrow();
        for (String hash : List.of(
                "$2b$31$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe",
                "$2b$10$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYV",
                "$2x$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe",
                "a")) {
            UserRecord damaged = ada.toBuilder()
                    .passwordHash(PasswordHash.of(hash))
                    .version(ada.version() + 1)
                    .build();
            assertThat(stores.users().update(damaged, ada.version())).isEqualTo(UpdateUserOutcome.UPDATED);
            ada = damaged;
            ways(accounts, session).forEach((way, call) -> {
                events.clear();
                int before = hasher.computations();
                assertThat(call.apply(password())).as(way).isEqualTo("looked at");
                assertThat(hasher.computations() - before).as(way).isEqualTo(1);
                assertThat(events)
                        .as(way)
                        .extracting(AuthEvent::reason)
                        .containsExactly(Optional.of("unreadable_hash"));
            });
        }
    }

    private void expectHeld(Accounts accounts, String session, Duration wait) {
        int before = hasher.computations();
        Map<String, String> told = ways(accounts, session).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, way -> way.getValue().apply(password())));
        assertThat(told.values()).hasSize(4).containsOnly("TOO_MANY_ATTEMPTS Optional[" + wait + "]");
        assertThat(hasher.computations()).isEqualTo(before);
    }

    private static Map<String, Function<RawPassword, String>> ways(Accounts accounts, String session) {
        Map<String, Function<RawPassword, String>> ways = new TreeMap<>();
        ways.put("signIn.withPassword 2", password -> told(accounts.signIn().withPassword(EMAIL, password)));
        ways.put(
                "signIn.withPassword 3",
                password -> told(accounts.signIn().withPassword(EMAIL, password, SessionOptions.none())));
        ways.put(
                "passwords.change 3",
                password -> told(
                        accounts.passwords().change(session, password, RawPassword.ofString("correct horse staple!"))));
        ways.put(
                "sessions.reauthenticate 2",
                password -> told(accounts.sessions().reauthenticate(session, password)));
        return ways;
    }

    private static String told(SignInResult result) {
        return result instanceof SignInResult.Refused refused
                ? name(refused.reason() == SignInRefusal.TOO_MANY_ATTEMPTS, refused.retryAfter())
                : "signed in";
    }

    private static String told(PasswordChangeResult result) {
        return result instanceof PasswordChangeResult.Refused refused
                ? name(refused.reason() == PasswordChangeRefusal.TOO_MANY_ATTEMPTS, refused.retryAfter())
                : "changed";
    }

    private static String told(ReauthenticationResult result) {
        return result instanceof ReauthenticationResult.Refused refused
                ? name(refused.reason() == ReauthenticationRefusal.TOO_MANY_ATTEMPTS, refused.retryAfter())
                : "proven";
    }

    private static String name(boolean held, Optional<Duration> wait) {
        return held ? "TOO_MANY_ATTEMPTS " + wait : "looked at";
    }

    private Accounts accounts() {
        return accounts((client, now) -> {
            assertThat(now).isEqualTo(NOW);
            clients.add(client);
            return clientWaits;
        });
    }

    private Accounts accounts(ClientLimit limit) {
        return settings(limit).build();
    }

    private Accounts.Builder settings(ClientLimit limit) {
        return Accounts.builder(stores)
                .hasher(hasher)
                .clock(new MutableClock(NOW))
                .clientLimit(limit);
    }

    private String session(Accounts accounts) {
        var unused = accounts.userImport()
                .add(ImportedUser.of(EMAIL)
                        .passwordHash(hasher.hash(password()))
                        .emailProven());
        return ((SignInResult.SignedIn) accounts.signIn().withPassword(EMAIL, password()))
                .token()
                .reveal();
    }

    private static RawPassword password() {
        return RawPassword.ofString("correct horse battery");
    }
}
