package dev.minotaur.auth.testkit.broken;

import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.TokenStore;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.testkit.subject.HeapBackend.Lost;
import dev.minotaur.auth.testkit.subject.RemoteFixture;
import dev.minotaur.auth.testkit.subject.RemoteFixture.Call;
import dev.minotaur.auth.testkit.subject.RemoteFixture.Handling;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/** Stores that are right while their backend works, and wrong when it fails. */
final class BackendFailureFaults {

    private BackendFailureFaults() {}

    static List<Fault> all() {
        return Fault.list(
                caught("a user who cannot be read is absent", "users.findByEmail", any -> Optional.empty())
                        .by("FLT-1", "FLT-7"),
                caught("a failed insert is a conflict", "users.insert", any -> InsertUserOutcome.EMAIL_TAKEN)
                        .by("FLT-1", "FLT-6", "SUP-18"),
                caught("a session that cannot be read is absent", "findTokenWithUser", any -> Optional.empty())
                        .by("FLT-1", "FLT-10"),
                caught("a list that cannot be read is empty", "tokens.listByUser", any -> List.of())
                        .by("FLT-1", "FLT-10"),
                caught("a failed delete has found nothing", "tokens.delete", any -> false)
                        .by("FLT-1", "FLT-11", "SES-17"),
                caught("a failed rotate is done", "tokens.rotate", any -> true).by("SES-16", "SES-18"),
                caught("a failed attempt is another's", "attempts.record", any -> false)
                        .by("FLT-1"),
                wrong("the driver's exception gets through", () -> BackendFailureFaults::barely)
                        .by("FLT-1"),
                wrong("a lost consume is made again", () -> BackendFailureFaults::consumingAgain)
                        .by("FLT-1"),
                caught("a failed update is done", "users.update", any -> UpdateUserOutcome.UPDATED)
                        .by("FLT-2", "FLT-12", "FLT-13", "RST-19"),
                caught("a failed link is stored", "tokens.insertIntoSlot", any -> InsertTokenOutcome.INSERTED)
                        .by("FLT-2", "SUP-17", "RST-18", "LNK-13"),
                caught("a failed end is done", "tokens.consume", BackendFailureFaults::unconsumed)
                        .by("FLT-2", "FLT-11"),
                caught("a failed attempt is counted", "attempts.record", any -> true)
                        .by("FLT-2", "FLT-8"),
                caught("a failed deletion is done", "users.delete", any -> true).by("FLT-2", "FLT-13"),
                wrong("a lost commit has done nothing", () -> BackendFailureFaults::nothingWhenLost)
                        .by("FLT-2", "FLT-6"),
                wrong("a read that fails may have done something", () -> BackendFailureFaults::unknownReads)
                        .by("FLT-2"),
                wrong("a user is written in two steps", () -> BackendFailureFaults::insertingInHalves)
                        .by("FLT-2", "FLT-6", "SUP-18"),
                wrong("the stamp is written after the rest", () -> BackendFailureFaults::updatingInHalves)
                        .by("FLT-2", "FLT-12", "FLT-13", "RST-19"),
                wrong("a lost attempt is counted once more", () -> BackendFailureFaults::recordingTwice)
                        .by("FLT-2"),
                wrong("a token is kept for who asks again", BackendFailureFaults::rememberingLost)
                        .by("FLT-3"),
                wrong("a lock is kept after a failure", BackendFailureFaults::keepingLocks)
                        .by("FLT-4"),
                wrong("a handle is dead after a failure", BackendFailureFaults::dying)
                        .by("FLT-4", "FLT-6"),
                wrong("each failure costs a connection of eight", BackendFailureFaults::leaking)
                        .by("FLT-4"),
                wrong("the message is the driver's", () -> BackendFailureFaults::quoting)
                        .by("FLT-5"),
                wrong("the cause is the driver's", () -> BackendFailureFaults::keepingTheCause)
                        .by("FLT-5"),
                Fault.tokens(
                                "a refusal that tells what it refuses",
                                BreakTokens.inserting(BackendFailureFaults::refusingAloud),
                                "FLT-5")
                        .toNamed(),
                Fault.users(
                                "a repeated insert has its own address taken",
                                BreakUsers.answering(InsertUserOutcome.ALREADY_INSERTED, InsertUserOutcome.EMAIL_TAKEN),
                                "FLT-1",
                                "FLT-3",
                                "FLT-6")
                        .toNamed(),
                Fault.tokens(
                                "a repeated insert has its own id taken",
                                BreakTokens.inserting((store, token) -> {
                                    InsertTokenOutcome outcome = store.insert(token);
                                    return outcome == InsertTokenOutcome.ALREADY_INSERTED
                                            ? InsertTokenOutcome.ID_TAKEN
                                            : outcome;
                                }),
                                "FLT-3",
                                "FLT-7")
                        .toNamed(),
                Fault.fixture(
                                "backend: a hook that lets nothing fail",
                                Hooked::harmless,
                                "FLT-1",
                                "FLT-2",
                                "FLT-3",
                                "FLT-4",
                                "FLT-5")
                        .toNamed(),
                Fault.fixture("backend: a hook that loses no answer", Hooked::losingNoAnswer, "FLT-2")
                        .toNamed(),
                wrong("a failed delete deletes all of the user", () -> BackendFailureFaults::deletingAll)
                        .by("FLT-9", "FLT-11"),
                caught("a failed purge has found nobody", "users.deleteClosed", any -> List.of())
                        .by("FLT-1", "FLT-2"),
                wrong("a failed purge deletes what is good", () -> BackendFailureFaults::purgingAll)
                        .by("FLT-14"));
    }

    /** A fault but for the rules that catch it. */
    record Wrong(String name, Supplier<Handling> handling) {
        Fault by(String... rules) {
            return Fault.fixture("backend: " + name, () -> new RemoteFixture(handling.get()), rules)
                    .toNamed();
        }
    }

    static Wrong wrong(String name, Supplier<Handling> handling) {
        return new Wrong(name, handling);
    }

    /** Gives an answer in place of the failure of a verb. */
    static Wrong caught(String name, String verb, Function<Call, Object> answer) {
        return wrong(name, () -> call -> {
            try {
                return RemoteFixture.honestly(call);
            } catch (StoreException failure) {
                if (call.isOneOf(verb)) {
                    return answer.apply(call);
                }
                throw failure;
            }
        });
    }

    private static Object barely(Call call) {
        call.sendStatement();
        return call.sendCommit();
    }

    static Object unconsumed(Call call) {
        return call.handle().tokens().find((TokenId) call.argument(0));
    }

    private static Object consumingAgain(Call call) {
        if (!call.isOneOf("tokens.consume")) {
            return RemoteFixture.honestly(call);
        }
        try {
            return barely(call);
        } catch (Lost lost) {
            return barely(call);
        }
    }

    private static Object nothingWhenLost(Call call) {
        try {
            return barely(call);
        } catch (Lost lost) {
            throw call.nothingHappened();
        }
    }

    private static Object unknownReads(Call call) {
        try {
            return barely(call);
        } catch (Lost lost) {
            throw call.outcomeUnknown();
        }
    }

    private static Object insertingInHalves(Call call) {
        if (!call.isOneOf("users.insert")) {
            return RemoteFixture.honestly(call);
        }
        UserRecord user = (UserRecord) call.argument(0);
        AuthStores correct = call.handle();
        UserRecord half = user.toBuilder().username(null).build();
        try {
            InsertUserOutcome first = call.send(() -> correct.users().insert(half));
            if (first != InsertUserOutcome.INSERTED) {
                return correct.users().insert(user);
            }
            var unused = call.send(() -> correct.users().update(user, user.version()));
            return first;
        } catch (Lost lost) {
            throw call.outcomeUnknown();
        }
    }

    private static Object updatingInHalves(Call call) {
        if (!call.isOneOf("users.update")) {
            return RemoteFixture.honestly(call);
        }
        UserRecord next = (UserRecord) call.argument(0);
        AuthStores correct = call.handle();
        Optional<UserRecord> stored = correct.users().findById(next.id());
        UserRecord half = next.toBuilder().stamp(stored.orElse(next).stamp()).build();
        try {
            UpdateUserOutcome first = call.send(() -> correct.users().update(half, (Long) call.argument(1)));
            if (first == UpdateUserOutcome.UPDATED) {
                var unused = call.send(() -> correct.users().update(next, next.version()));
            }
            return first;
        } catch (Lost lost) {
            throw call.outcomeUnknown();
        }
    }

    private static Object recordingTwice(Call call) {
        if (!call.isOneOf("attempts.record")) {
            return RemoteFixture.honestly(call);
        }
        AttemptKey key = (AttemptKey) call.argument(0);
        Attempts next = (Attempts) call.argument(2);
        try {
            return barely(call);
        } catch (Lost lost) {
            var unused =
                    call.handle().attempts().record(key, next.count(), new Attempts(next.count() + 1, next.lastAt()));
            throw call.outcomeUnknown();
        }
    }

    private static Handling rememberingLost() {
        Map<Object, Object> lostTokens = new ConcurrentHashMap<>();
        return call -> {
            if (!call.isOneOf("tokens.consume")) {
                return RemoteFixture.honestly(call);
            }
            Object id = call.argument(0);
            Object before = unconsumed(call);
            try {
                Object answer = RemoteFixture.honestly(call);
                return answer.equals(Optional.empty()) ? lostTokens.getOrDefault(id, answer) : answer;
            } catch (StoreException failure) {
                lostTokens.put(id, before);
                throw failure;
            }
        };
    }

    @SuppressWarnings("ReferenceEquality") // the lock is that of one handle
    private static Handling keepingLocks() {
        AtomicReference<Object> holder = new AtomicReference<>();
        return call -> {
            Object held = holder.get();
            if (held != null && held != call.handle()) {
                throw StoreException.nothingHappened("no lock was granted in time", null);
            }
            try {
                return RemoteFixture.honestly(call);
            } catch (StoreException failure) {
                holder.set(call.reads() ? null : call.handle());
                throw failure;
            }
        };
    }

    private static Handling dying() {
        Map<Object, Boolean> dead = new ConcurrentHashMap<>();
        return call -> {
            if (dead.containsKey(call.handle())) {
                throw call.nothingHappened();
            }
            try {
                return RemoteFixture.honestly(call);
            } catch (StoreException failure) {
                dead.put(call.handle(), true);
                throw failure;
            }
        };
    }

    private static Handling leaking() {
        AtomicInteger free = new AtomicInteger(8);
        return call -> {
            if (free.get() == 0) {
                throw StoreException.nothingHappened("no connection is free", null);
            }
            try {
                return RemoteFixture.honestly(call);
            } catch (StoreException failure) {
                free.decrementAndGet();
                throw failure;
            }
        };
    }

    private static Object quoting(Call call) {
        try {
            return barely(call);
        } catch (Lost lost) {
            throw StoreException.outcomeUnknown(String.valueOf(call.argument(0)), null);
        }
    }

    private static Object keepingTheCause(Call call) {
        try {
            return barely(call);
        } catch (Lost lost) {
            throw StoreException.outcomeUnknown("the connection was lost", lost);
        }
    }

    private static InsertTokenOutcome refusingAloud(TokenStore store, StoredToken token) {
        if (token.slot().isPresent()) {
            throw new IllegalArgumentException("the token has a slot: " + token.label());
        }
        return store.insert(token);
    }

    private static Object deletingAll(Call call) {
        if (!call.isOneOf("tokens.delete")) {
            return RemoteFixture.honestly(call);
        }
        TokenId id = (TokenId) call.argument(0);
        Optional<StoredToken> token = call.handle().tokens().find(id);
        try {
            return RemoteFixture.honestly(call);
        } catch (StoreException failure) {
            token.ifPresent(found -> call.handle().tokens().deleteByUser(found.user(), TokenScope.everything()));
            throw failure;
        }
    }

    private static Object purgingAll(Call call) {
        try {
            return RemoteFixture.honestly(call);
        } catch (StoreException failure) {
            if (call.isOneOf("tokens.deleteExpired")) {
                Instant later = ((Instant) call.argument(0)).plus(Duration.ofDays(30));
                var unused = call.handle().tokens().deleteExpired(later, 100);
            }
            throw failure;
        }
    }
}
