package dev.minotaur.auth.testkit;

import dev.minotaur.auth.spi.AuthStores;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one caller over two handles that belong to a seed: some at random, then reads of all that is left. Each run is
 * about identities of its own, so it can be run again, also in part.
 */
final class Script {

    private final long seed;
    private final AuthStores first;
    private final AuthStores second;
    private final Instant start;

    private Script(long seed, AuthStores first, AuthStores second, Instant start) {
        this.seed = seed;
        this.first = first;
        this.second = second;
        this.start = start;
    }

    /** Calls that reach nothing but what the script is about. */
    Script(long seed, AuthStores first, AuthStores second) {
        this(seed, first, second, Samples.T0);
    }

    /** Purges too, in the years that {@link TokenPurgeRules} purges; a run begins with what an earlier one left there. */
    static Script withPurges(long seed, AuthStores first, AuthStores second) {
        return new Script(seed, first, second, Samples.longAgo(new SplittableRandom(seed)));
    }

    private boolean purges() {
        return start.isBefore(Samples.T0);
    }

    /**
     * A call.
     *
     * @param bySecond whether it is made on the second handle
     * @param call the call
     */
    private record Step(boolean bySecond, Operation call) {}

    /**
     * A run that ended with a wrong answer.
     *
     * @param kept the places in the whole script of the steps that were done
     * @param done the steps as text
     * @param unmet what is wrong with the last answer
     */
    record Failure(List<Integer> kept, List<String> done, Unmet unmet) {}

    /** Runs all of it up to the first wrong answer. */
    Optional<Failure> run() {
        List<Step> steps = steps();
        return run(steps, IntStream.range(0, steps.size()).boxed().toList());
    }

    /** Runs the steps at these places up to the first wrong answer. */
    Optional<Failure> run(List<Integer> kept) {
        return run(steps(), kept);
    }

    private Optional<Failure> run(List<Step> steps, List<Integer> kept) {
        if (purges()) {
            Instant end = PurgeCalls.end(start);
            TokenPurgeRules.drain(limit -> first.tokens().deleteExpired(end, limit));
            TokenPurgeRules.drain(
                    limit -> first.users().deleteClosed(end, limit).size());
            TokenPurgeRules.drain(limit -> first.attempts().deleteOlder(end, limit));
        }
        Trace trace = Trace.ofAllSteps();
        AuthStores tracedFirst = Traced.stores("first", first, trace);
        AuthStores tracedSecond = Traced.stores("second", second, trace);
        State state = State.empty();
        for (int done = 0; done < kept.size(); done++) {
            Step step = steps.get(kept.get(done));
            Object answer = Failed.answer(step.call(), step.bySecond() ? tracedSecond : tracedFirst);
            List<State> after = answer == null || answer instanceof Failed
                    ? List.of()
                    : Model.after(state, View.EVERYTHING, step.call(), Told.alone(answer));
            if (after.isEmpty()) {
                return Optional.of(
                        new Failure(kept.subList(0, done + 1), trace.lines(), unmet(state, step.call(), answer)));
            }
            state = after.get(0);
        }
        return Optional.empty();
    }

    private static Unmet unmet(State before, Operation call, @Nullable Object answer) {
        if (answer instanceof Failed failed) {
            Unmet unmet = new Unmet("the last call", "no exception", RuleReport.shown(failed.thrown()));
            unmet.initCause(failed.thrown());
            return unmet;
        }
        Set<@Nullable Object> right = Model.rightAnswers(before, call, answer);
        if (right.size() > 1) {
            String all = right.stream().map(Shown::of).collect(Collectors.joining(" or "));
            return new Unmet("the last answer", all, Shown.of(answer));
        }
        Difference difference = Difference.between(right.iterator().next(), answer);
        return new Unmet("the last answer", difference.expected(), difference.observed());
    }

    /** The same for each run but for the identities. */
    private List<Step> steps() {
        SplittableRandom random = new SplittableRandom(seed);
        Cast cast = new Cast(seed, ThreadLocalRandom.current().nextLong(), start);
        UserCalls users = UserCalls.ofSome(cast, 3);
        TokenCalls tokens = TokenCalls.ofSome(cast, 2);
        AttemptCalls attempts = new AttemptCalls(cast, 2);
        List<Calls> all = List.of(users, tokens, attempts, new PurgeCalls(cast));
        List<Step> steps = new ArrayList<>();
        State state = State.empty();
        int many = 40 + random.nextInt(21);
        int[] shares = Calls.skewed(random, 40, 50, 20);
        int[] withPurges = {shares[0], shares[1], shares[2], purges() ? 20 : 0};
        while (steps.size() < many) {
            Operation call = all.get(Calls.weighted(random, withPurges)).next(random, state);
            steps.add(new Step(random.nextBoolean(), call));
            state = Model.after(state, call);
        }
        for (List<Operation> reads : List.of(users.last(), tokens.last(), attempts.last())) {
            reads.forEach(read -> steps.add(new Step(random.nextBoolean(), read)));
        }
        return steps;
    }
}
