package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.spi.InsertTokenOutcome.INSERTED;
import static dev.minotaur.auth.spi.UpdateUserOutcome.UPDATED;
import static dev.minotaur.auth.testkit.Samples.T0;

import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What holds over a restart: calls that change nothing are answered as before it, and the purges find what they would have. */
abstract class RestartRules extends StoresRules {

    RestartRules() {}

    @Rule(
            id = "STO-7",
            promise =
                    "What was reported as done MUST hold after a restart, in whatever verb it is looked for, and what was"
                            + " removed MUST NOT come back; where the fixture says HEAP_ONLY, nothing is there.",
            why =
                    "An ended session that a restart revives, or an account that a restart loses, was reported otherwise.")
    @ResourceLock(PURGE)
    public final void sto7DataOutlivesTheProgram() {
        Instant upTo = Samples.longAgo();
        List<Look> purged = aged(upTo);
        purge(upTo);
        List<Look> looks = Stream.of(looksAtUsers(), looksAtTokens(), looksAtSlots(), looksAtAttempts(), purged)
                .flatMap(List::stream)
                .filter(one -> keeps() || one.isRead())
                .toList();
        List<Object> before = looks.stream().map(Look::now).toList();
        List<Look> aged = aged(upTo);
        run().restart();
        for (int i = 0; i < before.size(); i++) {
            Object expected = keeps() ? before.get(i) : before.get(i) instanceof List ? List.of() : Optional.empty();
            expect(looks.get(i).name() + " after the restart", looks.get(i).now())
                    .is(expected);
        }
        purge(upTo);
        for (Look old : aged) {
            expect(old.name() + " of what a purge after the restart must have deleted", old.now())
                    .is(Optional.empty());
        }
    }

    private boolean keeps() {
        return run().durability() == Durability.SURVIVES_RESTART;
    }

    private List<Look> looksAtUsers() {
        UserRecord kept = inserted(Samples.fullUser());
        UserRecord first = inserted(Samples.fullUser());
        UserRecord next = Samples.fullUser().toBuilder()
                .id(first.id())
                .version(first.version() + 1)
                .build();
        expect("the update", users().update(next, first.version())).is(UPDATED);
        UserRecord deleted = inserted(Samples.fullUser());
        expect("delete of the user", users().delete(deleted.id())).is(true);
        Stream<Look> finds = Stream.of(kept, next, deleted)
                .flatMap(user -> Stream.of(
                        read("findById", () -> users().findById(user.id())),
                        read("findByEmail", () -> users().findByEmail(
                                        user.email().canonical())),
                        read("findByUsername", () -> users().findByUsername(usernameOf(user)))));
        Stream<Look> refusals = Stream.of(kept, next)
                .flatMap(user -> Stream.of(
                        refusal("the insert of the stored user", () -> users().insert(user)),
                        refusal("the insert of a user with a taken address", () -> users().insert(
                                        Samples.user(user.email()))),
                        refusal("the insert of a user with a taken username", () -> users().insert(
                                        Samples.user(user.username().orElseThrow()))),
                        refusal("the update under another version", () -> users().update(user, 1))));
        return Stream.concat(finds, refusals).toList();
    }

    private List<Look> looksAtTokens() {
        UserId other = Samples.userId();
        StoredToken ended = inserted(Samples.session(other));
        expect("deleteByUser", tokens().deleteByUser(other, TokenScope.everything()))
                .is(1);
        StoredToken deleted = inserted(Samples.session());
        expect("delete of the token", tokens().delete(deleted.id())).is(true);
        UserRecord owner = inserted(Samples.user());
        StoredToken kept =
                inserted(Samples.fullSession().toBuilder().user(owner.id()).build());
        StoredToken first = inserted(Samples.session(owner.id()));
        StoredToken rotated = rotated(first, T0.plusSeconds(1));
        expect("rotate", tokens().rotate(rotated, first.digest())).is(true);
        StoredToken touched = inserted(Samples.session(owner.id()));
        expect("touch", tokens().touch(touched.id(), T0.plusSeconds(2))).is(true);
        StoredToken consumed = inserted(Samples.session());
        expect("whether consume gives the token", consume(consumed).isPresent()).is(true);
        Stream<Look> finds = Stream.of(kept, rotated, touched, deleted, consumed, ended)
                .map(token -> read("find of the token", () -> tokens().find(token.id())));
        Stream<Look> joined = Stream.of(kept, rotated, touched)
                .map(token -> read("findTokenWithUser", () -> stores().findTokenWithUser(token.id())));
        return Stream.of(
                        finds,
                        joined,
                        Stream.of(
                                read("listByUser", () -> tokens().listByUser(owner.id(), kept.purpose())),
                                read("listByUser of nothing", () -> tokens().listByUser(other, ended.purpose())),
                                refusal("the insert of the stored token", () -> tokens().insert(kept)),
                                refusal("rotate under the old digest", () -> tokens().rotate(rotated, first.digest()))))
                .flatMap(all -> all)
                .toList();
    }

    private List<Look> looksAtSlots() {
        StoredToken replaced = inSlot(Samples.inSlot(Samples.userId(), "slot"));
        StoredToken holder = Samples.inSlot(replaced.user(), "slot");
        expect("insertIntoSlot that replaces", tokens().insertIntoSlot(holder, T0.plusSeconds(60)))
                .is(INSERTED);
        StoredToken used = inSlot(Samples.inSlot(Samples.userId(), "used"));
        expect("whether consume gives the link", consume(used).isPresent()).is(true);
        return List.of(
                read("find of the holder of a slot", () -> tokens().find(holder.id())),
                read("find of the token it replaced", () -> tokens().find(replaced.id())),
                read("find of a used link", () -> tokens().find(used.id())),
                read("listByUser of the holder", () -> tokens().listByUser(holder.user(), holder.purpose())),
                refusal("insertIntoSlot into a slot that is kept", () -> tokens().insertIntoSlot(
                                Samples.inSlot(holder.user(), "slot"), T0.minusSeconds(60))));
    }

    private List<Look> looksAtAttempts() {
        AttemptKey once = recordedAt(T0);
        AttemptKey again = recordedAt(T0);
        Attempts second = new Attempts(2, T0.plusSeconds(1));
        expect("record that expects 1", attempts().record(again, 1, second)).is(true);
        AttemptKey cleared = recordedAt(T0);
        expect("clear", attempts().clear(cleared)).is(true);
        return List.of(
                read("find of attempts", () -> attempts().find(once)),
                read("find of attempts that were recorded twice", () -> attempts()
                        .find(again)),
                read("find of cleared attempts", () -> attempts().find(cleared)),
                refusal("record that expects the count of before", () -> attempts()
                        .record(again, 1, second)));
    }

    /** Rows that a purge takes. */
    private List<Look> aged(Instant upTo) {
        Instant before = upTo.minusSeconds(60);
        StoredToken token = inserted(expiring(before));
        UserRecord user = inserted(UserPurgeRules.closed(before));
        AttemptKey key = recordedAt(before);
        return List.of(
                read("find of an old token", () -> tokens().find(token.id())),
                read("findById of an old user", () -> users().findById(user.id())),
                read("find of old attempts", () -> attempts().find(key)));
    }

    private void purge(Instant upTo) {
        drain(limit -> tokens().deleteExpired(upTo, limit));
        drain(limit -> users().deleteClosed(upTo, limit).size());
        drain(limit -> attempts().deleteOlder(upTo, limit));
    }

    private static Look read(String name, Supplier<Object> call) {
        return new Look(name, true, call);
    }

    private static Look refusal(String name, Supplier<Object> call) {
        return new Look(name, false, call);
    }

    /** A call that changes nothing. */
    private record Look(String name, boolean isRead, Supplier<Object> call) {

        Object now() {
            return call.get();
        }
    }
}
