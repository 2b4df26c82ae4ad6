package dev.minotaur.auth.testkit.broken;

import static dev.minotaur.auth.testkit.broken.BreakUsers.answering;
import static dev.minotaur.auth.testkit.broken.BreakUsers.inserting;
import static dev.minotaur.auth.testkit.broken.BreakUsers.storing;
import static dev.minotaur.auth.testkit.broken.Fault.users;

import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.Username;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stores of users that are broken in {@code insert} or in a find. */
final class UserFaults {

    private UserFaults() {}

    static List<Fault> all() {
        return Fault.list(
                users("nobody is found by username", FindsNobodyByUsername::new, "USR-1")
                        .widely(),
                users("an unknown user is a failure", UnknownIsAFailure::new, "USR-12")
                        .widely(),
                users("an unknown username finds somebody", FindsSomebody::new, "USR-12")
                        .widely(),
                users(
                                "the password hash is dropped",
                                storing(user ->
                                        user.toBuilder().passwordHash(null).build()),
                                "USR-2")
                        .widely(),
                users(
                                "a new user is active",
                                inserting((store, user) -> store.insert(user.toBuilder()
                                        .status(UserStatus.ACTIVE)
                                        .build())),
                                "USR-2")
                        .widely(),
                users(
                        "the version is kept in an int",
                        storing(user -> user.toBuilder()
                                .version(Math.max(1, (int) user.version()))
                                .build()),
                        "STO-4",
                        "USR-5",
                        "USR-2",
                        "USR-24"),
                users(
                                "the entered address is dropped",
                                storing(user -> user.toBuilder()
                                        .email(new EmailAddress(
                                                user.email().canonical(),
                                                user.email().canonical()))
                                        .build()),
                                "USR-2")
                        .widely(),
                users(
                                "an address that is not confirmed is confirmed",
                                storing(user -> user.toBuilder()
                                        .emailConfirmedAt(
                                                user.emailConfirmedAt().orElse(user.createdAt()))
                                        .build()),
                                "USR-3")
                        .widely(),
                users(
                                "no password hash is an empty one",
                                storing(user -> user.toBuilder()
                                        .passwordHash(user.passwordHash().orElse(PasswordHash.of("-")))
                                        .build()),
                                "USR-3")
                        .widely(),
                users(
                        "a retry is a taken id",
                        answering(InsertUserOutcome.ALREADY_INSERTED, InsertUserOutcome.ID_TAKEN),
                        "USR-4"),
                users(
                        "a retry is a taken address",
                        answering(InsertUserOutcome.ALREADY_INSERTED, InsertUserOutcome.EMAIL_TAKEN),
                        "USR-4"),
                users(
                        "a taken id is a retry",
                        answering(InsertUserOutcome.ID_TAKEN, InsertUserOutcome.ALREADY_INSERTED),
                        "USR-5",
                        "USR-6"),
                users("insert overwrites", inserting(UserFaults::upsert), "USR-5"),
                users("a retry is told without the time of confirmation", inserting(UserFaults::compareLess), "USR-5"),
                users("a retry is told by what was entered", inserting(UserFaults::compareEntered), "USR-5"),
                users("a taken id is not expected", inserting(UserFaults::expectFreeId), "USR-5"),
                users(
                        "the address is looked at before the id",
                        inserting((store, user) -> BreakUsers.emailIsAnothers(store, user)
                                ? InsertUserOutcome.EMAIL_TAKEN
                                : store.insert(user)),
                        "USR-6"),
                users("the oldest of several that are in the way is told", OldestInTheWay::new, "USR-6"),
                users(
                        "the username is looked at before the id",
                        inserting((store, user) -> BreakUsers.usernameIsAnothers(store, user)
                                ? InsertUserOutcome.USERNAME_TAKEN
                                : store.insert(user)),
                        "USR-6"),
                users(
                        "the address is not unique on insert",
                        store -> new Ambiguous(store, Ambiguous.Of.EMAIL, true, false),
                        "USR-7",
                        "USR-14",
                        "USR-32"),
                users(
                        "the username is not unique on insert",
                        store -> new Ambiguous(store, Ambiguous.Of.USERNAME, true, false),
                        "USR-8",
                        "USR-14",
                        "USR-32"),
                users(
                        "an insert refused for the address takes the username",
                        inserting((store, user) -> {
                            InsertUserOutcome outcome = store.insert(user);
                            if (outcome == InsertUserOutcome.EMAIL_TAKEN) {
                                BreakUsers.reserve(store, null, user.username().orElse(null));
                            }
                            return outcome;
                        }),
                        "USR-7"),
                users(
                        "an insert refused for the username takes the address",
                        inserting((store, user) -> {
                            InsertUserOutcome outcome = store.insert(user);
                            if (outcome == InsertUserOutcome.USERNAME_TAKEN) {
                                BreakUsers.reserve(store, user.email(), null);
                            }
                            return outcome;
                        }),
                        "USR-8"),
                users(
                        "two conflicts at once are not expected",
                        inserting((store, user) -> {
                            InsertUserOutcome outcome = store.insert(user);
                            if (outcome == InsertUserOutcome.EMAIL_TAKEN
                                    && BreakUsers.usernameIsAnothers(store, user)) {
                                throw StoreException.outcomeUnknown("a constraint is violated", null);
                            }
                            return outcome;
                        }),
                        "USR-9"),
                users("no username is the empty username", EmptyUsername::new, "USR-10")
                        .widely(),
                users("addresses and usernames lie in one index", OneIndex::new, "USR-11"),
                users(
                        "a username may not read like an address",
                        inserting((store, user) -> user.username()
                                        .flatMap(name -> store.findByEmail(name.canonical()))
                                        .isPresent()
                                ? InsertUserOutcome.USERNAME_TAKEN
                                : store.insert(user)),
                        "USR-11"),
                users("the entered address is found too", EnteredIsFound::new, "USR-13"),
                users("the entered address is unique", EnteredIsUnique::new, "USR-14", "STO-18"));
    }

    private static InsertUserOutcome upsert(UserStore store, UserRecord user) {
        InsertUserOutcome outcome = store.insert(user);
        if (outcome == InsertUserOutcome.ID_TAKEN) {
            store.findById(user.id()).ifPresent(old -> store.update(user, old.version()));
        }
        return outcome;
    }

    private static InsertUserOutcome compareLess(UserStore store, UserRecord user) {
        boolean alike = store.findById(user.id())
                .map(old -> old.toBuilder()
                        .emailConfirmedAt(user.emailConfirmedAt().orElse(null))
                        .build())
                .equals(Optional.of(user));
        return alike ? InsertUserOutcome.ALREADY_INSERTED : store.insert(user);
    }

    private static InsertUserOutcome compareEntered(UserStore store, UserRecord user) {
        boolean alike = store.findById(user.id())
                .map(old -> old.toBuilder()
                        .email(new EmailAddress(
                                old.email().entered(), user.email().canonical()))
                        .username(user.username()
                                .flatMap(name ->
                                        old.username().map(before -> new Username(before.entered(), name.canonical())))
                                .or(old::username)
                                .orElse(null))
                        .build())
                .equals(Optional.of(user));
        return alike ? InsertUserOutcome.ALREADY_INSERTED : store.insert(user);
    }

    /** Looks for conflicts by the identifiers, and meets the one of the id unprepared. */
    private static InsertUserOutcome expectFreeId(UserStore store, UserRecord user) {
        boolean free = store.findByEmail(user.email().canonical()).isEmpty()
                && user.username()
                        .flatMap(name -> store.findByUsername(name.canonical()))
                        .isEmpty();
        if (free && store.findById(user.id()).isPresent()) {
            throw StoreException.nothingHappened("duplicate id", null);
        }
        return store.insert(user);
    }

    private static final class OldestInTheWay extends ForwardingUserStore {

        private final List<UserId> inOrder = new CopyOnWriteArrayList<>();

        OldestInTheWay(UserStore correct) {
            super(correct);
        }

        @Override
        public InsertUserOutcome insert(UserRecord user) {
            int ofId = inOrder.indexOf(user.id());
            int ofEmail = correct.findByEmail(user.email().canonical())
                    .map(holder -> inOrder.indexOf(holder.id()))
                    .orElse(-1);
            if (ofEmail >= 0 && ofEmail < ofId) {
                return InsertUserOutcome.EMAIL_TAKEN;
            }
            inOrder.add(user.id());
            return correct.insert(user);
        }
    }

    private static final class FindsNobodyByUsername extends ForwardingUserStore {

        FindsNobodyByUsername(UserStore correct) {
            super(correct);
        }

        @Override
        public Optional<UserRecord> findByUsername(String canonicalUsername) {
            return Optional.empty();
        }
    }

    private static final class UnknownIsAFailure extends ForwardingUserStore {

        UnknownIsAFailure(UserStore correct) {
            super(correct);
        }

        @Override
        public Optional<UserRecord> findById(UserId id) {
            return Optional.of(correct.findById(id).orElseThrow());
        }
    }

    private static final class FindsSomebody extends ForwardingUserStore {

        private final Map<String, UserId> last = new ConcurrentHashMap<>();

        FindsSomebody(UserStore correct) {
            super(correct);
        }

        @Override
        public InsertUserOutcome insert(UserRecord user) {
            last.put("", user.id());
            return correct.insert(user);
        }

        @Override
        public Optional<UserRecord> findByUsername(String canonicalUsername) {
            return correct.findByUsername(canonicalUsername)
                    .or(() -> Optional.ofNullable(last.get("")).flatMap(correct::findById));
        }
    }

    private static final class EmptyUsername extends ForwardingUserStore {

        private static final Username NONE = new Username("\u0001", "\u0001");

        EmptyUsername(UserStore correct) {
            super(correct);
        }

        @Override
        protected UserRecord in(UserRecord user) {
            return user.toBuilder().username(user.username().orElse(NONE)).build();
        }

        @Override
        protected UserRecord out(UserRecord user) {
            return user.toBuilder()
                    .username(user.username().filter(name -> !name.equals(NONE)).orElse(null))
                    .build();
        }
    }

    private static final class OneIndex extends ForwardingUserStore {

        OneIndex(UserStore correct) {
            super(correct);
        }

        @Override
        public Optional<UserRecord> findByUsername(String canonicalUsername) {
            return correct.findByUsername(canonicalUsername).or(() -> correct.findByEmail(canonicalUsername));
        }
    }

    private static final class EnteredIsFound extends ForwardingUserStore {

        private final Map<String, UserId> entered = new ConcurrentHashMap<>();

        EnteredIsFound(UserStore correct) {
            super(correct);
        }

        @Override
        public InsertUserOutcome insert(UserRecord user) {
            entered.put(user.email().entered(), user.id());
            return correct.insert(user);
        }

        @Override
        public Optional<UserRecord> findByEmail(String canonicalEmail) {
            return correct.findByEmail(canonicalEmail).or(() -> Optional.ofNullable(entered.get(canonicalEmail))
                    .flatMap(correct::findById)
                    .filter(user -> user.email().entered().equals(canonicalEmail)
                            && !user.email().canonical().equals(canonicalEmail)));
        }
    }

    private static final class EnteredIsUnique extends ForwardingUserStore {

        private final Set<String> entered = ConcurrentHashMap.newKeySet();

        EnteredIsUnique(UserStore correct) {
            super(correct);
        }

        @Override
        public InsertUserOutcome insert(UserRecord user) {
            String typed = user.email().entered();
            boolean plain = typed.equals(user.email().canonical());
            boolean known = correct.findById(user.id()).isPresent();
            return plain || known || entered.add(typed) ? correct.insert(user) : InsertUserOutcome.EMAIL_TAKEN;
        }
    }
}
