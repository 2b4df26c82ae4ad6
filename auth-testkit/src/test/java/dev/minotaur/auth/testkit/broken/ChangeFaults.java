package dev.minotaur.auth.testkit.broken;

import static dev.minotaur.auth.testkit.broken.BreakTokens.rotating;
import static dev.minotaur.auth.testkit.broken.BreakUsers.deleting;
import static dev.minotaur.auth.testkit.broken.BreakUsers.updating;
import static dev.minotaur.auth.testkit.broken.Fault.tokens;
import static dev.minotaur.auth.testkit.broken.Fault.users;

import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.Username;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Stores that are right about what is inserted, and wrong about the same where it is changed or removed. */
final class ChangeFaults {

    private ChangeFaults() {}

    static List<Fault> all() {
        return Fault.list(
                users(
                        "delete spares the closed",
                        deleting((store, id) -> store.findById(id)
                                        .filter(user -> user.status() != UserStatus.CLOSED)
                                        .isPresent()
                                && store.delete(id)),
                        "USR-33"),
                users(
                                "update forgets the stamp",
                                updating((store, next, version) -> store.update(
                                        store.findById(next.id())
                                                .map(old -> next.toBuilder()
                                                        .stamp(old.stamp())
                                                        .build())
                                                .orElse(next),
                                        version)),
                                "STO-2",
                                "STO-6",
                                "USR-22",
                                "USR-30",
                                "STO-22")
                        .widely(),
                users(
                        "an update compares addresses without case",
                        refusing(UpdateUserOutcome.EMAIL_TAKEN, (next, other) -> lowerCase(
                                        next.email().canonical())
                                .equals(lowerCase(other.email().canonical()))),
                        "USR-15"),
                users(
                        "an update refuses a username that reads like an address",
                        refusing(UpdateUserOutcome.USERNAME_TAKEN, (next, other) -> next.username()
                                .map(Username::canonical)
                                .equals(Optional.of(other.email().canonical()))),
                        "USR-11"),
                users(
                        "an update refuses an entered address that is another's",
                        refusing(UpdateUserOutcome.EMAIL_TAKEN, (next, other) -> next.email()
                                .entered()
                                .equals(other.email().entered())),
                        "STO-10",
                        "STO-18",
                        "USR-14",
                        "USR-21"),
                users(
                        "a second update to no username is refused",
                        refusing(
                                UpdateUserOutcome.USERNAME_TAKEN,
                                (next, other) -> next.username().isEmpty()
                                        && other.username().isEmpty()
                                        && other.version() > 1),
                        "STO-11",
                        "STO-12",
                        "STO-17",
                        "STO-19",
                        "USR-10",
                        "USR-11",
                        "USR-47",
                        "USR-50"),
                users("whoever was updated is found by the entered address", findingEntered(), "USR-13"),
                users(
                        "an update cuts hashes",
                        changing(user -> user.passwordHash()
                                .map(hash -> user.toBuilder()
                                        .passwordHash(PasswordHash.of(cut(hash.encoded())))
                                        .build())
                                .orElse(user)),
                        "STO-18",
                        "USR-21"),
                users(
                        "an update cuts addresses",
                        changing(user -> user.toBuilder()
                                .email(new EmailAddress(
                                        user.email().entered(), cut(user.email().canonical())))
                                .build()),
                        "STO-17",
                        "STO-18",
                        "STO-19",
                        "USR-21"),
                users(
                        "an update trims entered addresses",
                        changing(user -> user.toBuilder()
                                .email(new EmailAddress(
                                        " ".equals(user.email().entered())
                                                ? " "
                                                : user.email().entered().strip(),
                                        user.email().canonical()))
                                .build()),
                        "STO-10",
                        "STO-17",
                        "USR-17"),
                tokens(
                        "a rotate cuts labels",
                        rotating((store, next, expected) -> store.rotate(
                                next.toBuilder()
                                        .label(next.label()
                                                .map(ChangeFaults::cut)
                                                .orElse(null))
                                        .build(),
                                expected)),
                        "STO-17",
                        "STO-18",
                        "STO-19"));
    }

    private static String lowerCase(String ascii) {
        return Pattern.compile("[A-Z]+").matcher(ascii).replaceAll(letters -> letters.group()
                .toLowerCase(Locale.ROOT));
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(100, text.length()));
    }

    private static UnaryOperator<UserStore> changing(UnaryOperator<UserRecord> change) {
        return updating((store, next, version) -> store.update(change.apply(next), version));
    }

    /** Refuses what would be an update beside certain other users. */
    private static UnaryOperator<UserStore> refusing(
            UpdateUserOutcome outcome, BiPredicate<UserRecord, UserRecord> conflicts) {
        Set<UserId> known = ConcurrentHashMap.newKeySet();
        return store -> new KnowingUserStore(store, known) {
            @Override
            public UpdateUserOutcome update(UserRecord replacement, long expectedVersion) {
                boolean current = correct.findById(replacement.id())
                        .filter(user -> user.version() == expectedVersion)
                        .isPresent();
                boolean refused = current
                        && all().anyMatch(other ->
                                !other.id().equals(replacement.id()) && conflicts.test(replacement, other));
                return refused ? outcome : correct.update(replacement, expectedVersion);
            }
        };
    }

    private static UnaryOperator<UserStore> findingEntered() {
        Set<UserId> known = ConcurrentHashMap.newKeySet();
        return store -> new KnowingUserStore(store, known) {
            @Override
            public Optional<UserRecord> findByEmail(String canonicalEmail) {
                return correct.findByEmail(canonicalEmail).or(() -> all().filter(user ->
                                user.version() == 2 && user.email().entered().equals(canonicalEmail))
                        .findFirst());
            }
        };
    }

    /** A store that knows all users it was given. */
    private abstract static class KnowingUserStore extends ForwardingUserStore {

        private final Set<UserId> known;

        KnowingUserStore(UserStore correct, Set<UserId> known) {
            super(correct);
            this.known = known;
        }

        final Stream<UserRecord> all() {
            return known.stream().flatMap(id -> correct.findById(id).stream());
        }

        @Override
        public InsertUserOutcome insert(UserRecord user) {
            known.add(user.id());
            return correct.insert(user);
        }
    }
}
