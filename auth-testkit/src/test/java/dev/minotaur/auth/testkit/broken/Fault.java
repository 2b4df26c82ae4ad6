package dev.minotaur.auth.testkit.broken;

import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.TokenStore;
import dev.minotaur.auth.spi.UserStore;
import dev.minotaur.auth.testkit.Durability;
import dev.minotaur.auth.testkit.StoreFixture;
import dev.minotaur.auth.testkit.subject.HeapFixture;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A store that is broken in one way, and the rules that say so.
 *
 * @param name what is wrong with it
 * @param extent how it shows
 * @param caughtBy the ids of the rules
 * @param fixture makes the store
 */
record Fault(String name, Extent extent, Set<String> caughtBy, Supplier<StoreFixture> fixture) {

    /** How a fault shows. */
    enum Extent {
        /** To one caller at a time: to exactly these rules, and to no other that has one caller. */
        EXACT,
        /** To one caller at a time: to these rules and to many others that happen to need what is broken. */
        WIDE,
        /** Only when callers meet: to these rules at least, and to none that has one caller. */
        RACE,
        /** To these rules at least; other rules may see it too, and are not asked. */
        NAMED
    }

    static Fault users(String name, UnaryOperator<UserStore> breaker, String... caughtBy) {
        return of("users: " + name, Extent.EXACT, onUsers(breaker), caughtBy);
    }

    static Fault tokens(String name, UnaryOperator<TokenStore> breaker, String... caughtBy) {
        return of("tokens: " + name, Extent.EXACT, onTokens(breaker), caughtBy);
    }

    static Fault attempts(String name, UnaryOperator<AttemptStore> breaker, String... caughtBy) {
        return of("attempts: " + name, Extent.EXACT, onAttempts(breaker), caughtBy);
    }

    static Fault stores(String name, UnaryOperator<AuthStores> breaker, String... caughtBy) {
        return of("stores: " + name, Extent.EXACT, breaker, caughtBy);
    }

    static Fault fixture(String name, Supplier<StoreFixture> fixture, String... caughtBy) {
        return new Fault(name, Extent.EXACT, Set.of(caughtBy), fixture);
    }

    private static Fault of(String name, Extent extent, UnaryOperator<AuthStores> breaker, String... caughtBy) {
        return new Fault(name, extent, Set.of(caughtBy), () -> new BrokenFixture(breaker));
    }

    Fault widely() {
        return new Fault(name, Extent.WIDE, caughtBy, fixture);
    }

    Fault whenCallersMeet() {
        return new Fault(name, Extent.RACE, caughtBy, fixture);
    }

    Fault toAccounts() {
        return new Fault("accounts over " + name, Extent.NAMED, caughtBy, fixture);
    }

    Fault toNamed() {
        return new Fault(name, Extent.NAMED, caughtBy, fixture);
    }

    static List<Fault> list(Fault... faults) {
        return List.of(faults);
    }

    /** Whatever the answer was. */
    static boolean yes(boolean answer) {
        return answer || !answer;
    }

    /** The time between two statements that should be one. */
    static void pause() {
        LockSupport.parkNanos(100_000);
    }

    private static UnaryOperator<AuthStores> onUsers(Function<UserStore, UserStore> breaker) {
        return stores -> AuthStores.of(breaker.apply(stores.users()), stores.tokens(), stores.attempts());
    }

    private static UnaryOperator<AuthStores> onTokens(Function<TokenStore, TokenStore> breaker) {
        return stores -> AuthStores.of(stores.users(), breaker.apply(stores.tokens()), stores.attempts());
    }

    private static UnaryOperator<AuthStores> onAttempts(Function<AttemptStore, AttemptStore> breaker) {
        return stores -> AuthStores.of(stores.users(), stores.tokens(), breaker.apply(stores.attempts()));
    }

    /** Correct stores whose every handle is broken. */
    private static final class BrokenFixture extends ForwardingFixture {

        private final UnaryOperator<AuthStores> breaker;

        private BrokenFixture(UnaryOperator<AuthStores> breaker) {
            super(new HeapFixture(Durability.SURVIVES_RESTART));
            this.breaker = breaker;
        }

        @Override
        public AuthStores open() {
            return breaker.apply(correct.open());
        }
    }
}
