package dev.minotaur.auth.testkit;

import dev.minotaur.auth.spi.AuthStores;
import java.util.List;

/**
 * Two handles on a fixture's data. With a fixture that gives the same one twice, the rules about two handles would say
 * nothing; only data on the heap cannot have two.
 */
record Handles(AuthStores first, AuthStores second) {

    static Handles of(StoreFixture fixture) {
        Handles opened = new Handles(fixture.open(), fixture.open());
        if (fixture.durability() != Durability.HEAP_ONLY && share(opened.first, opened.second)) {
            throw new IllegalStateException(
                    "open() gave the same stores twice, and not two handles that share nothing but the data");
        }
        return opened;
    }

    static Handles after(Handles closed, StoreFixture fixture) {
        Handles opened = of(fixture);
        if (share(closed.first, opened.first)) {
            throw new IllegalStateException("open() gave after restart() the stores of before");
        }
        return opened;
    }

    private static boolean share(AuthStores one, AuthStores other) {
        List<Object> ofOther = List.of(other, other.users(), other.tokens(), other.attempts());
        return List.of(one, one.users(), one.tokens(), one.attempts()).stream()
                .anyMatch(part -> ofOther.stream().anyMatch(same -> isSame(part, same)));
    }

    @SuppressWarnings("ReferenceEquality") // the question is whether it is one object
    private static boolean isSame(Object one, Object other) {
        return one == other;
    }
}
