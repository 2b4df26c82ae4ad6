package dev.minotaur.auth.testkit.broken;

import static dev.minotaur.auth.testkit.broken.Fault.attempts;
import static dev.minotaur.auth.testkit.broken.Fault.tokens;
import static dev.minotaur.auth.testkit.broken.Fault.users;

import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenDigest;
import dev.minotaur.auth.spi.TokenStore;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.LongBinaryOperator;
import java.util.stream.Stream;

/** Stores that take one value for another that is nearly the same, or the same value for none. */
final class NearMissFaults {

    private NearMissFaults() {}

    static List<Fault> all() {
        return Stream.of(absence(), text(), numbers(), sameness())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Fault> absence() {
        return Fault.list(
                tokens(
                        "what is absent equals anything",
                        BreakTokens.inserting((store, token) -> asRetry(store, token, store.insert(token))),
                        "TOK-5"),
                tokens(
                        "what is absent in a slot equals anything",
                        BreakTokens.intoSlot(
                                (store, token, upTo) -> asRetry(store, token, store.insertIntoSlot(token, upTo))),
                        "TOK-16"),
                users(
                        "what is absent equals anything",
                        BreakUsers.inserting((store, user) -> {
                            InsertUserOutcome outcome = store.insert(user);
                            return store.findById(user.id())
                                                    .filter(stored -> stored.equals(without(stored, user)))
                                                    .isPresent()
                                            && outcome == InsertUserOutcome.ID_TAKEN
                                    ? InsertUserOutcome.ALREADY_INSERTED
                                    : outcome;
                        }),
                        "USR-5"));
    }

    private static List<Fault> text() {
        return Fault.list(
                tokens(
                        "rotate compares half of the digest",
                        BreakTokens.rotating((store, next, expected) -> store.rotate(
                                next,
                                store.find(next.id())
                                        .map(StoredToken::digest)
                                        .filter(digest -> Arrays.equals(half(digest), half(expected)))
                                        .orElse(expected))),
                        "TOK-29",
                        "STO-20"),
                tokens("slots are compared on 20 chars", BreakTokens.intoSlot(NearMissFaults::shortSlot), "TOK-15"),
                tokens(
                        "a slot is a pattern of keys",
                        BreakTokens.intoSlot((store, token, upTo) -> alikeGone(
                                store,
                                token,
                                upTo,
                                (slot, held) ->
                                        slot.endsWith("*") && held.startsWith(slot.substring(0, slot.length() - 1)))),
                        "TOK-15"),
                tokens(
                        "numbers in slots are compared as numbers",
                        BreakTokens.intoSlot(
                                (store, token, upTo) -> alikeGone(store, token, upTo, (slot, held) -> withoutZeros(slot)
                                        .equals(withoutZeros(held)))),
                        "TOK-15"),
                tokens(
                        "consume compares purposes but for the last char",
                        BreakTokens.consuming((store, id, purpose, digest) -> store.find(id)
                                .map(StoredToken::purpose)
                                .filter(stored -> cut(stored, 31).equals(cut(purpose, 31)))
                                .flatMap(stored -> store.consume(id, stored, digest))),
                        "TOK-20"),
                tokens(
                        "the list goes by the start of the purpose",
                        BreakTokens.listing(
                                (store, user, purpose) -> purpose.name().length() > 8
                                        ? store.listByUser(user, purpose)
                                        : Stream.of(purpose.name(), purpose.name() + "-2")
                                                .map(TokenPurpose::new)
                                                .flatMap(alike -> store.listByUser(user, alike).stream())
                                                .toList()),
                        "TOK-41"));
    }

    private static List<Fault> numbers() {
        return Fault.list(
                users(
                        "versions are kept as doubles",
                        BreakUsers.storing(user -> user.toBuilder()
                                .version((long) (double) user.version())
                                .build()),
                        "STO-4",
                        "USR-2",
                        "USR-24"),
                users(
                        "versions are compared as doubles",
                        BreakUsers.updating((store, next, version) -> updated(
                                store, next, version, (one, two) -> Double.compare((double) one, (double) two))),
                        "USR-24"),
                users(
                        "versions are compared as ints",
                        BreakUsers.updating((store, next, version) ->
                                updated(store, next, version, (one, two) -> (int) one - (int) two)),
                        "USR-24"),
                attempts(
                        "counts are kept as floats",
                        AttemptFaults.recording((store, key, expected, next) ->
                                store.record(key, expected, new Attempts((int) (float) next.count(), next.lastAt()))),
                        "ATT-2"),
                attempts(
                        "expected counts are compared in two bytes",
                        AttemptFaults.recording((store, key, expected, next) -> store.record(
                                key,
                                store.find(key)
                                        .map(Attempts::count)
                                        .filter(count -> (short) (int) count == (short) expected)
                                        .orElse(expected),
                                next)),
                        "ATT-4"),
                tokens(
                        "a purge goes by whole seconds",
                        BreakTokens.purging((store, now, limit) -> store.deleteExpired(seconds(now), limit)),
                        "TOK-43"),
                users(
                        "a purge goes by whole seconds",
                        BreakUsers.purging((store, upTo, limit) -> store.deleteClosed(seconds(upTo), limit)),
                        "USR-47"),
                attempts(
                        "a purge goes by whole seconds",
                        AttemptFaults.purging((store, upTo, limit) -> store.deleteOlder(seconds(upTo), limit)),
                        "ATT-9"));
    }

    /** As where a backend counts the rows that it has changed, and not those that it has found. */
    private static List<Fault> sameness() {
        return Fault.list(
                tokens(
                        "a rotation that changes nothing is none",
                        BreakTokens.rotating((store, next, expected) -> {
                            boolean same = store.find(next.id()).equals(Optional.of(next));
                            return store.rotate(next, expected) && !same;
                        }),
                        "TOK-25"),
                users(
                        "an update that changes nothing is stale",
                        BreakUsers.updating((store, next, version) -> {
                            boolean same = store.findById(next.id()).equals(Optional.of(next));
                            UpdateUserOutcome outcome = store.update(next, version);
                            return same && outcome == UpdateUserOutcome.UPDATED ? UpdateUserOutcome.STALE : outcome;
                        }),
                        "USR-22"),
                attempts(
                        "a record that changes nothing is none",
                        AttemptFaults.recording((store, key, expected, next) -> {
                            boolean same = store.find(key).equals(Optional.of(next));
                            return store.record(key, expected, next) && !same;
                        }),
                        "ATT-3"));
    }

    private static InsertTokenOutcome asRetry(TokenStore store, StoredToken token, InsertTokenOutcome outcome) {
        boolean same = store.find(token.id())
                .filter(stored -> stored.equals(without(stored, token)))
                .isPresent();
        return same && outcome == InsertTokenOutcome.ID_TAKEN ? InsertTokenOutcome.ALREADY_INSERTED : outcome;
    }

    /** The token without what the stored one has not. */
    private static StoredToken without(StoredToken stored, StoredToken token) {
        return token.toBuilder()
                .previousDigest(stored.previousDigest()
                        .flatMap(any -> token.previousDigest())
                        .orElse(null))
                .rotatedAt(stored.rotatedAt().flatMap(any -> token.rotatedAt()).orElse(null))
                .authenticatedAt(stored.authenticatedAt()
                        .flatMap(any -> token.authenticatedAt())
                        .orElse(null))
                .sentTo(stored.sentTo().flatMap(any -> token.sentTo()).orElse(null))
                .label(stored.label().flatMap(any -> token.label()).orElse(null))
                .stamp(stored.stamp().flatMap(any -> token.stamp()).orElse(null))
                .build();
    }

    private static UserRecord without(UserRecord stored, UserRecord user) {
        return user.toBuilder()
                .username(stored.username().flatMap(any -> user.username()).orElse(null))
                .passwordHash(stored.passwordHash()
                        .flatMap(any -> user.passwordHash())
                        .orElse(null))
                .emailConfirmedAt(stored.emailConfirmedAt()
                        .flatMap(any -> user.emailConfirmedAt())
                        .orElse(null))
                .build();
    }

    private static byte[] half(TokenDigest digest) {
        return Arrays.copyOf(digest.bytes(), 16);
    }

    private static String cut(TokenPurpose purpose, int length) {
        return purpose.name().substring(0, Math.min(length, purpose.name().length()));
    }

    private static InsertTokenOutcome shortSlot(TokenStore store, StoredToken token, Instant upTo) {
        return alikeGone(
                store, token, upTo, (slot, held) -> slot.length() >= 20 && held.startsWith(slot.substring(0, 20)));
    }

    /** What is in a slot that is taken for this one gives way too. */
    private static InsertTokenOutcome alikeGone(
            TokenStore store, StoredToken token, Instant upTo, BiPredicate<String, String> alike) {
        String slot = token.slot().orElse("");
        BreakTokens.allOf(store, token.user())
                .filter(other -> other.slot()
                        .filter(held -> !held.equals(slot) && alike.test(slot, held))
                        .isPresent())
                .forEach(other -> store.delete(other.id()));
        return store.insertIntoSlot(token, upTo);
    }

    private static String withoutZeros(String text) {
        return text.replaceAll("0+(?=[0-9])", "");
    }

    private static UpdateUserOutcome updated(
            UserStore store, UserRecord next, long version, LongBinaryOperator difference) {
        long taken = store.findById(next.id())
                .map(UserRecord::version)
                .filter(stored -> difference.applyAsLong(stored, version) == 0)
                .orElse(version);
        return store.update(next, taken);
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
