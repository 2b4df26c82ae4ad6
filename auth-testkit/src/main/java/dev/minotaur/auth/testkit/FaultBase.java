package dev.minotaur.auth.testkit;

import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.StoreException.Effect;
import dev.minotaur.auth.testkit.BackendFaults.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Runs a scenario again and again, and lets another of its calls fail each time. */
abstract class FaultBase extends AccountRaceRules {

    private static final int MOST_CALLS = 500;

    FaultBase() {}

    /** The failures of the backend, if the fixture can make them. */
    final Optional<List<FaultWay>> waysOfTheBackend() {
        return run().fixture().faults().map(hook -> Stream.of(Moment.values())
                .map(moment -> FaultWay.ofBackend(stores(), hook, moment))
                .toList());
    }

    /** All failures that can be made. */
    final List<FaultWay> allWays() {
        List<FaultWay> ways = new ArrayList<>(waysOfTheStores());
        waysOfTheBackend().ifPresent(ways::addAll);
        return ways;
    }

    final List<FaultWay> waysOfTheStores() {
        VerbFaults faults = new VerbFaults();
        AuthStores stores = Traced.stores("first", faults.over(handle(0)), run().trace());
        return List.of(
                FaultWay.ofStores(stores, faults, Moment.BEFORE_EFFECT, Effect.NONE),
                FaultWay.ofStores(stores, faults, Moment.BEFORE_EFFECT, Effect.UNKNOWN),
                FaultWay.ofStores(stores, faults, Moment.AFTER_EFFECT, Effect.UNKNOWN));
    }

    /** Runs a scenario for each way and each call of it, and once more, in which no call fails; tells how many failed. */
    final int underFailure(String scenario, List<FaultWay> ways, Consumer<FaultRun> steps) {
        int failed = 0;
        for (FaultWay way : ways) {
            int call = 1;
            while (hasFailed(scenario, way, call, steps)) {
                call++;
                expect("calls in this scenario: " + scenario, call).isTrueOf("an end of them", call < MOST_CALLS);
            }
            failed += call - 1;
        }
        return failed;
    }

    /** On a thread of its own, so that a handle that waits for ever is found out. */
    private boolean hasFailed(String scenario, FaultWay way, int call, Consumer<FaultRun> steps) {
        run().trace().begin("scenario: " + scenario + "; " + way.words(call));
        clock().set(Samples.T0);
        Race.Step<FaultRun, Boolean> step = (run, thread) -> {
            steps.accept(run);
            return run.hasFailed();
        };
        try {
            return Race.together(scenario, 1, step)
                    .run(List.of(new FaultRun(way, call, run().trace())))
                    .get(0)
                    .answers()
                    .get(0);
        } catch (Unmet unmet) {
            throw ledTo(unmet);
        }
    }

    /** The steps to the expectation, and to the rule that it belongs to. */
    private static Unmet ledTo(Unmet unmet) {
        Stream<StackTraceElement> inScenario = Stream.of(unmet.getStackTrace());
        Stream<StackTraceElement> inRule = Stream.of(new Throwable().getStackTrace());
        unmet.setStackTrace(Stream.concat(inScenario, inRule).toArray(StackTraceElement[]::new));
        return unmet;
    }
}
