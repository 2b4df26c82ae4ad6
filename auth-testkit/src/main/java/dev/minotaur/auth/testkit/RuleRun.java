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
    private Seed seed;
    private Handles handles;
    private boolean raced;
    private volatile boolean used;
    private @Nullable List<String> told;

    RuleRun(StoreFixture fixture, Seed seed) {
        this.fixture = fixture;
        this.seed = seed;
        this.handles = Handles.of(fixture);
    }

    AuthStores first() {
        return Traced.stores("first", handles.first(), trace);
    }

    AuthStores second() {
        return Traced.stores("second", handles.second(), trace);
    }

    /** Notes a race. */
    void raced(String what) {
        trace.add(what);
        raced = true;
    }

    boolean hasRaced() {
        return raced;
    }

    /** Notes that the rule works with this: once, since a write in each call would get in the way of a race. */
    void use() {
        if (!used) {
            used = true;
        }
    }

    /** Whether the rule has worked with this; each rule does. */
    boolean hasBeenUsed() {
        return used;
    }

    /** The handles without a trace: threads share them out. */
    AuthStores untraced(int thread) {
        return thread % 2 == 0 ? handles.first() : handles.second();
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

    /** Takes another seed, so that the rule looks at other cases when it is run again. */
    void reseed() {
        seed = seed.next();
    }

    Durability durability() {
        return fixture.durability();
    }

    void restart() {
        trace.add("restart of the program");
        try {
            fixture.restart();
            handles = Handles.after(handles, fixture);
        } catch (RuntimeException e) {
            throw new FixtureFailure(e);
        }
    }

    Trace trace() {
        return trace;
    }

    /** Tells that this was done, and not what the trace has. */
    void tell(List<String> lines) {
        told = lines;
    }

    /** What was done, for the report. */
    List<String> done() {
        return told == null ? trace.lines() : told;
    }
}
