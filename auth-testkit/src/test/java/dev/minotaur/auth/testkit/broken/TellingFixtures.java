package dev.minotaur.auth.testkit.broken;

import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
import dev.minotaur.auth.testkit.BackendFaults;
import dev.minotaur.auth.testkit.Durability;
import dev.minotaur.auth.testkit.subject.HeapFixture;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Correct stores with something around them that tells too much, or too little. */
final class TellingFixtures {

    private TellingFixtures() {}

    /** Correct stores. */
    static class Heap extends ForwardingFixture {

        Heap() {
            super(new HeapFixture(Durability.SURVIVES_RESTART));
        }
    }

    /** Handles that are other ones after a restart. */
    static final class Closing extends Heap {

        private final UnaryOperator<AuthStores> afterwards;
        private AtomicBoolean closed = new AtomicBoolean();

        Closing(UnaryOperator<AuthStores> afterwards) {
            this.afterwards = afterwards;
        }

        @Override
        public AuthStores open() {
            AuthStores open = super.open();
            AuthStores shut = afterwards.apply(open);
            AtomicBoolean isClosed = closed;
            return AuthStores.of(
                    new ForwardingUserStore(open.users()) {
                        @Override
                        public InsertUserOutcome insert(UserRecord user) {
                            return (isClosed.get() ? shut : open).users().insert(user);
                        }
                    },
                    open.tokens(),
                    open.attempts());
        }

        @Override
        public void restart() {
            closed.set(true);
            closed = new AtomicBoolean();
        }
    }

    /** Inserts of users that can be made to fail, and then suppress an exception that quotes the hash. */
    static final class QuotingFailures extends Heap implements BackendFaults {

        private final AtomicInteger left = new AtomicInteger();
        private Moment moment = Moment.BEFORE_EFFECT;

        @Override
        public Optional<BackendFaults> faults() {
            return Optional.of(this);
        }

        @Override
        public void arm(int call, Moment when) {
            moment = when;
            left.set(call);
        }

        @Override
        public boolean disarm() {
            return left.getAndSet(0) <= -1;
        }

        @Override
        public AuthStores open() {
            AuthStores open = super.open();
            return AuthStores.of(
                    BreakUsers.inserting((store, user) -> {
                                if (left.get() != 1) {
                                    left.updateAndGet(calls -> Math.max(0, calls - 1));
                                    return store.insert(user);
                                }
                                left.set(-1);
                                throw failure(user, moment == Moment.AFTER_EFFECT && store.insert(user) != null);
                            })
                            .apply(open.users()),
                    open.tokens(),
                    open.attempts());
        }

        private static StoreException failure(UserRecord user, boolean done) {
            StoreException failure = done
                    ? StoreException.outcomeUnknown("lost", null)
                    : StoreException.nothingHappened("not sent", null);
            user.passwordHash()
                    .ifPresent(hash -> failure.addSuppressed(new IllegalStateException("row: " + hash.encoded())));
            return failure;
        }
    }

    /** Stores that write down whom somebody looked for. */
    static final class Remembering extends Heap {

        private final Set<String> lookedFor = ConcurrentHashMap.newKeySet();

        @Override
        public AuthStores open() {
            AuthStores open = super.open();
            UserStore users = new ForwardingUserStore(open.users()) {
                @Override
                protected String email(String canonical) {
                    lookedFor.add(canonical);
                    return canonical;
                }
            };
            return AuthStores.of(users, open.tokens(), open.attempts());
        }

        @Override
        public Optional<String> dump() {
            return correct.dump().map(dump -> dump + lookedFor);
        }
    }

    /** With a dump that is not of the data, or not of all of it. */
    static final class Dumping extends Heap {

        private final UnaryOperator<String> change;

        Dumping(UnaryOperator<String> change) {
            this.change = change;
        }

        @Override
        public Optional<String> dump() {
            return correct.dump().map(change);
        }
    }
}
