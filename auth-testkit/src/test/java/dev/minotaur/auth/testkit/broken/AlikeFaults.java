package dev.minotaur.auth.testkit.broken;

import static dev.minotaur.auth.testkit.broken.Fault.attempts;
import static dev.minotaur.auth.testkit.broken.Fault.stores;
import static dev.minotaur.auth.testkit.broken.Fault.tokens;
import static dev.minotaur.auth.testkit.broken.Fault.users;

import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.SecurityStamp;
import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenDigest;
import dev.minotaur.auth.spi.TokenStore;
import dev.minotaur.auth.spi.TokenWithUser;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
import java.text.Normalizer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Stores that one verb or one read tells two nearly equal values for one, or gives back nearly what was stored. */
final class AlikeFaults {

    private static final int CUT = 100;

    private AlikeFaults() {}

    static List<Fault> all() {
        return Stream.of(reads(), retries(), keys(), arguments())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Fault> reads() {
        return Fault.list(
                tokens(
                        "consume gives labels of a hundred chars",
                        BreakTokens.consuming((store, id, purpose, digest) ->
                                store.consume(id, purpose, digest).map(AlikeFaults::cut)),
                        "STO-18"),
                tokens(
                        "the list has labels of a hundred chars",
                        BreakTokens.listing((store, user, purpose) -> store.listByUser(user, purpose).stream()
                                .map(AlikeFaults::cut)
                                .toList()),
                        "STO-18"),
                joined(
                        "the joined read has labels of a hundred chars",
                        pair -> new TokenWithUser(cut(pair.token()), pair.user()),
                        "STO-18"),
                joined(
                        "the joined read has addresses of a hundred chars",
                        pair -> new TokenWithUser(pair.token(), cut(pair.user())),
                        "STO-18"),
                joined(
                        "the joined read has versions of 31 bits",
                        pair -> new TokenWithUser(pair.token(), ofFewerBits(pair.user())),
                        "STO-4"),
                users(
                        "a user who is found by name has a version of 31 bits",
                        store -> new ForwardingUserStore(store) {
                            @Override
                            public Optional<UserRecord> findByUsername(String canonicalUsername) {
                                return correct.findByUsername(canonicalUsername).map(AlikeFaults::ofFewerBits);
                            }
                        },
                        "USR-2"),
                users(
                        "update keeps how an address is written",
                        BreakUsers.updating((store, next, version) -> store.update(
                                next.toBuilder()
                                        .email(store.findById(next.id())
                                                .map(UserRecord::email)
                                                .filter(old -> old.canonical()
                                                        .equals(next.email().canonical()))
                                                .orElse(next.email()))
                                        .build(),
                                version)),
                        "USR-22"),
                tokens(
                        "insertIntoSlot composes where a mail went",
                        BreakTokens.intoSlot((store, token, upTo) -> store.insertIntoSlot(
                                token.toBuilder()
                                        .sentTo(token.sentTo()
                                                .map(text -> Normalizer.normalize(text, Normalizer.Form.NFC))
                                                .orElse(null))
                                        .build(),
                                upTo)),
                        "STO-10"),
                tokens(
                        "rotate keeps times of Berlin",
                        BreakTokens.rotating((store, next, expected) -> store.rotate(
                                next.toBuilder()
                                        .rotatedAt(next.rotatedAt()
                                                .map(ZoneFaults.keptIn("Europe/Berlin"))
                                                .orElse(null))
                                        .build(),
                                expected)),
                        "STO-11"),
                users(
                        "update keeps times of Berlin",
                        BreakUsers.updating((store, next, version) -> store.update(
                                next.toBuilder()
                                        .updatedAt(ZoneFaults.keptIn("Europe/Berlin")
                                                .apply(next.updatedAt()))
                                        .build(),
                                version)),
                        "STO-11"),
                tokens(
                        "a slot is replaced by a time of Berlin",
                        BreakTokens.intoSlot((store, token, upTo) -> store.insertIntoSlot(
                                token, ZoneFaults.keptIn("Europe/Berlin").apply(upTo))),
                        "STO-11"),
                attempts(
                        "a second attempt is kept as of Berlin",
                        AttemptFaults.recording((store, key, expected, next) -> store.record(
                                key,
                                expected,
                                expected == 0
                                        ? next
                                        : new Attempts(
                                                next.count(),
                                                ZoneFaults.keptIn("Europe/Berlin")
                                                        .apply(next.lastAt())))),
                        "STO-11"),
                tokens(
                        "the first moment of 1970 is none",
                        BreakTokens.storing(token -> token.toBuilder()
                                .rotatedAt(token.rotatedAt()
                                        .filter(time -> !time.equals(Instant.EPOCH))
                                        .orElse(null))
                                .build()),
                        "TOK-2"),
                tokens(
                        "a stamp of zeros is none",
                        BreakTokens.storing(token -> token.toBuilder()
                                .stamp(token.stamp()
                                        .filter(stamp -> !stamp.value().equals(new UUID(0, 0)))
                                        .orElse(null))
                                .build()),
                        "TOK-2"),
                users(
                        "the first moment of 1970 is none",
                        BreakUsers.storing(user -> user.toBuilder()
                                .emailConfirmedAt(user.emailConfirmedAt()
                                        .filter(time -> !time.equals(Instant.EPOCH))
                                        .orElse(null))
                                .build()),
                        "USR-2"));
    }

    private static List<Fault> retries() {
        UnaryOperator<StoredToken> inSeconds =
                token -> token.toBuilder().issuedAt(seconds(token.issuedAt())).build();
        UnaryOperator<StoredToken> folded =
                token -> token.toBuilder().label(lower(token.label())).build();
        UnaryOperator<StoredToken> trimmed = token -> token.toBuilder()
                .sentTo(token.sentTo().map(String::strip).orElse(null))
                .build();
        UnaryOperator<StoredToken> halfStamped = token -> token.toBuilder()
                .stamp(token.stamp().map(AlikeFaults::high).orElse(null))
                .build();
        UnaryOperator<UserRecord> createdInSeconds =
                user -> user.toBuilder().createdAt(seconds(user.createdAt())).build();
        UnaryOperator<UserRecord> hashFolded = user -> user.toBuilder()
                .passwordHash(user.passwordHash()
                        .map(hash -> PasswordHash.of(hash.encoded().toLowerCase(Locale.ROOT)))
                        .orElse(null))
                .build();
        return Fault.list(
                retried("a retry is told by the second of its issue", inSeconds),
                retried("a retry is told by a label in any case", folded),
                retried("a retry is told by a trimmed address", trimmed),
                retried("a retry is told by half a stamp", halfStamped),
                tokens(
                        "a retry is told by a slot in any case",
                        BreakTokens.intoSlot((store, token, upTo) -> store.find(token.id())
                                        .filter(stored -> stored.slot().isPresent())
                                        .filter(stored -> inLowerSlot(stored).equals(inLowerSlot(token)))
                                        .isPresent()
                                ? InsertTokenOutcome.ALREADY_INSERTED
                                : store.insertIntoSlot(token, upTo)),
                        "TOK-16"),
                users("a retry is told by the second of its creation", retriedUser(createdInSeconds), "USR-5"),
                users("a retry is told by a hash in any case", retriedUser(hashFolded), "USR-5"),
                users(
                        "a retry is told by the low bits of its version",
                        retriedUser(AlikeFaults::ofFewerBits),
                        "USR-5"));
    }

    private static List<Fault> keys() {
        return Fault.list(
                tokens(
                        "consume compares the ends of the digest",
                        BreakTokens.consuming((store, id, purpose, digest) ->
                                store.consume(id, purpose, storedIfAlike(store, id, digest))),
                        "TOK-21"),
                tokens(
                        "rotate compares the ends of the digest",
                        BreakTokens.rotating((store, next, expected) ->
                                store.rotate(next, storedIfAlike(store, next.id(), expected))),
                        "TOK-29"),
                attempts(
                        "keys are compared by their ends",
                        store -> new ForwardingAttemptStore(store) {
                            @Override
                            protected AttemptKey key(AttemptKey key) {
                                return AttemptKey.of(ends(key.bytes()));
                            }
                        },
                        "ATT-8"),
                users(
                        "users are kept under half an id",
                        store -> new ForwardingUserStore(store) {
                            @Override
                            public Optional<UserRecord> findById(UserId id) {
                                return correct.findById(id).or(() -> correct.findById(new UserId(other(id.value()))));
                            }
                        },
                        "USR-12"),
                tokens(
                        "deleteByUser goes by half an id",
                        BreakTokens.deletingByUser((store, user, scope) -> store.deleteByUser(user, scope)
                                + store.deleteByUser(new UserId(other(user.value())), scope)),
                        "TOK-40"),
                tokens(
                        "the list goes by half an id",
                        BreakTokens.listing((store, user, purpose) -> Stream.of(user, new UserId(other(user.value())))
                                .flatMap(id -> store.listByUser(id, purpose).stream())
                                .toList()),
                        "TOK-41"),
                tokens(
                        "deleteByUser compares half a stamp",
                        BreakTokens.deletingByUser((store, user, scope) -> scope.liveStamp()
                                        .isEmpty()
                                ? store.deleteByUser(user, scope)
                                : (int) BreakTokens.allOf(store, user)
                                        .filter(scope::covers)
                                        .filter(token -> !token.stamp()
                                                .map(AlikeFaults::high)
                                                .equals(scope.liveStamp().map(AlikeFaults::high)))
                                        .filter(token -> store.delete(token.id()))
                                        .count()),
                        "TOK-64"));
    }

    private static List<Fault> arguments() {
        return Fault.list(
                attempts("a purge spares whoever has tried more than ten times", sparing(), "ATT-9"),
                tokens(
                        "insert looks at the id before the slot that is wrong",
                        BreakTokens.inserting((store, token) ->
                                store.find(token.id()).filter(token::equals).isPresent()
                                        ? InsertTokenOutcome.ALREADY_INSERTED
                                        : store.insert(token)),
                        "TOK-6"),
                tokens(
                        "insertIntoSlot looks at the id before the slot that is missing",
                        BreakTokens.intoSlot((store, token, upTo) ->
                                store.find(token.id()).filter(token::equals).isPresent()
                                        ? InsertTokenOutcome.ALREADY_INSERTED
                                        : store.insertIntoSlot(token, upTo)),
                        "TOK-6"),
                attempts(
                        "a negative count is any other where one is stored",
                        AttemptFaults.recording((store, key, expected, next) ->
                                (expected >= 0 || store.find(key).isEmpty()) && store.record(key, expected, next)),
                        "ATT-6"),
                stores("users and tokens share their ids", AlikeFaults::sharing, "TOK-1"));
    }

    private static Fault joined(String name, UnaryOperator<TokenWithUser> change, String caughtBy) {
        return stores(
                name,
                stores -> new StoresFaults.Grouped(stores) {
                    @Override
                    public Optional<TokenWithUser> findTokenWithUser(TokenId id) {
                        return correct.findTokenWithUser(id).map(change);
                    }
                },
                caughtBy);
    }

    private static AuthStores sharing(AuthStores correct) {
        UnaryOperator<TokenStore> refusing = BreakTokens.inserting((store, token) ->
                correct.users().findById(new UserId(token.id().value())).isPresent()
                        ? InsertTokenOutcome.ID_TAKEN
                        : store.insert(token));
        return AuthStores.of(correct.users(), refusing.apply(correct.tokens()), correct.attempts());
    }

    private static UnaryOperator<AttemptStore> sparing() {
        return AttemptFaults.recording((store, key, expected, next) -> {
            Instant never = Instant.parse("2096-01-01T00:00:00Z");
            boolean spared = next.count() > 10 && next.lastAt().isBefore(Instant.parse("1990-01-01T00:00:00Z"));
            return store.record(key, expected, spared ? new Attempts(next.count(), never) : next);
        });
    }

    private static Fault retried(String name, UnaryOperator<StoredToken> normal) {
        return tokens(
                name,
                BreakTokens.inserting((store, token) -> token.slot().isEmpty()
                                && store.find(token.id())
                                        .filter(stored -> stored.slot().isEmpty()
                                                && normal.apply(stored).equals(normal.apply(token)))
                                        .isPresent()
                        ? InsertTokenOutcome.ALREADY_INSERTED
                        : store.insert(token)),
                "TOK-5");
    }

    private static UnaryOperator<UserStore> retriedUser(UnaryOperator<UserRecord> normal) {
        return BreakUsers.inserting((store, user) -> store.findById(user.id())
                        .filter(stored -> normal.apply(stored).equals(normal.apply(user)))
                        .isPresent()
                ? InsertUserOutcome.ALREADY_INSERTED
                : store.insert(user));
    }

    private static StoredToken inLowerSlot(StoredToken token) {
        return token.toBuilder().slot(lower(token.slot())).build();
    }

    private static String lower(Optional<String> text) {
        return text.map(found -> found.toLowerCase(Locale.ROOT)).orElse(null);
    }

    private static StoredToken cut(StoredToken token) {
        return token.toBuilder()
                .label(token.label().map(AlikeFaults::cut).orElse(null))
                .build();
    }

    private static UserRecord cut(UserRecord user) {
        return user.toBuilder()
                .email(new EmailAddress(
                        cut(user.email().entered()), user.email().canonical()))
                .build();
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(CUT, text.length()));
    }

    private static UserRecord ofFewerBits(UserRecord user) {
        return user.toBuilder()
                .version(Math.max(1, user.version() & Integer.MAX_VALUE))
                .build();
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    private static SecurityStamp high(SecurityStamp stamp) {
        return new SecurityStamp(new UUID(stamp.value().getMostSignificantBits(), 0));
    }

    /** The one that has the low half in common. */
    private static UUID other(UUID id) {
        return new UUID(id.getMostSignificantBits() ^ 1, id.getLeastSignificantBits());
    }

    private static TokenDigest storedIfAlike(TokenStore store, TokenId id, TokenDigest digest) {
        return store.find(id)
                .map(StoredToken::digest)
                .filter(stored -> Arrays.equals(ends(stored.bytes()), ends(digest.bytes())))
                .orElse(digest);
    }

    private static byte[] ends(byte[] bytes) {
        byte[] ends = bytes.clone();
        Arrays.fill(ends, 8, 24, (byte) 0);
        return ends;
    }
}
