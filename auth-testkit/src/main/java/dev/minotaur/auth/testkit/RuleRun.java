package dev.minotaur.auth.testkit;

import dev.minotaur.auth.spi.AuthStores;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One rule on one fixture: two handles on the same data, and the trace of what was done to them. */
final class RuleRun {

    private final StoreFixture fixture;
    private final Trace trace = Trace.ofLastSteps();
    private final MutableClock clock = new MutableClock(Samples.T0);
    private final CountingHasher hasher = new CountingHasher(4);
    private AuthStores first;
    private AuthStores second;
    private final Seed seed = new Seed();
    private boolean raced;
    private @Nullable List<String> told;

    RuleRun(StoreFixture fixture) {
        this.fixture = fixture;
        this.first = fixture.open();
        this.second = fixture.open();
    }

    AuthStores first() {
        return Traced.stores("first", first, trace);
    }

    AuthStores second() {
        return Traced.stores("second", second, trace);
    }

    /** Notes a race. */
    void raced(String what) {
        trace.add(what);
        raced = true;
    }

    boolean hasRaced() {
        return raced;
    }

    /** The handles without a trace: threads share them out. */
    AuthStores untraced(int thread) {
        return thread % 2 == 0 ? first : second;
    }

    MutableClock clock() {
        return clock;
    }

    CountingHasher hasher() {
        return hasher;
    }

    StoreFixture fixture() {
        return fixture;
    }

    /** The seed of what is random by intent; asking for it notes it for the report. */
    Seed seed() {
        return seed;
    }

    Durability durability() {
        return fixture.durability();
    }

    void restart() {
        trace.add("restart of the program");
        fixture.restart();
        first = fixture.open();
        second = fixture.open();
    }

    /** Tells that this was done, and not what the trace has. */
    void tell(List<String> lines) {
        told = lines;
    }

    /** What was done, for the report. */
    List<String> done() {
        return told == null ? trace.lines() : told;
    }

    void close() {
        fixture.close();
    }
}
