package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.SecurityStamp;
import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenDigest;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.TokenStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.JdbiException;

/** Tokens as rows of auth_tokens. */
final class JdbiTokenStore implements TokenStore {

    private final Database database;
    private final Class<? extends TokenStatements.Insert> insert;
    private final Class<? extends TokenStatements.InsertIntoSlot> insertIntoSlot;
    private final Class<? extends TokenStatements.Consume> consume;
    private final Class<? extends TokenStatements.DeleteExpired> deleteExpired;

    JdbiTokenStore(Database database, Dialect dialect) {
        this.database = database;
        this.insert = dialect.of(TokenStatements.Insert.class);
        this.insertIntoSlot = dialect.of(TokenStatements.InsertIntoSlot.class);
        this.consume = dialect.of(TokenStatements.Consume.class);
        this.deleteExpired = dialect.of(TokenStatements.DeleteExpired.class);
    }

    @Override
    public InsertTokenOutcome insert(StoredToken token) {
        if (token.slot().isPresent()) {
            throw new IllegalArgumentException("the token has a slot");
        }
        Map<String, Bound> row = TokenRow.parameters(token);
        return database.decide(
                "insert a token", orNoSuchUser(handle -> handle.attach(insert).insert(row)));
    }

    @Override
    public InsertTokenOutcome insertIntoSlot(StoredToken token, Instant replaceIssuedUpTo) {
        Bound upTo = Bound.time(Objects.requireNonNull(replaceIssuedUpTo, "replaceIssuedUpTo"));
        if (token.slot().isEmpty()) {
            throw new IllegalArgumentException("the token has no slot");
        }
        Map<String, Bound> row = TokenRow.parameters(token);
        return database.decide("insert a token into a slot", orNoSuchUser(handle -> handle.attach(insertIntoSlot)
                .insertIntoSlot(row, upTo)));
    }

    /** Only a schema with the optional foreign key refuses a token for its user. */
    private static HandleCallback<Optional<InsertTokenOutcome>, SQLException> orNoSuchUser(
            HandleCallback<Optional<InsertTokenOutcome>, SQLException> insert) {
        return handle -> {
            try {
                return insert.withHandle(handle);
            } catch (JdbiException e) {
                if (Failure.of(e).meaning() == Failure.Meaning.NO_PARENT) {
                    return Optional.of(InsertTokenOutcome.NO_SUCH_USER);
                }
                throw e;
            }
        };
    }

    @Override
    public Optional<StoredToken> find(TokenId id) {
        Bound bound = Bound.of(id);
        return database.read("find a token", handle -> handle.attach(TokenStatements.Find.class)
                .find(bound));
    }

    @Override
    public Optional<StoredToken> consume(TokenId id, TokenPurpose purpose, TokenDigest digest) {
        Bound boundId = Bound.of(id);
        Bound boundPurpose = Bound.of(purpose);
        Bound boundDigest = Bound.of(digest);
        return database.write(
                "consume a token", handle -> handle.attach(consume).consume(boundId, boundPurpose, boundDigest));
    }

    @Override
    public boolean rotate(StoredToken replacement, TokenDigest expected) {
        Map<String, Bound> row = TokenRow.parameters(replacement);
        Bound bound = Bound.of(expected);
        return database.write("rotate a token", handle -> handle.attach(TokenStatements.Rotate.class)
                .rotate(row, bound));
    }

    @Override
    public boolean touch(TokenId id, Instant lastUsedAt) {
        Bound boundId = Bound.of(id);
        Bound time = Bound.time(Objects.requireNonNull(lastUsedAt, "lastUsedAt"));
        return database.write("touch a token", handle -> handle.attach(TokenStatements.Touch.class)
                .touch(boundId, time));
    }

    @Override
    public boolean delete(TokenId id) {
        Bound bound = Bound.of(id);
        return database.write("delete a token", handle -> handle.attach(TokenStatements.Delete.class)
                .delete(bound));
    }

    @Override
    public int deleteByUser(UserId user, TokenScope scope) {
        Map<String, Bound> where = Map.of(
                "user_id", Bound.of(user),
                "every_purpose", Bound.truth(scope.purposes().isEmpty()),
                "purposes", Bound.texts(names(scope)),
                "except", Bound.uuid(scope.except().map(TokenId::value).orElse(null)),
                "every_stamp", Bound.truth(scope.liveStamp().isEmpty()),
                "live_stamp",
                        Bound.uuid(scope.liveStamp().map(SecurityStamp::value).orElse(null)));
        return database.write("delete a user's tokens", handle -> handle.attach(TokenStatements.DeleteByUser.class)
                .deleteByUser(where));
    }

    private static String[] names(TokenScope scope) {
        return scope.purposes().stream()
                .flatMap(purposes -> purposes.stream().map(TokenPurpose::name))
                .toArray(String[]::new);
    }

    @Override
    public List<StoredToken> listByUser(UserId user, TokenPurpose purpose) {
        Bound boundUser = Bound.of(user);
        Bound boundPurpose = Bound.of(purpose);
        return database.read("list a user's tokens", handle -> handle.attach(TokenStatements.ListByUser.class)
                .listByUser(boundUser, boundPurpose));
    }

    @Override
    public int deleteExpired(Instant now, int limit) {
        Bound time = Bound.time(Objects.requireNonNull(now, "now"));
        if (limit < 1) {
            throw new IllegalArgumentException("the limit is below 1");
        }
        Bound most = Bound.number(limit);
        return database.write(
                "delete expired tokens", handle -> handle.attach(deleteExpired).deleteExpired(time, most));
    }
}
