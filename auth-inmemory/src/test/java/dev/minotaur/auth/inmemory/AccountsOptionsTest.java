package dev.minotaur.auth.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.AuthEvent;
import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.RegistrationResult;
import dev.minotaur.auth.SecurityStamp;
import dev.minotaur.auth.SessionCheck;
import dev.minotaur.auth.SessionOptions;
import dev.minotaur.auth.SessionPolicy;
import dev.minotaur.auth.SessionRefusal;
import dev.minotaur.auth.SignInRefusal;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.User;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.password.BcryptPasswordHasher;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.testkit.MutableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the options of the builder do. */
class AccountsOptionsTest {

    private static final String EMAIL = "ada@example.com";
    private static final String PASSWORD = "correct horse battery";
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");

    private final InMemoryAuthStores stores = InMemoryAuthStores.create();
    private final CountingHasher hasher = new CountingHasher();

    @Test
    void theOpenFormNeedsBothOfItsLoudOptions() {
        for (Accounts.Builder builder : List.of(
                Accounts.builder(stores),
                Accounts.builder(stores).allowUnconfirmedSignIn(),
                Accounts.builder(stores).revealTakenEmail())) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> register(builder.build()))
                    .withMessageContaining("allowUnconfirmedSignIn() and revealTakenEmail()");
        }
    }

    @Test
    void withoutTheOptionNobodySignsInUnconfirmedAndNoSessionOfTheirsIsGood() {
        Accounts open = open().build();
        User user = registered(open);
        String token = signedIn(open);
        Accounts strict = Accounts.builder(stores).hasher(hasher).build();

        assertThat(refusalOf(strict, PASSWORD)).contains(SignInRefusal.BAD_CREDENTIALS);
        assertThat(strict.sessions().check(token)).isEqualTo(new SessionCheck.Refused(SessionRefusal.REVOKED));

        UserRecord record = stores.users().findById(user.id()).orElseThrow();
        var unused = stores.users()
                .update(record.toBuilder().version(2).emailConfirmedAt(NOW).build(), 1);
        assertThat(refusalOf(strict, PASSWORD)).isEmpty();
        assertThat(strict.sessions().check(token)).isInstanceOf(SessionCheck.Live.class);
    }

    @Test
    void whatIsDeclaredVoidIsVoidFromTheInstantOn() {
        Accounts issuing = open().clock(Clock.fixed(NOW, ZoneOffset.UTC)).build();
        var unused = registered(issuing);
        String token = signedIn(issuing);

        assertThat(open().clock(Clock.fixed(NOW, ZoneOffset.UTC))
                        .voidTokensIssuedBefore(NOW)
                        .build()
                        .sessions()
                        .check(token))
                .isInstanceOf(SessionCheck.Live.class);
        assertThat(open().clock(Clock.fixed(NOW, ZoneOffset.UTC))
                        .voidTokensIssuedBefore(NOW.plusNanos(1000))
                        .build()
                        .sessions()
                        .check(token))
                .isEqualTo(new SessionCheck.Refused(SessionRefusal.REVOKED));
    }

    @Test
    void aSignInEndsTheSessionItReplaces() {
        Accounts accounts = open().build();
        User user = registered(accounts);
        String before = signedIn(accounts);
        SignInResult result = accounts.signIn()
                .withPassword(
                        EMAIL,
                        RawPassword.ofString(PASSWORD),
                        SessionOptions.none().replacing(before).label("phone"));

        assertThat(accounts.sessions().check(before)).isInstanceOf(SessionCheck.Refused.class);
        assertThat(accounts.sessions().list(user.id())).hasSize(1).allMatch(session -> session.label()
                .equals(Optional.of("phone")));
        assertThat(result).isInstanceOf(SignInResult.SignedIn.class);
    }

    @Test
    void replacingNoGoodTokenChangesNothing() {
        Accounts accounts = open().build();
        User user = registered(accounts);
        String kept = signedIn(accounts);
        String sameIdOtherSecret = kept.substring(0, 63) + (kept.endsWith("A") ? "B" : "A");
        for (String presented : List.of("", "nonsense", sameIdOtherSecret)) {
            var unused = accounts.signIn()
                    .withPassword(
                            EMAIL,
                            RawPassword.ofString(PASSWORD),
                            SessionOptions.none().replacing(presented));
        }

        assertThat(accounts.sessions().check(kept)).isInstanceOf(SessionCheck.Live.class);
        assertThat(accounts.sessions().list(user.id())).hasSize(4);
    }

    @Test
    void aListenerThatThrowsChangesNothing() {
        Accounts accounts = open().listener(event -> {
                    throw new IllegalStateException("the log is full");
                })
                .build();
        User user = registered(accounts);
        String token = signedIn(accounts);

        assertThat(accounts.sessions().check(token)).isInstanceOf(SessionCheck.Live.class);
        assertThat(accounts.administration().delete(user.id())).isTrue();
    }

    @Test
    void theListenerLearnsWhatTheClientDoesNot() {
        List<AuthEvent> events = new ArrayList<>();
        Accounts accounts = open().listener(events::add).build();
        User user = registered(accounts);
        insertWithoutPassword("nopassword@example.com");
        insertWithHash("broken@example.com", "$2x$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe");
        var unused = accounts.signIn().withPassword("nobody@example.com", RawPassword.ofString(PASSWORD));
        unused = accounts.signIn().withPassword("not an address", RawPassword.ofString(PASSWORD));
        unused = accounts.signIn().withPassword(EMAIL, RawPassword.ofString("wrong"));
        unused = accounts.signIn().withPassword("nopassword@example.com", RawPassword.ofString(PASSWORD));
        unused = accounts.signIn().withPassword("broken@example.com", RawPassword.ofString(PASSWORD));
        var disabled = accounts.administration().disable(user.id());
        unused = accounts.signIn().withPassword(EMAIL, RawPassword.ofString(PASSWORD));

        assertThat(disabled).isPresent();
        assertThat(events)
                .filteredOn(event -> event.type() == AuthEvent.Type.AUTHN_LOGIN_FAIL)
                .extracting(event -> event.reason().orElseThrow())
                .containsExactly(
                        "unknown_user",
                        "unknown_user",
                        "wrong_password",
                        "no_password",
                        "unreadable_hash",
                        "not_active");
        assertThat(events.get(0)).hasToString("user_created user=" + user.id());
    }

    @Test
    void afterCloseEveryCallIsRefused() {
        Accounts accounts = open().build();
        User user = registered(accounts);
        String token = signedIn(accounts);
        UserId id = user.id();
        accounts.close();
        accounts.close();
        RawPassword password = RawPassword.ofString(PASSWORD);
        List<Runnable> calls = List.of(
                () -> register(accounts),
                () -> accounts.signIn().withPassword(EMAIL, password),
                () -> accounts.sessions().check(token),
                () -> accounts.sessions().checkRecent(token, Duration.ofMinutes(5)),
                () -> accounts.sessions().reauthenticate(token, password),
                () -> accounts.sessions().list(id),
                () -> accounts.sessions().end(token),
                () -> accounts.sessions().end(id, new TokenId(UUID.randomUUID())),
                () -> accounts.sessions().endOthers(id, new TokenId(UUID.randomUUID())),
                () -> accounts.sessions().endAll(id),
                () -> accounts.passwords().change(token, password, password),
                () -> accounts.administration().find(id),
                () -> accounts.administration().find(EMAIL),
                () -> accounts.administration().disable(id),
                () -> accounts.administration().enable(id),
                () -> accounts.administration().delete(id),
                () -> accounts.administration().purge(1));

        assertThat(calls).allSatisfy(call -> assertThatIllegalStateException().isThrownBy(call::run));
        assertThat(open().build().sessions().check(token)).isInstanceOf(SessionCheck.Live.class);
    }

    @Test
    void aSignInBringsTheHashUpToDateAndEndsNoSession() {
        Accounts before =
                open().hasher(BcryptPasswordHasher.insecurelyCheapForTests(4)).build();
        User user = registered(before);
        String token = signedIn(before);
        UserRecord old = stores.users().findById(user.id()).orElseThrow();
        Accounts costlier =
                open().hasher(BcryptPasswordHasher.insecurelyCheapForTests(5)).build();

        assertThat(refusalOf(costlier, "wrong")).isPresent();
        assertThat(stores.users().findById(user.id())).contains(old);
        assertThat(refusalOf(costlier, PASSWORD)).isEmpty();

        UserRecord now = stores.users().findById(user.id()).orElseThrow();
        assertThat(now.passwordHash().orElseThrow().encoded()).startsWith("$2b$05$");
        assertThat(now.stamp()).isEqualTo(old.stamp());
        assertThat(costlier.sessions().check(token)).isInstanceOf(SessionCheck.Live.class);
        assertThat(refusalOf(costlier, PASSWORD)).isEmpty();
        assertThat(stores.users().findById(user.id())).contains(now);
    }

    @Test
    void aHashBroughtUpToDateNeverUndoesANewerChange() {
        Accounts before =
                open().hasher(BcryptPasswordHasher.insecurelyCheapForTests(4)).build();
        User user = registered(before);
        Faults faults = new Faults(stores);
        Accounts costlier = Accounts.builder(faults.stores())
                .hasher(BcryptPasswordHasher.insecurelyCheapForTests(5))
                .allowUnconfirmedSignIn()
                .build();
        faults.before("users.update", () -> {
            var unused = before.administration().disable(user.id());
        });
        SignInResult result = signIn(costlier, PASSWORD);

        UserRecord now = stores.users().findById(user.id()).orElseThrow();
        assertThat(now.status().name()).isEqualTo("DISABLED");
        assertThat(now.passwordHash().orElseThrow().encoded()).startsWith("$2b$04$");
        assertThat(costlier.sessions()
                        .check(((SignInResult.SignedIn) result).token().reveal()))
                .isInstanceOf(SessionCheck.Refused.class);
    }

    @Test
    void aHasherThatCannotHashAnewKeepsNobodyOut() {
        Accounts before =
                open().hasher(BcryptPasswordHasher.insecurelyCheapForTests(4)).build();
        User user = registered(before);
        List<AuthEvent> events = new ArrayList<>();
        CountingHasher broken = new CountingHasher(5);
        Accounts accounts = open().hasher(broken).listener(events::add).build();
        broken.firstOfHash(() -> {
            throw new IllegalArgumentException("the hash is too long");
        });
        assertThat(signIn(accounts, PASSWORD)).isInstanceOf(SignInResult.SignedIn.class);
        assertThat(stores.users().findById(user.id()).orElseThrow().passwordHash())
                .hasValueSatisfying(hash -> assertThat(hash.encoded()).startsWith("$2b$04$"));
        assertThat(events)
                .filteredOn(event -> event.type() == AuthEvent.Type.SYS_HOUSEKEEPING_FAIL)
                .singleElement()
                .matches(event -> event.reason().equals(Optional.of("rehash")));
    }

    @Test
    void theSessionLimitTakesWhatIsDeadFirst() {
        MutableClock clock = new MutableClock(NOW);
        Faults faults = new Faults(stores);
        Accounts accounts = Accounts.builder(faults.stores())
                .hasher(hasher)
                .clock(clock)
                .sessionPolicy(SessionPolicy.defaults().withLimit(2))
                .allowUnconfirmedSignIn()
                .revealTakenEmail()
                .build();
        User user = registered(accounts);
        faults.breakDown("tokens.deleteByUser");
        assertThat(signedIn(accounts)).isNotEmpty();
        TokenId dead = stores.tokens()
                .listByUser(user.id(), TokenPurpose.SESSION)
                .get(0)
                .id();
        assertThat(accounts.sessions().endAll(user.id())).isTrue();
        clock.set(NOW.minusSeconds(60));
        String older = signedIn(accounts);
        clock.set(NOW.plusSeconds(60));
        assertThat(signedIn(accounts)).isNotEmpty();
        assertThat(accounts.sessions().check(older)).isInstanceOf(SessionCheck.Live.class);
        assertThat(stores.tokens().listByUser(user.id(), TokenPurpose.SESSION))
                .hasSize(2)
                .noneMatch(token -> dead.equals(token.id()));
    }

    @Test
    void signInsAtTheSameMomentDoNotEndEachOther() {
        MutableClock clock = new MutableClock(NOW);
        Faults faults = new Faults(stores);
        Accounts accounts = Accounts.builder(faults.stores())
                .hasher(hasher)
                .clock(clock)
                .sessionPolicy(SessionPolicy.defaults().withLimit(1))
                .allowUnconfirmedSignIn()
                .revealTakenEmail()
                .build();
        var unused = registered(accounts);
        List<String> newer = new ArrayList<>();
        faults.before("tokens.listByUser", () -> {
            clock.set(NOW.plusSeconds(1));
            faults.breakDown("tokens.delete");
            newer.add(signedIn(accounts));
            faults.mend("tokens.delete");
        });
        String older = signedIn(accounts);

        assertThat(newer).hasSize(1).allSatisfy(token -> assertThat(
                        accounts.sessions().check(token))
                .isInstanceOf(SessionCheck.Live.class));
        assertThat(accounts.sessions().check(older)).isInstanceOf(SessionCheck.Live.class);
        clock.set(NOW.plusSeconds(2));
        assertThat(accounts.sessions().check(signedIn(accounts))).isInstanceOf(SessionCheck.Live.class);
        assertThat(accounts.sessions().check(older)).isInstanceOf(SessionCheck.Refused.class);
        assertThat(accounts.sessions().check(newer.get(0))).isInstanceOf(SessionCheck.Refused.class);
    }

    @Test
    void disablingAClosedAccountDoesNotReopenIt() {
        Accounts accounts = open().build();
        User user = registered(accounts);
        UserRecord record = stores.users().findById(user.id()).orElseThrow();
        var unused = stores.users()
                .update(record.toBuilder().version(2).status(UserStatus.CLOSED).build(), 1);

        assertThat(accounts.administration().disable(user.id()).map(User::status))
                .contains(UserStatus.CLOSED);
        assertThat(accounts.administration().enable(user.id()).map(User::status))
                .contains(UserStatus.CLOSED);
        assertThat(stores.users().findById(user.id()).orElseThrow().stamp()).isNotEqualTo(record.stamp());
    }

    private Accounts.Builder open() {
        return Accounts.builder(stores).hasher(hasher).allowUnconfirmedSignIn().revealTakenEmail();
    }

    private void insertWithoutPassword(String email) {
        var unused = stores.users().insert(record(email).build());
    }

    private void insertWithHash(String email, String hash) {
        var unused = stores.users()
                .insert(record(email).passwordHash(PasswordHash.of(hash)).build());
    }

    private static UserRecord.Builder record(String email) {
        return UserRecord.builder()
                .id(new UserId(UUID.randomUUID()))
                .version(1)
                .email(new EmailAddress(email, email))
                .status(UserStatus.ACTIVE)
                .stamp(new SecurityStamp(UUID.randomUUID()))
                .createdAt(NOW)
                .updatedAt(NOW);
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
}
