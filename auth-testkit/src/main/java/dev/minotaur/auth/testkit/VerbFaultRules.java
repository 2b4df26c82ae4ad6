package dev.minotaur.auth.testkit;

import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.StoreException.Effect;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.testkit.FaultRun.Outcome;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What a single verb says and leaves when its backend fails. */
abstract class VerbFaultRules extends FaultBase {

    VerbFaultRules() {}

    @Rule(
            id = "FLT-1",
            promise =
                    "A call of which the backend fails MUST answer as if nothing had failed, or throw StoreException, and"
                            + " give no other answer in its place.",
            why = "A user whose row cannot be read is not absent: told so, the rules refuse the right password, sign"
                    + " everybody out, or register an address twice.")
    @ResourceLock(PURGE)
    public final void flt1NoAnswerInPlaceOfAFailure() {
        withEachVerb((verb, run) -> {
            Outcome outcome = run.attempt(() -> verb.call().apply(run.stores()));
            if (outcome.failure() == null) {
                expectRight(verb, run, outcome);
            }
        });
    }

    @Rule(
            id = "FLT-2",
            promise =
                    "What a call tells of its effect MUST be so: after NONE, which every read says that fails, all is as it"
                            + " was; after an answer all is done; and after UNKNOWN all is as it was or all is done.",
            why = "Core makes an unknown write again and leaves one that did not happen: told wrongly, a password is"
                    + " changed that was reported as kept, or half a user can never be registered again.")
    @ResourceLock(PURGE)
    public final void flt2TheEffectIsToldAsItIs() {
        AtomicInteger doneUnseen = new AtomicInteger();
        withEachVerb((verb, run) -> {
            StoreException failure =
                    run.attempt(() -> verb.call().apply(run.stores())).failure();
            VerbCase.State now = verb.now(handle(1));
            Sight done = verb.after().seen();
            if (run.hasLostAnAnswer()
                    && now.seen().equals(done)
                    && !done.equals(verb.before().seen())) {
                doneUnseen.incrementAndGet();
            }
            if (failure == null) {
                now.seen()
                        .expectOneOf(
                                "what is seen after the answer",
                                List.of(verb.after().seen()));
            } else if (failure.effect() == Effect.NONE) {
                now.seen()
                        .expectOneOf(
                                "what is seen after NONE", List.of(verb.before().seen()));
            } else {
                expect("what the call says of its effect", failure.effect()).isTrueOf("NONE of a read", !verb.reads());
            }
        });
        if (waysOfTheBackend().isPresent()) {
            expect("how many writes were done of which the hook let the answer be lost, AFTER_EFFECT", doneUnseen.get())
                    .isTrueOf("some", doneUnseen.get() > 0);
        }
    }

    @Rule(
            id = "FLT-3",
            promise =
                    "A call of which the backend failed MUST have its effect once when it is made again, and then answer"
                            + " what the first one would have, or what a second one does.",
            why =
                    "Whoever has lost an answer asks again: a link would work twice, an attempt be counted twice, or a user be"
                            + " turned away from an account of their own.")
    @ResourceLock(PURGE)
    public final void flt3ACallIsRepeatable() {
        withEachVerb((verb, run) -> {
            if (run.attempt(() -> verb.call().apply(run.stores())).failure() != null) {
                VerbCase.State between = verb.now(handle(1));
                expect("the answer of the same call, made again", verb.call().apply(run.stores()))
                        .is(between.answer());
                verb.now(handle(1))
                        .seen()
                        .expectOneOf(
                                "what is seen after the same call, made again",
                                List.of(verb.after().seen()));
            }
        });
    }

    @Rule(
            id = "FLT-4",
            promise =
                    "After a failure the same handle and every other one MUST work at once, however many calls have failed"
                            + " before: no connection and no lock is kept.",
            why = "A failure of a moment would become an outage: the pool is empty, or a user's row is locked, until a"
                    + " restart.")
    @ResourceLock(PURGE)
    public final void flt4NothingIsKeptAfterAFailure() {
        withEachVerb((verb, run) -> {
            if (run.attempt(() -> verb.call().apply(run.stores())).failure() != null) {
                expectAnswer("on another handle", verb, otherHandle());
                expectAnswer("on the same handle", verb, run.stores());
            }
        });
    }

    @Rule(
            id = "FLT-5",
            promise =
                    "An exception that a store throws MUST NOT carry an address, a username, a password hash, a digest or a"
                            + " label, nor may its causes.",
            why = "Exceptions end in logs that more people read than the database; what drivers say often quotes the"
                    + " values.")
    @ResourceLock(PURGE)
    public final void flt5ExceptionsTellNothing() {
        withEachVerb((verb, run) -> {
            Outcome outcome = run.attempt(() -> verb.call().apply(run.stores()));
            Optional.ofNullable(outcome.failure()).ifPresent(failure -> expectNoMark(failure, verb.secrets()));
        });
        StoredToken token = Samples.fullSession();
        StoredToken slotted = token.toBuilder().slot("slot").build();
        AttemptKey key = Samples.key();
        Set<String> marks = new HashSet<>(Marks.of(token));
        marks.addAll(Marks.of(key));
        Attempts one = new Attempts(1, Samples.T0);
        expectMistakeToldWithout(marks, "insert of a token that has a slot", () -> tokens().insert(slotted));
        expectMistakeToldWithout(
                marks, "insertIntoSlot of a token that has no slot", () -> tokens().insertIntoSlot(token, Samples.T0));
        expectMistakeToldWithout(
                marks, "record with a negative count", () -> attempts().record(key, -1, one));
    }

    private static void expectMistakeToldWithout(Set<String> marks, String call, Supplier<Object> mistake) {
        Optional<RuntimeException> thrown = thrownBy(mistake);
        expect(call + ": whether it throws", thrown.isPresent()).is(true);
        expectNoMark(thrown.get(), marks);
    }

    private void withEachVerb(BiConsumer<VerbCase, FaultRun> steps) {
        List<Supplier<VerbCase>> verbs = Stream.of(UserVerbs.all(), TokenVerbs.all(), AttemptVerbs.all())
                .flatMap(List::stream)
                .toList();
        Optional<List<FaultWay>> ofBackend = waysOfTheBackend();
        int ofBackendFailed = 0;
        for (Supplier<VerbCase> made : verbs) {
            int failed = ofBackend.map(ways -> underFailure(made, ways, steps)).orElse(0);
            if (failed == 0) {
                var unused = underFailure(made, waysOfTheStores(), steps);
            }
            ofBackendFailed += failed;
        }
        if (ofBackend.isPresent()) {
            expect("how many calls of the backend the hook let fail", ofBackendFailed)
                    .isTrueOf("some", ofBackendFailed > 0);
        }
    }

    private int underFailure(Supplier<VerbCase> made, List<FaultWay> ways, BiConsumer<VerbCase, FaultRun> steps) {
        return underFailure(made.get().name(), ways, run -> {
            VerbCase verb = made.get();
            verb.given().accept(otherHandle());
            steps.accept(verb, run);
        });
    }

    private static void expectRight(VerbCase verb, FaultRun run, Outcome outcome) {
        Object right = verb.before().answer();
        boolean again = right == InsertUserOutcome.INSERTED || right == InsertTokenOutcome.INSERTED;
        if (run.hasFailed() && again) {
            expect("the answer", outcome.answer()).isOneOf(right, verb.after().answer());
        } else {
            expect("the answer", outcome.answer()).is(right);
        }
    }

    private static void expectAnswer(String where, VerbCase verb, AuthStores handle) {
        Optional<RuntimeException> thrown = thrownBy(() -> verb.call().apply(handle));
        if (thrown.isPresent()) {
            Unmet unmet = new Unmet("the same call " + where, "an answer", RuleReport.shown(thrown.get()));
            unmet.initCause(thrown.get());
            throw unmet;
        }
    }

    private static Optional<RuntimeException> thrownBy(Supplier<Object> call) {
        try {
            var unused = call.get();
            return Optional.empty();
        } catch (RuntimeException thrown) {
            return Optional.of(thrown);
        }
    }

    private static void expectNoMark(RuntimeException thrown, Set<String> marks) {
        Optional<String> told = Marks.foundIn(thrown, marks);
        if (told.isPresent()) {
            Unmet unmet = new Unmet("what an exception says", "nothing of the records", Shown.of(told.get()));
            unmet.initCause(thrown);
            throw unmet;
        }
    }
}
