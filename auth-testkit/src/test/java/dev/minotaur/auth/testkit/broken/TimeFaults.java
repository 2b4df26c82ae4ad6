package dev.minotaur.auth.testkit.broken;

import static dev.minotaur.auth.testkit.broken.Fault.attempts;
import static dev.minotaur.auth.testkit.broken.Fault.tokens;
import static dev.minotaur.auth.testkit.broken.Fault.users;

import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenStore;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Stores that do not know which time is later, or that let the later one win. */
final class TimeFaults {

    private static final Instant MARCH_2100 = Instant.parse("2100-03-01T00:00:00Z");

    private TimeFaults() {}

    static List<Fault> all() {
        return Fault.list(
                tokens(
                        "times of last use are compared as text",
                        BreakTokens.touching((store, id, time) -> store.find(id)
                                        .filter(token ->
                                                asText(token.lastUsedAt()).compareTo(asText(time)) < 0)
                                        .isPresent()
                                && store.touch(id, time)),
                        "STO-21"),
                tokens(
                        "the list is ordered by times as text",
                        BreakTokens.listing((store, user, purpose) -> store.listByUser(user, purpose).stream()
                                .sorted(Comparator.comparing((StoredToken token) -> asText(token.issuedAt()))
                                        .thenComparing(token -> token.id().toString()))
                                .toList()),
                        "STO-21"),
                tokens(
                        "years of issue are compared by two digits",
                        BreakTokens.intoSlot((store, token, upTo) -> {
                            boolean gives = store.listByUser(token.user(), token.purpose()).stream()
                                    .filter(holder -> holder.slot().equals(token.slot()))
                                    .allMatch(holder ->
                                            twoDigits(holder.issuedAt()).compareTo(twoDigits(upTo)) <= 0);
                            return store.insertIntoSlot(
                                    token, gives ? Instant.parse("9999-01-01T00:00:00Z") : Instant.EPOCH);
                        }),
                        "STO-11",
                        "STO-21",
                        "TOK-14"),
                users(
                        "the later update wins",
                        BreakUsers.updating(TimeFaults::laterUpdate),
                        "STO-11",
                        "STO-22",
                        "USR-47"),
                users("the later update wins", BreakUsers.updating(TimeFaults::laterUpdate), "ACC-30")
                        .toAccounts(),
                tokens("the later rotation wins", laterRotation(), "STO-22", "TOK-28"),
                tokens("the later holder of a slot wins", BreakTokens.intoSlot(TimeFaults::laterHolder), "STO-22"),
                tokens("a touch from before brings a token back", undeleting(), "STO-22"),
                attempts("the later attempt wins", laterAttempt(), "ACC-32").toAccounts(),
                tokens(
                                "February 2100 has a 29th",
                                BreakTokens.storing(token -> token.toBuilder()
                                        .expiresAt(
                                                token.expiresAt().isBefore(MARCH_2100)
                                                        ? token.expiresAt()
                                                        : token.expiresAt().minus(Duration.ofDays(1)))
                                        .build()),
                                "ACC-29")
                        .toAccounts(),
                attempts(
                                "attempts of the 1990s are those of the 2090s",
                                AttemptFaults.recording((store, key, expected, next) -> store.record(
                                        key,
                                        expected,
                                        new Attempts(
                                                next.count(),
                                                next.lastAt().isBefore(Instant.parse("2000-01-01T00:00:00Z"))
                                                        ? next.lastAt().plus(Duration.ofDays(36525))
                                                        : next.lastAt()))),
                                "ACC-29",
                                "ACC-32")
                        .toAccounts(),
                tokens("a purge that deletes nothing", BreakTokens.purging((store, now, limit) -> 0), "ACC-31")
                        .toAccounts());
    }

    private static String asText(Instant time) {
        return time.getEpochSecond() + "." + time.getNano();
    }

    private static Instant twoDigits(Instant time) {
        boolean isOld = time.isAfter(Instant.EPOCH) && time.isBefore(Instant.parse("2000-01-01T00:00:00Z"));
        return isOld ? time.plus(Duration.ofDays(36525)) : time;
    }

    private static UpdateUserOutcome laterUpdate(UserStore store, UserRecord next, long version) {
        boolean stale = store.findById(next.id())
                .filter(stored ->
                        stored.version() == version && stored.updatedAt().isAfter(next.updatedAt()))
                .isPresent();
        return stale ? UpdateUserOutcome.UPDATED : store.update(next, version);
    }

    private static UnaryOperator<TokenStore> laterRotation() {
        return BreakTokens.rotating((store, next, expected) -> {
            boolean stale = store.find(next.id())
                    .filter(stored -> stored.digest().equals(expected))
                    .flatMap(StoredToken::rotatedAt)
                    .filter(rotated -> rotated.isAfter(next.rotatedAt().orElse(rotated)))
                    .isPresent();
            return stale || store.rotate(next, expected);
        });
    }

    private static UnaryOperator<AttemptStore> laterAttempt() {
        return AttemptFaults.recording((store, key, expected, next) -> {
            Instant lastAt = store.find(key)
                    .map(Attempts::lastAt)
                    .filter(stored -> stored.isAfter(next.lastAt()))
                    .orElse(next.lastAt());
            return store.record(key, expected, new Attempts(next.count(), lastAt));
        });
    }

    private static InsertTokenOutcome laterHolder(TokenStore store, StoredToken token, Instant upTo) {
        boolean held = store.listByUser(token.user(), token.purpose()).stream()
                .anyMatch(holder -> holder.slot().equals(token.slot())
                        && !holder.id().equals(token.id())
                        && holder.issuedAt().isAfter(token.issuedAt()));
        return held ? InsertTokenOutcome.SLOT_KEPT : store.insertIntoSlot(token, upTo);
    }

    /** As where a removal is a mark with a time, which a write of an earlier time passes by. */
    private static UnaryOperator<TokenStore> undeleting() {
        Map<Object, StoredToken> removed = new ConcurrentHashMap<>();
        return store ->
                new ForwardingTokenStore(BreakTokens.consuming((correct, id, purpose, digest) -> {
                            var consumed = correct.consume(id, purpose, digest);
                            consumed.ifPresent(token -> removed.put(id, token));
                            return consumed;
                        })
                        .apply(store)) {
                    @Override
                    public boolean touch(TokenId id, Instant lastUsedAt) {
                        StoredToken token = removed.get(id);
                        if (token != null && lastUsedAt.isBefore(token.lastUsedAt())) {
                            correct.insert(token.toBuilder().slot(null).build());
                            return false;
                        }
                        return correct.touch(id, lastUsedAt);
                    }
                };
    }
}
