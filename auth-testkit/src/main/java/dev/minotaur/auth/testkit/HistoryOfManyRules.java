package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.testkit.Race.ROUNDS;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** What holds for any calls of several callers. */
abstract class HistoryOfManyRules extends HistoryRules {

    HistoryOfManyRules() {}

    @Rule(
            id = "HIS-2",
            promise =
                    "Whatever calls about users meet, their answers MUST be explained by some order of them, for each user,"
                            + " each e-mail address and each username by itself: no call comes before one that was answered before"
                            + " it was made.",
            why =
                    "A change that is lost, or a password that is still found after it was changed, was reported otherwise to"
                            + " its user.")
    public final void his2UsersAreExplained() {
        List<Case> cases = cases(8 * ROUNDS, (seed, cast) -> {
            UserCalls calls = new UserCalls(cast, 2);
            Program program = Program.of(seed, calls, 9);
            return new Case(program, calls.views());
        });
        expectExplained("calls at random about two users", cases);
    }

    @Rule(
            id = "HIS-3",
            promise =
                    "Whatever calls about the tokens of a user meet, their answers MUST be explained by some order of them:"
                            + " no call comes before one that was answered before it was made.",
            why = "A session that was renewed twice from one secret, or that is found after it was ended, is somebody"
                    + " else's.")
    public final void his3TokensAreExplained() {
        List<Case> cases = cases(
                8 * ROUNDS,
                (seed, cast) -> new Case(Program.of(seed, TokenCalls.ofOne(cast), 7), List.of(View.EVERYTHING)));
        expectExplained("calls at random about the tokens of a user", cases);
    }

    @Rule(
            id = "HIS-4",
            promise =
                    "Whatever calls about attempts meet, their answers MUST be explained by some order of them, for each"
                            + " key: no call comes before one that was answered before it was made.",
            why = "A count that is read as it was before is a guess that is free.")
    public final void his4AttemptsAreExplained() {
        List<Case> cases = cases(
                8 * ROUNDS,
                (seed, cast) -> new Case(Program.of(seed, new AttemptCalls(cast, 2), 9), List.of(View.EVERYTHING)));
        expectExplained("calls at random about two keys", cases);
    }

    /** A program, and what must be explained each by itself. */
    private record Case(Program program, List<View> views) {}

    /** Makes one case. */
    @FunctionalInterface
    private interface CaseOf {
        Case of(long seed, Cast cast);
    }

    private List<Case> cases(int many, CaseOf one) {
        return many(many, () -> {
            long seed = run().seed().ofNextCase();
            return one.of(seed, new Cast(seed, ThreadLocalRandom.current().nextLong()));
        });
    }

    private void expectExplained(String name, List<Case> cases) {
        List<Program.Phase> phases =
                cases.stream().flatMap(one -> one.program().eachPhase()).toList();
        var rounds = race(name, Program.THREADS, phases, (phase, thread) -> phase.run(thread, handle(thread)));
        List<Event> history = new ArrayList<>();
        int next = 0;
        for (Case one : cases) {
            history.clear();
            for (int phase = 0; phase < one.program().phases().size(); phase++) {
                rounds.get(next++).answers().forEach(history::addAll);
            }
            expectExplained(one, List.copyOf(history));
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
