package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.testkit.ContractBase.expect;
import static dev.minotaur.auth.testkit.Samples.T0;

import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.TokenWithUser;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.testkit.VerbCase.State;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The verbs of a store of tokens, as cases that are made anew each time. */
final class TokenVerbs {

    private final Instant longAgo = Samples.longAgo();
    private final UserRecord owner = Samples.fullUser();
    private final StoredToken session = of(owner.id());
    private final StoredToken second =
            of(owner.id()).toBuilder().issuedAt(T0.plusSeconds(1)).build();
    private final StoredToken inSlot = inSlot(owner.id());
    private final StoredToken fresh =
            of(owner.id()).toBuilder().issuedAt(T0.plusSeconds(2)).build();
    private final StoredToken freshInSlot = inSlot(owner.id());
    private final Map<String, StoredToken> asked = Map.of(
            "the session", session,
            "the second session", second,
            "the token in the slot", inSlot,
            "the new session", fresh,
            "the new token in the slot", freshInSlot);

    private TokenVerbs() {}

    static List<Supplier<VerbCase>> all() {
        return List.of(
                () -> new TokenVerbs().insert(),
                () -> new TokenVerbs().takeFreeSlot(),
                () -> new TokenVerbs().takeSlot(),
                () -> new TokenVerbs().takeKeptSlot(),
                () -> new TokenVerbs().find(),
                () -> new TokenVerbs().findWithUser(),
                () -> new TokenVerbs().consume(),
                () -> new TokenVerbs().consumeWithAnotherDigest(),
                () -> new TokenVerbs().rotate(),
                () -> new TokenVerbs().rotateWithAnotherDigest(),
                () -> new TokenVerbs().touch(),
                () -> new TokenVerbs().delete(),
                () -> new TokenVerbs().deleteByUser(),
                () -> new TokenVerbs().listByUser(),
                () -> new TokenVerbs().deleteExpired());
    }

    private VerbCase insert() {
        return verb(
                "insert a token",
                stores -> stores.tokens().insert(fresh),
                new State(with(session, second), InsertTokenOutcome.INSERTED),
                new State(with(session, second, fresh), InsertTokenOutcome.ALREADY_INSERTED));
    }

    private VerbCase takeFreeSlot() {
        return verb(
                "insert a token into a free slot",
                stores -> stores.tokens().insertIntoSlot(freshInSlot, T0),
                new State(with(session, second), InsertTokenOutcome.INSERTED),
                new State(with(session, second, freshInSlot), InsertTokenOutcome.ALREADY_INSERTED));
    }

    private VerbCase takeSlot() {
        return verb(
                "insert a token into a slot that another holds",
                stores -> expectTaken(stores, inSlot),
                stores -> stores.tokens().insertIntoSlot(freshInSlot, inSlot.issuedAt()),
                new State(with(session, second, inSlot), InsertTokenOutcome.INSERTED),
                new State(with(session, second, freshInSlot), InsertTokenOutcome.ALREADY_INSERTED));
    }

    private VerbCase takeKeptSlot() {
        return verb(
                "insert a token into a slot that is kept",
                stores -> expectTaken(stores, inSlot),
                stores -> stores.tokens()
                        .insertIntoSlot(freshInSlot, inSlot.issuedAt().minusSeconds(1)),
                new State(with(session, second, inSlot), InsertTokenOutcome.SLOT_KEPT));
    }

    private VerbCase find() {
        return verb(
                "find a token",
                stores -> stores.tokens().find(session.id()),
                new State(with(session, second), Optional.of(session)));
    }

    private VerbCase findWithUser() {
        return verb(
                "find a token with its user",
                stores -> expect("the insert of a user", stores.users().insert(owner))
                        .is(InsertUserOutcome.INSERTED),
                stores -> stores.findTokenWithUser(session.id()),
                new State(with(session, second), Optional.of(new TokenWithUser(session, owner))));
    }

    private VerbCase consume() {
        return verb(
                "consume a token",
                stores -> stores.tokens().consume(session.id(), session.purpose(), session.digest()),
                new State(with(session, second), Optional.of(session)),
                new State(with(second), Optional.empty()));
    }

    private VerbCase consumeWithAnotherDigest() {
        return verb(
                "consume a token with another digest",
                stores -> stores.tokens().consume(session.id(), session.purpose(), second.digest()),
                new State(with(session, second), Optional.empty()));
    }

    private VerbCase rotate() {
        StoredToken next = next();
        return verb(
                "rotate a token",
                stores -> stores.tokens().rotate(next, session.digest()),
                new State(with(session, second), true),
                new State(with(next, second), false));
    }

    private VerbCase rotateWithAnotherDigest() {
        return verb(
                "rotate a token with another digest",
                stores -> stores.tokens().rotate(next(), second.digest()),
                new State(with(session, second), false));
    }

    private VerbCase touch() {
        Instant later = session.lastUsedAt().plusSeconds(1);
        StoredToken touched = session.toBuilder().lastUsedAt(later).build();
        return verb(
                "touch a token",
                stores -> stores.tokens().touch(session.id(), later),
                new State(with(session, second), true),
                new State(with(touched, second), false));
    }

    private VerbCase delete() {
        return verb(
                "delete a token",
                stores -> stores.tokens().delete(session.id()),
                new State(with(session, second), true),
                new State(with(second), false));
    }

    private VerbCase deleteByUser() {
        TokenScope scope = TokenScope.everything().butNot(second.id());
        return verb(
                "delete a user's tokens but one",
                stores -> expectTaken(stores, inSlot),
                stores -> stores.tokens().deleteByUser(owner.id(), scope),
                new State(with(session, second, inSlot), 2),
                new State(with(second), 0));
    }

    private VerbCase listByUser() {
        return verb(
                "list a user's tokens",
                stores -> stores.tokens().listByUser(owner.id(), session.purpose()),
                new State(with(session, second), List.of(session, second)));
    }

    private VerbCase deleteExpired() {
        StoredToken first = TokenPurgeRules.expiring(longAgo);
        StoredToken last = TokenPurgeRules.expiring(longAgo);
        Consumer<AuthStores> given = stores -> {
            TokenPurgeRules.drain(limit -> stores.tokens().deleteExpired(longAgo, limit));
            Stream.of(first, last).forEach(token -> expectInserted(stores, token));
        };
        Function<List<StoredToken>, Sight> left = all -> new Sight()
                .with("an expired token", all.contains(first))
                .with("another expired token", all.contains(last));
        return new VerbCase(
                "delete expired tokens",
                given,
                stores -> stores.tokens().deleteExpired(longAgo, 3),
                stores -> left.apply(Stream.of(first, last)
                        .filter(token -> stores.tokens().find(token.id()).isPresent())
                        .toList()),
                List.of(
                        new State(left.apply(List.of(first, last)), 2),
                        new State(left.apply(List.of(first)), 1),
                        new State(left.apply(List.of(last)), 1),
                        new State(left.apply(List.of()), 0)),
                Marks.of(first));
    }

    private VerbCase verb(String name, Function<AuthStores, Object> call, State... states) {
        return verb(name, stores -> {}, call, states);
    }

    private VerbCase verb(String name, Consumer<AuthStores> more, Function<AuthStores, Object> call, State... states) {
        Set<String> secrets = new HashSet<>(Marks.of(owner));
        asked.values().forEach(token -> secrets.addAll(Marks.of(token)));
        Consumer<AuthStores> given =
                stores -> Stream.of(session, second).forEach(token -> expectInserted(stores, token));
        return new VerbCase(name, given.andThen(more), call, this::look, List.of(states), secrets);
    }

    private static void expectInserted(AuthStores stores, StoredToken token) {
        expect("the insert of a token", stores.tokens().insert(token)).is(InsertTokenOutcome.INSERTED);
    }

    private static void expectTaken(AuthStores stores, StoredToken token) {
        expect("the insert of a token into its slot", stores.tokens().insertIntoSlot(token, T0))
                .is(InsertTokenOutcome.INSERTED);
    }

    private Sight look(AuthStores stores) {
        return sight(
                token -> stores.tokens().find(token.id()), stores.tokens().listByUser(owner.id(), session.purpose()));
    }

    /** What is seen when these are stored, the sessions among them in the order of the list. */
    private Sight with(StoredToken... all) {
        return sight(
                token -> Stream.of(all)
                        .filter(one -> one.id().equals(token.id()))
                        .findFirst(),
                Stream.of(all)
                        .filter(token -> token.purpose().equals(session.purpose()))
                        .sorted((one, two) -> one.issuedAt().compareTo(two.issuedAt()))
                        .toList());
    }

    private Sight sight(Function<StoredToken, Object> find, List<StoredToken> list) {
        Sight sight = new Sight().with("the user's sessions", Shown.inBrief(list));
        for (Map.Entry<String, StoredToken> entry : asked.entrySet()) {
            sight = sight.with(entry.getKey(), find.apply(entry.getValue()));
        }
        return sight;
    }

    private StoredToken next() {
        return session.toBuilder()
                .digest(fresh.digest())
                .previousDigest(session.digest())
                .rotatedAt(T0.plusSeconds(60))
                .expiresAt(T0.plusSeconds(7200))
                .stamp(fresh.stamp().orElseThrow())
                .build();
    }

    private static StoredToken of(UserId user) {
        return Samples.fullSession().toBuilder()
                .user(user)
                .expiresAt(T0.plusSeconds(3600))
                .build();
    }

    private static StoredToken inSlot(UserId user) {
        return of(user).toBuilder().purpose(Samples.RESET).slot("slot").build();
    }
}
