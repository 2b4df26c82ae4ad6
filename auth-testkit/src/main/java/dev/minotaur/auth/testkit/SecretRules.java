package dev.minotaur.auth.testkit;

import dev.minotaur.auth.spi.AuthStores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** What nobody may find who reads exceptions, logs or a backup. All that is done is done with values that are looked for afterwards. */
abstract class SecretRules extends ClockRules {

    private static final int MOST_CALLS = 40;

    /** After these paths everything is read, which may be much; after the others what can be read through the stores. */
    private static final Set<String> DUMPED =
            Set.of(Journey.SIGNING_IN, Journey.GUESSING, Journey.ASKING, Journey.DELETING);

    SecretRules() {}

    @Rule(
            id = "SEC-1",
            promise =
                    "An exception of a store MUST NOT carry an identifier, a hash, a digest, a token's label or the address"
                            + " it was sent to: not in its message, its causes, what it suppressed or what is chained to it.",
            why =
                    "Exceptions go to logs, to trackers and to error pages, and databases quote the row that they refuse.")
    @ResourceLock(PURGE)
    public final void sec1ExceptionsTellNothing() {
        AuthStores handle = handle(0);
        Verbs verbs = new Verbs();
        verbs.refused(handle)
                .forEach((name, call) -> expect("whether this threw: " + name, threw(name, call, verbs.markers()))
                        .is(true));
        run().fixture().faults().ifPresent(faults -> failEachCall(faults, handle));
        run().restart();
        Verbs late = new Verbs();
        late.of(handle).forEach((name, call) -> threw(name + " after a restart", call, late.markers()));
        Journey journey = new Journey(handle, settings(handle), clock());
        Map<String, Runnable> paths = journey.paths();
        paths.remove(Journey.PURGING);
        paths.forEach((name, path) ->
                threw(name + " after a restart", done(path), journey.kept(), journey.secrets(), journey.label()));
    }

    @Rule(
            id = "SEC-2",
            promise =
                    "The text form of a store, of a group of stores, and of what they answer MUST NOT show an identifier, a"
                            + " hash, a digest, a token's label or the address it was sent to.",
            why = "A text form is written to a log by whoever looks for something else.")
    @ResourceLock(PURGE)
    public final void sec2TextFormsShowNothing() {
        Verbs verbs = new Verbs();
        List<String> shown = new ArrayList<>();
        verbs.of(handle(0)).values().forEach(call -> {
            shown.add(String.valueOf(call.get()));
            shown.addAll(textForms());
        });
        expectHidden("a text form", String.join("\n", shown), verbs.markers());
        expect("whether the text forms of what is stored were seen", String.join("\n", shown))
                .isTrueOf(
                        "the ids of the user and the token",
                        shown.stream()
                                .anyMatch(text -> text.contains(
                                                verbs.user().id().toString())
                                        && text.contains(verbs.session().id().toString())));
        clock().set(Samples.longAgo());
        Journey journey = new Journey(handle(0), settings(handle(0)), clock());
        journey.paths().forEach((name, path) -> {
            path.run();
            String forms = String.join("\n", journey.shown()) + String.join("\n", textForms());
            expectHidden("a text form after " + name, forms, journey.kept(), journey.secrets(), journey.label());
        });
    }

    @Rule(
            id = "SEC-3",
            promise =
                    "What is printed, and what is logged down to the level before the finest, MUST NOT hold a password, a"
                            + " token, a hash, a digest, an identifier, a label or the address a token was sent to.",
            why = "Logs are read by more people, and kept longer, than the database that is guarded so well.")
    @ResourceLock(PURGE)
    @ResourceLock(Resources.SYSTEM_OUT)
    @ResourceLock(Resources.SYSTEM_ERR)
    public final void sec3NothingIsLogged() {
        try (Output output = new Output()) {
            AuthStores handle = run().fixture().open();
            Verbs verbs = new Verbs();
            verbs.of(handle).forEach((name, call) -> threw(name, call));
            verbs.refused(handle).forEach((name, call) -> threw(name, call));
            clock().set(Samples.longAgo());
            Journey journey = new Journey(handle, settings(handle), clock());
            journey.paths().values().forEach(Runnable::run);
            expect("whether what is printed and logged can be read", output.sees(Samples.unique()))
                    .is(true);
            expectHidden(
                    "what was printed and logged",
                    output.text(),
                    verbs.markers(),
                    journey.kept(),
                    journey.secrets(),
                    journey.label());
        }
    }

    @Rule(
            id = "SEC-4",
            promise =
                    "What is stored MUST NOT hold a password, a token or its secret half, be it of a session or of a link, or"
                            + " an address that nobody registered or asked to register, in any usual encoding, and a fixture's"
                            + " dump MUST show what is stored.",
            why = "A stolen backup would sign its thief in; and a dump that shows nothing proves nothing.")
    @ResourceLock(PURGE)
    public final void sec4OnlyDigestsAreStored() {
        clock().set(Samples.longAgo());
        AuthStores handle = handle(0);
        Journey journey = new Journey(handle, settings(handle), clock());
        Markers shown = new Markers();
        shown.text("the e-mail address", journey.canonicalEmail());
        journey.paths().forEach((name, path) -> {
            path.run();
            String stored = stored(journey, DUMPED.contains(name));
            expectHidden("what is stored after " + name, stored, journey.secrets());
            if (name.equals(Journey.SIGNING_IN)) {
                shown.uuid("the id of a session", journey.sessionId());
                expect("what of the user is seen in what is stored", shown.allIn(stored))
                        .is(List.of("the e-mail address", "the id of a session"));
            }
        });
    }

    /** All that the fixture shows of its data, or else what can be read through the stores. */
    private String stored(Journey journey, boolean dumped) {
        return dumped ? run().fixture().dump().orElseGet(journey::readBack) : journey.readBack();
    }

    private List<String> textForms() {
        List<String> forms = new ArrayList<>();
        for (AuthStores handle : List.of(handle(0), handle(1))) {
            forms.add(handle.toString());
            forms.add(handle.users().toString());
            forms.add(handle.tokens().toString());
            forms.add(handle.attempts().toString());
        }
        return forms;
    }

    /** Lets each call of the backend fail that a verb makes, one after the other. */
    private static void failEachCall(BackendFaults faults, AuthStores handle) {
        for (BackendFaults.Moment moment : BackendFaults.Moment.values()) {
            Verbs verbs = new Verbs();
            verbs.of(handle).forEach((name, call) -> {
                boolean failed = true;
                for (int number = 1; number <= MOST_CALLS && failed; number++) {
                    faults.arm(number, moment);
                    try {
                        threw(name + " whose call " + number + " failed", call, verbs.markers());
                    } finally {
                        failed = faults.disarm();
                    }
                }
            });
        }
    }

    private static Supplier<Object> done(Runnable path) {
        return () -> {
            path.run();
            return "done";
        };
    }

    /** Whether a call threw; what it threw must not show any of the markers. */
    private static boolean threw(String name, Supplier<Object> call, Markers... markers) {
        try {
            Object unused = call.get();
            return false;
        } catch (RuntimeException thrown) {
            expectHidden("what this threw: " + name, Thrown.inFull(thrown), markers);
            return true;
        }
    }

    private static void expectHidden(String subject, String text, Markers... markers) {
        for (Markers some : markers) {
            some.in(text).ifPresent(found -> {
                throw new Unmet(subject, "nothing that is to be hidden", found);
            });
        }
    }
}
