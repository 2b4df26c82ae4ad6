package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.testkit.Race.ROUNDS;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** What holds for any calls of several callers. */
abstract class HistoryOfManyRules extends HistoryRules {

    private static final int BATCHES = 10;

    /** What goes wrong in one history of a hundred takes many; where they are fast, as on the heap, there are more of them. */
    private static final Duration LEAST = Race.LEAST.multipliedBy(5);

    HistoryOfManyRules() {}

    @Rule(
            id = "HIS-2",
            promise =
                    "Whatever calls about users meet, their answers MUST be explained by some order of them, for each user,"
                            + " each e-mail address and each username by itself.",
            why =
                    "A change that is lost, or a password that is still found after it was changed, was reported otherwise to"
                            + " its user.")
    public final void his2UsersAreExplained() {
        expectExplained("calls at random about two users", (seed, cast) -> {
            UserCalls calls = UserCalls.ofTwo(cast);
            Program program = Program.of(seed, calls, 9);
            return new Case(program, calls.views());
        });
    }

    @Rule(
            id = "HIS-3",
            promise =
                    "Whatever calls about the tokens of a user meet, their answers MUST be explained by some order of them.",
            why = "A session that was renewed twice from one secret, or that is found after it was ended, is somebody"
                    + " else's.")
    public final void his3TokensAreExplained() {
        expectExplained(
                "calls at random about the tokens of a user",
                (seed, cast) -> new Case(Program.of(seed, TokenCalls.ofOne(cast), 7), List.of(View.EVERYTHING)));
    }

    @Rule(
            id = "HIS-4",
            promise =
                    "Whatever calls about attempts meet, their answers MUST be explained by some order of them, for each"
                            + " key.",
            why = "A count that is read as it was before is a guess that is free.")
    public final void his4AttemptsAreExplained() {
        expectExplained(
                "calls at random about two keys",
                (seed, cast) -> new Case(Program.of(seed, new AttemptCalls(cast, 2), 9), List.of(View.EVERYTHING)));
    }

    /** A program, and what must be explained each by itself. */
    private record Case(Program program, List<View> views) {}

    /** Makes one case. */
    @FunctionalInterface
    private interface CaseOf {
        Case of(long seed, Cast cast);
    }

    private void expectExplained(String name, CaseOf one) {
        long start = System.nanoTime();
        for (int batch = 0; batch < BATCHES || System.nanoTime() - start < LEAST.toNanos(); batch++) {
            List<Case> cases = many(ROUNDS, () -> {
                long seed = run().seed().ofNextCase();
                return one.of(seed, new Cast(seed, ThreadLocalRandom.current().nextLong()));
            });
            List<Program.Phase> phases = cases.stream()
                    .flatMap(made -> made.program().phases().stream())
                    .toList();
            var rounds = race(name, Program.THREADS, phases, (phase, thread) -> phase.run(thread, handle(thread)));
            Iterator<Race.Round<Program.Phase, List<Event>>> answered = rounds.iterator();
            for (Case made : cases) {
                List<Event> history = new ArrayList<>();
                made.program()
                        .phases()
                        .forEach(phase -> answered.next().answers().forEach(history::addAll));
                expectExplained(made, history);
            }
        }
    }

    private void expectExplained(Case one, List<Event> history) {
        for (Event event : history) {
            if (event.answer() instanceof Failed failed) {
                tellHistory(Event.lines(history), one.program().seed());
                Unmet unmet = new Unmet("each call", "no exception", RuleReport.shown(failed.thrown()));
                unmet.initCause(failed.thrown());
                throw unmet;
            }
        }
        for (View view : one.views()) {
            if (!Linearization.exists(history, view)) {
                tellHistory(
                        Event.lines(Linearization.shortest(history, view)),
                        one.program().seed());
                throw new Unmet(
                        "the answers about " + view.name(),
                        "an order of the calls in which each answer is right",
                        "no order of these calls explains the answers");
            }
        }
    }
}
