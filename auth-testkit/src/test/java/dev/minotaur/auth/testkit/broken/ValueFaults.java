package dev.minotaur.auth.testkit.broken;

import static dev.minotaur.auth.testkit.broken.Fault.attempts;
import static dev.minotaur.auth.testkit.broken.Fault.tokens;
import static dev.minotaur.auth.testkit.broken.Fault.users;

import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.Username;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenStore;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
import java.text.Normalizer;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Stores that change text or times, look at a clock, or at what the JVM is set to. */
final class ValueFaults {

    private ValueFaults() {}

    static List<Fault> all() {
        return Fault.list(
                users(
                        "text is escaped",
                        BreakUsers.storing(user -> user.toBuilder()
                                .email(new EmailAddress(
                                        user.email().entered().replace("'", "''"),
                                        user.email().canonical()))
                                .build()),
                        "USR-19",
                        "STO-10",
                        "STO-17",
                        "USR-45"),
                users(
                        "text is trimmed",
                        BreakUsers.storing(user -> user.toBuilder()
                                .username(user.username()
                                        .map(name -> new Username(name.entered().trim(), name.canonical()))
                                        .orElse(null))
                                .build()),
                        "USR-17",
                        "STO-10",
                        "STO-17"),
                tokens(
                        "lines are normalised",
                        BreakTokens.storing(token -> token.toBuilder()
                                .label(token.label()
                                        .map(label -> label.replace("\r\n", "\n"))
                                        .orElse(null))
                                .build()),
                        "STO-10",
                        "STO-17"),
                tokens(
                        "sent-to addresses are normalised",
                        BreakTokens.storing(token -> token.toBuilder()
                                .sentTo(token.sentTo()
                                        .map(sentTo -> Normalizer.normalize(sentTo, Normalizer.Form.NFC))
                                        .orElse(null))
                                .build()),
                        "STO-10",
                        "STO-17",
                        "STO-19"),
                users(
                        "times are kept in milliseconds",
                        BreakUsers.storing(user -> user.toBuilder()
                                .updatedAt(user.updatedAt().truncatedTo(ChronoUnit.MILLIS))
                                .build()),
                        "USR-5",
                        "STO-11",
                        "USR-47"),
                tokens(
                        "times are rounded to milliseconds",
                        BreakTokens.storing(token -> token.toBuilder()
                                .rotatedAt(token.rotatedAt()
                                        .map(time -> time.plusNanos(500_000).truncatedTo(ChronoUnit.MILLIS))
                                        .orElse(null))
                                .build()),
                        "TOK-16",
                        "TOK-5",
                        "TOK-28",
                        "STO-11",
                        "STO-12"),
                attempts(
                        "times are kept in seconds",
                        AttemptFaults.recording((store, key, expected, next) -> store.record(
                                key,
                                expected,
                                new Attempts(next.count(), next.lastAt().truncatedTo(ChronoUnit.SECONDS)))),
                        "ATT-9",
                        "STO-11"),
                tokens(
                        "years after 2099 are cut",
                        BreakTokens.storing(token -> token.toBuilder()
                                .expiresAt(min(token.expiresAt(), Instant.parse("2100-01-01T00:00:00Z")))
                                .build()),
                        "STO-11",
                        "STO-12"),
                tokens(
                        "expired tokens are not consumed",
                        BreakTokens.consuming((store, id, purpose, digest) -> store.find(id)
                                .filter(token -> token.expiresAt().isAfter(Instant.now()))
                                .flatMap(token -> store.consume(id, purpose, digest))),
                        "STO-12"),
                tokens(
                        "expired tokens are not listed",
                        BreakTokens.listing((store, user, purpose) -> store.listByUser(user, purpose).stream()
                                .filter(token -> token.expiresAt().isAfter(Instant.now()))
                                .toList()),
                        "STO-12"),
                tokens(
                                "expired tokens are not found",
                                BreakTokens.finding((store, id) -> store.find(id)
                                        .filter(token -> token.expiresAt().isAfter(Instant.now()))),
                                "STO-12")
                        .widely(),
                tokens(
                                "touch writes the present",
                                BreakTokens.touching((store, id, time) ->
                                        store.touch(id, Instant.now().truncatedTo(ChronoUnit.MICROS))),
                                "STO-12")
                        .widely(),
                tokens(
                        "an expired holder gives way",
                        BreakTokens.intoSlot((store, token, upTo) -> {
                            store.listByUser(token.user(), token.purpose()).stream()
                                    .filter(holder -> holder.slot().equals(token.slot())
                                            && holder.expiresAt().isBefore(Instant.now()))
                                    .forEach(holder -> store.delete(holder.id()));
                            return store.insertIntoSlot(token, upTo);
                        }),
                        "STO-12"),
                tokens(
                                "a purge goes by the present",
                                BreakTokens.purging((store, now, limit) ->
                                        store.deleteExpired(Instant.now().truncatedTo(ChronoUnit.MICROS), limit)),
                                "STO-12")
                        .widely(),
                users(
                                "a purge goes by the present",
                                BreakUsers.purging((store, upTo, limit) ->
                                        store.deleteClosed(Instant.now().truncatedTo(ChronoUnit.MICROS), limit)),
                                "STO-12")
                        .widely(),
                attempts(
                                "a purge goes by the present",
                                AttemptFaults.purging((store, upTo, limit) ->
                                        store.deleteOlder(Instant.now().truncatedTo(ChronoUnit.MICROS), limit)),
                                "STO-12")
                        .widely(),
                attempts(
                                "a record is dated by the present",
                                AttemptFaults.recording((store, key, expected, next) -> store.record(
                                        key,
                                        expected,
                                        new Attempts(next.count(), Instant.now().truncatedTo(ChronoUnit.MICROS)))),
                                "STO-12")
                        .widely(),
                tokens("the list is the store's own", LiveList::new, "STO-13"),
                tokens(
                        "the list is a view",
                        BreakTokens.listing((store, user, purpose) -> new AbstractList<>() {
                            @Override
                            public StoredToken get(int index) {
                                return store.listByUser(user, purpose).get(index);
                            }

                            @Override
                            public int size() {
                                return store.listByUser(user, purpose).size();
                            }
                        }),
                        "STO-13"),
                users("purges answer one list", sameList(), "STO-13"),
                users("the status is folded by the default locale", FoldedByLocale::new, "STO-14"),
                users(
                        "versions are formatted by the default locale",
                        BreakUsers.storing(user -> user.toBuilder()
                                .version(parsed(String.format("%d", user.version()), user.version()))
                                .build()),
                        "STO-14"),
                tokens("times are kept as local times", localTimes(), "STO-14"));
    }

    private static UnaryOperator<UserStore> sameList() {
        List<UserId> answer = new ArrayList<>();
        return BreakUsers.purging((store, upTo, limit) -> {
            List<UserId> deleted = store.deleteClosed(upTo, limit);
            answer.clear();
            answer.addAll(deleted);
            return answer;
        });
    }

    private static UnaryOperator<TokenStore> localTimes() {
        Map<String, LocalDateTime> times = new ConcurrentHashMap<>();
        return store -> new LocalTimes(store, times);
    }

    private static Instant min(Instant one, Instant two) {
        return one.isBefore(two) ? one : two;
    }

    /** As a parser that knows ASCII digits only, and takes anything else for 1. */
    private static long parsed(String digits, long version) {
        return digits.chars().allMatch(c -> c >= '0' && c <= '9') ? version : 1;
    }

    private static final class LiveList extends ForwardingTokenStore {

        LiveList(TokenStore correct) {
            super(correct);
        }

        @Override
        public List<StoredToken> listByUser(UserId user, TokenPurpose purpose) {
            return new ArrayList<>(correct.listByUser(user, purpose)) {
                private static final long serialVersionUID = 1L;

                @Override
                public void clear() {
                    forEach(token -> correct.delete(token.id()));
                    super.clear();
                }
            };
        }
    }

    private static final class FoldedByLocale extends ForwardingUserStore {

        FoldedByLocale(UserStore correct) {
            super(correct);
        }

        @Override
        protected UserRecord in(UserRecord user) {
            String folded = user.status().name().toLowerCase(Locale.getDefault());
            boolean known = folded.equals(user.status().name().toLowerCase(Locale.ROOT));
            return known ? user : user.toBuilder().status(UserStatus.CLOSED).build();
        }
    }

    private static final class LocalTimes extends ForwardingTokenStore {

        private final Map<String, LocalDateTime> times;

        LocalTimes(TokenStore correct, Map<String, LocalDateTime> times) {
            super(correct);
            this.times = times;
        }

        @Override
        protected StoredToken in(StoredToken token) {
            times.put(key(token), LocalDateTime.ofInstant(token.expiresAt(), ZoneId.systemDefault()));
            return token;
        }

        private static String key(StoredToken token) {
            return token.id() + " " + token.expiresAt();
        }

        @Override
        protected StoredToken out(StoredToken token) {
            LocalDateTime time = times.get(key(token));
            return time == null
                    ? token
                    : token.toBuilder()
                            .expiresAt(time.atZone(ZoneId.systemDefault()).toInstant())
                            .build();
        }
    }
}
