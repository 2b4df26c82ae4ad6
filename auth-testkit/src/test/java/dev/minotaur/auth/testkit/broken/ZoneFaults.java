package dev.minotaur.auth.testkit.broken;

import static dev.minotaur.auth.testkit.broken.Fault.attempts;
import static dev.minotaur.auth.testkit.broken.Fault.tokens;
import static dev.minotaur.auth.testkit.broken.Fault.users;

import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenStore;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Stores that keep a local time of some zone, or write one of the default zone in one verb. */
final class ZoneFaults {

    /** What is set when nobody has set another. */
    private static final ZoneId HOME = ZoneId.systemDefault();

    private ZoneFaults() {}

    static List<Fault> all() {
        UnaryOperator<Instant> berlin = keptIn("Europe/Berlin");
        return Fault.list(
                tokens(
                        "times are kept as local times of Berlin",
                        BreakTokens.storing(token -> token.toBuilder()
                                .expiresAt(berlin.apply(token.expiresAt()))
                                .build()),
                        "STO-11"),
                users(
                        "times are kept as local times of Berlin",
                        BreakUsers.storing(user -> user.toBuilder()
                                .createdAt(berlin.apply(user.createdAt()))
                                .build()),
                        "STO-11"),
                attempts(
                        "times are kept as local times of Berlin",
                        AttemptFaults.recording((store, key, expected, next) ->
                                store.record(key, expected, new Attempts(next.count(), berlin.apply(next.lastAt())))),
                        "STO-11"),
                tokens(
                        "times are kept as local times of Lord Howe",
                        rotatedAt(keptIn("Australia/Lord_Howe")),
                        "STO-11"),
                tokens("times of UTC are bound as of New York", rotatedAt(boundIn("America/New_York")), "STO-11"),
                tokens("times of UTC are bound as of Apia", rotatedAt(boundIn("Pacific/Apia")), "STO-11"),
                attempts("times are kept in the default zone", LocalAttempts::new, "STO-14"),
                tokens(
                        "touch writes a time of the default zone",
                        BreakTokens.touching((store, id, time) -> store.touch(id, local(time))),
                        "STO-14"),
                tokens(
                        "rotate writes an expiry of the default zone",
                        BreakTokens.rotating((store, next, expected) -> store.rotate(
                                next.toBuilder()
                                        .expiresAt(local(next.expiresAt()))
                                        .build(),
                                expected)),
                        "STO-14"),
                tokens(
                        "a slot is replaced by a time of the default zone",
                        BreakTokens.intoSlot((store, token, upTo) -> store.insertIntoSlot(token, local(upTo))),
                        "STO-14"),
                tokens(
                        "a purge goes by the default zone",
                        BreakTokens.purging((store, now, limit) -> store.deleteExpired(local(now), limit)),
                        "STO-14"),
                users(
                        "a purge goes by the default zone",
                        BreakUsers.purging((store, upTo, limit) -> store.deleteClosed(local(upTo), limit)),
                        "STO-14"),
                attempts(
                        "a purge goes by the default zone",
                        AttemptFaults.purging((store, upTo, limit) -> store.deleteOlder(local(upTo), limit)),
                        "STO-14"),
                users(
                        "update writes a time of the default zone",
                        BreakUsers.updating((store, next, version) -> store.update(
                                next.toBuilder()
                                        .updatedAt(local(next.updatedAt()))
                                        .build(),
                                version)),
                        "STO-14"));
    }

    private static UnaryOperator<TokenStore> rotatedAt(UnaryOperator<Instant> change) {
        return BreakTokens.storing((StoredToken token) -> token.toBuilder()
                .rotatedAt(token.rotatedAt().map(change).orElse(null))
                .build());
    }

    /** As by a column of local times: an hour that comes twice is taken for the first. */
    static UnaryOperator<Instant> keptIn(String name) {
        ZoneId zone = ZoneId.of(name);
        return time -> LocalDateTime.ofInstant(time, zone).atZone(zone).toInstant();
    }

    /** As by a driver that takes a time of UTC for a local one: one that the clock leaves out is moved. */
    private static UnaryOperator<Instant> boundIn(String name) {
        ZoneId zone = ZoneId.of(name);
        return time -> LocalDateTime.ofInstant(time, ZoneOffset.UTC)
                .atZone(zone)
                .toLocalDateTime()
                .toInstant(ZoneOffset.UTC);
    }

    /** The same time on the clock, where nobody has set another zone. */
    private static Instant local(Instant time) {
        return LocalDateTime.ofInstant(time, ZoneId.systemDefault())
                .atZone(HOME)
                .toInstant();
    }

    private static final class LocalAttempts extends ForwardingAttemptStore {

        LocalAttempts(AttemptStore correct) {
            super(correct);
        }

        @Override
        public boolean record(AttemptKey key, int expectedCount, Attempts next) {
            return correct.record(key, expectedCount, new Attempts(next.count(), local(next.lastAt())));
        }

        @Override
        public Optional<Attempts> find(AttemptKey key) {
            return correct.find(key)
                    .map(found -> new Attempts(
                            found.count(),
                            LocalDateTime.ofInstant(found.lastAt(), HOME)
                                    .atZone(ZoneId.systemDefault())
                                    .toInstant()));
        }
    }
}
