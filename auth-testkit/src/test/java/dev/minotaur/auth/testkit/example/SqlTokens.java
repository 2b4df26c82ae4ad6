package dev.minotaur.auth.testkit.example;

import static dev.minotaur.auth.testkit.example.SqlUsers.bind;
import static dev.minotaur.auth.testkit.example.SqlUsers.execute;
import static dev.minotaur.auth.testkit.example.SqlUsers.instant;
import static dev.minotaur.auth.testkit.example.SqlUsers.time;

import dev.minotaur.auth.SecurityStamp;
import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenDigest;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.TokenStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Tokens in plain SQL. */
final class SqlTokens implements TokenStore {

    private static final String SELECT = "SELECT * FROM auth_tokens WHERE ";

    private final Transactions transactions;

    SqlTokens(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public InsertTokenOutcome insert(StoredToken token) {
        if (token.slot().isPresent()) {
            throw new IllegalArgumentException("the token has a slot");
        }
        return transactions.write("insert a token", connection -> {
            Optional<InsertTokenOutcome> before = outcomeOfSame(connection, token);
            return before.isPresent() ? before : add(connection, token);
        });
    }

    // region insert-into-slot
    @Override
    public InsertTokenOutcome insertIntoSlot(StoredToken token, Instant replaceIssuedUpTo) {
        if (token.slot().isEmpty()) {
            throw new IllegalArgumentException("the token has no slot");
        }
        return transactions.write("insert a token into a slot", connection -> {
            Optional<InsertTokenOutcome> before = outcomeOfSame(connection, token);
            if (before.isPresent()) {
                return before;
            }
            String ofSlot = SELECT + "user_id = ? AND slot = ? FOR UPDATE";
            for (StoredToken holder :
                    list(connection, ofSlot, token.user().value(), token.slot().get())) {
                if (holder.id().equals(token.id())) {
                    return Optional.empty(); // a repeated call has met its own first one
                }
                if (holder.issuedAt().isAfter(replaceIssuedUpTo)) {
                    return Optional.of(InsertTokenOutcome.SLOT_KEPT);
                }
                execute(
                        connection,
                        "DELETE FROM auth_tokens WHERE id = ?",
                        holder.id().value());
            }
            return add(connection, token);
        });
    }

    private static Optional<InsertTokenOutcome> outcomeOfSame(Connection connection, StoredToken token)
            throws SQLException {
        return list(connection, SELECT + "id = ?", token.id().value()).stream()
                .map(same -> same.equals(token) ? InsertTokenOutcome.ALREADY_INSERTED : InsertTokenOutcome.ID_TAKEN)
                .findFirst();
    }

    /** Empty if somebody else has taken the id or the slot since we looked: then we look again. */
    private static Optional<InsertTokenOutcome> add(Connection connection, StoredToken token) throws SQLException {
        try {
            execute(
                    connection,
                    """
                    INSERT INTO auth_tokens (id, user_id, purpose, slot, digest, previous_digest, rotated_at, issued_at,
                      expires_at, last_used_at, authenticated_at, sent_to, label, stamp)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    values(token));
            return Optional.of(InsertTokenOutcome.INSERTED);
        } catch (SQLException e) {
            if (Transactions.isTaken(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }
    // end region

    @Override
    public Optional<StoredToken> find(TokenId id) {
        return transactions.read(
                "find a token",
                connection -> Optional.of(
                        list(connection, SELECT + "id = ?", id.value()).stream().findFirst()));
    }

    // region consume
    @Override
    public Optional<StoredToken> consume(TokenId id, TokenPurpose purpose, TokenDigest digest) {
        return transactions.write("consume a token", connection -> {
            String condition = "id = ? AND purpose = ? AND digest = ? FOR UPDATE";
            Optional<StoredToken> token =
                    list(connection, SELECT + condition, id.value(), purpose.name(), digest.bytes()).stream()
                            .findFirst();
            if (token.isEmpty()) {
                return Optional.of(token); // it may be there by now, and would be deleted unseen
            }
            // The count decides who has it, not the read.
            boolean ours = execute(
                            connection,
                            "DELETE FROM auth_tokens WHERE id = ? AND purpose = ? AND digest = ?",
                            id.value(),
                            purpose.name(),
                            digest.bytes())
                    == 1;
            return Optional.of(token.filter(found -> ours));
        });
    }
    // end region

    // region rotate
    @Override
    public boolean rotate(StoredToken replacement, TokenDigest expected) {
        OffsetDateTime used = time(replacement.lastUsedAt());
        return transactions.write(
                "rotate a token",
                connection -> Optional.of(execute(
                                connection,
                                """
                                UPDATE auth_tokens SET digest = ?, previous_digest = ?, rotated_at = ?, expires_at = ?,
                                  last_used_at = CASE WHEN last_used_at > ? THEN last_used_at ELSE ? END,
                                  authenticated_at = ?, label = ?, stamp = ?
                                WHERE id = ? AND digest = ?
                                """,
                                replacement.digest().bytes(),
                                replacement
                                        .previousDigest()
                                        .map(TokenDigest::bytes)
                                        .orElse(null),
                                replacement.rotatedAt().map(SqlUsers::time).orElse(null),
                                time(replacement.expiresAt()),
                                used,
                                used,
                                replacement
                                        .authenticatedAt()
                                        .map(SqlUsers::time)
                                        .orElse(null),
                                replacement.label().orElse(null),
                                replacement.stamp().map(SecurityStamp::value).orElse(null),
                                replacement.id().value(),
                                expected.bytes())
                        == 1));
    }
    // end region

    @Override
    public boolean touch(TokenId id, Instant lastUsedAt) {
        String update = "UPDATE auth_tokens SET last_used_at = ? WHERE id = ? AND last_used_at < ?";
        OffsetDateTime used = time(lastUsedAt);
        return transactions.write(
                "touch a token", connection -> Optional.of(execute(connection, update, used, id.value(), used) == 1));
    }

    @Override
    public boolean delete(TokenId id) {
        return transactions.write(
                "delete a token",
                connection ->
                        Optional.of(execute(connection, "DELETE FROM auth_tokens WHERE id = ?", id.value()) == 1));
    }

    // region delete-by-user
    @Override
    public int deleteByUser(UserId user, TokenScope scope) {
        List<Object> values = new ArrayList<>(List.of(user.value()));
        StringBuilder delete = new StringBuilder("DELETE FROM auth_tokens WHERE user_id = ?");
        scope.purposes().ifPresent(purposes -> {
            delete.append(" AND purpose IN (?")
                    .append(", ?".repeat(purposes.size() - 1))
                    .append(')');
            purposes.forEach(purpose -> values.add(purpose.name()));
        });
        scope.except().ifPresent(kept -> {
            delete.append(" AND id <> ?");
            values.add(kept.value());
        });
        scope.liveStamp().ifPresent(live -> {
            delete.append(" AND stamp <> ?"); // not true of a token without a stamp
            values.add(live.value());
        });
        return transactions.write(
                "delete a user's tokens",
                connection -> Optional.of(execute(connection, delete.toString(), values.toArray())));
    }
    // end region

    @Override
    public List<StoredToken> listByUser(UserId user, TokenPurpose purpose) {
        String condition = "user_id = ? AND purpose = ? ORDER BY issued_at, CAST(id AS VARCHAR(36))";
        return transactions.read(
                "list a user's tokens",
                connection -> Optional.of(list(connection, SELECT + condition, user.value(), purpose.name())));
    }

    // region delete-expired
    @Override
    public int deleteExpired(Instant now, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("the limit is below 1");
        }
        String expired = SELECT + "expires_at <= ? ORDER BY expires_at, id FETCH FIRST ? ROWS ONLY";
        int deleted = 0;
        try {
            while (deleted < limit) {
                int most = limit - deleted;
                List<StoredToken> some = transactions.read(
                        "find expired tokens", connection -> Optional.of(list(connection, expired, time(now), most)));
                if (some.isEmpty()) {
                    break;
                }
                for (StoredToken token : some) {
                    deleted += deleteIfExpired(token.id(), now);
                }
            }
        } catch (StoreException e) {
            throw deleted == 0 ? e : StoreException.outcomeUnknown("cannot delete all expired tokens", e);
        }
        return deleted;
    }

    /** Somebody may have renewed it since it was found. */
    private int deleteIfExpired(TokenId id, Instant now) {
        return transactions.write(
                "delete an expired token",
                connection -> Optional.of(execute(
                        connection,
                        "DELETE FROM auth_tokens WHERE id = ? AND expires_at <= ?",
                        id.value(),
                        time(now))));
    }
    // end region

    private static Object[] values(StoredToken token) {
        return new Object[] {
            token.id().value(),
            token.user().value(),
            token.purpose().name(),
            token.slot().orElse(null),
            token.digest().bytes(),
            token.previousDigest().map(TokenDigest::bytes).orElse(null),
            token.rotatedAt().map(SqlUsers::time).orElse(null),
            time(token.issuedAt()),
            time(token.expiresAt()),
            time(token.lastUsedAt()),
            token.authenticatedAt().map(SqlUsers::time).orElse(null),
            token.sentTo().orElse(null),
            token.label().orElse(null),
            token.stamp().map(SecurityStamp::value).orElse(null)
        };
    }

    private static List<StoredToken> list(Connection connection, String query, Object... values) throws SQLException {
        List<StoredToken> tokens = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            bind(statement, values);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    tokens.add(token(row));
                }
            }
        }
        return tokens;
    }

    private static StoredToken token(ResultSet row) throws SQLException {
        byte[] previous = row.getBytes("previous_digest");
        UUID stamp = row.getObject("stamp", UUID.class);
        return StoredToken.builder()
                .id(new TokenId(row.getObject("id", UUID.class)))
                .user(new UserId(row.getObject("user_id", UUID.class)))
                .purpose(new TokenPurpose(row.getString("purpose")))
                .slot(row.getString("slot"))
                .digest(TokenDigest.of(row.getBytes("digest")))
                .previousDigest(previous == null ? null : TokenDigest.of(previous))
                .rotatedAt(instant(row, "rotated_at"))
                .issuedAt(instant(row, "issued_at"))
                .expiresAt(instant(row, "expires_at"))
                .lastUsedAt(instant(row, "last_used_at"))
                .authenticatedAt(instant(row, "authenticated_at"))
                .sentTo(row.getString("sent_to"))
                .label(row.getString("label"))
                .stamp(stamp == null ? null : new SecurityStamp(stamp))
                .build();
    }
}
