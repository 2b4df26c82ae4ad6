package dev.minotaur.auth.testkit.example;

import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.SecurityStamp;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.Username;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Users in plain SQL. */
final class SqlUsers implements UserStore {

    private static final String SELECT = "SELECT * FROM auth_users WHERE ";

    private final Transactions transactions;

    SqlUsers(Transactions transactions) {
        this.transactions = transactions;
    }

    // region insert-user
    @Override
    public InsertUserOutcome insert(UserRecord user) {
        return transactions.write("insert a user", connection -> {
            try {
                execute(
                        connection,
                        """
                        INSERT INTO auth_users (version, email, email_canonical, username, username_canonical,
                          password_hash, status, email_confirmed_at, stamp, created_at, updated_at, id)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                        values(user));
                return Optional.of(InsertUserOutcome.INSERTED);
            } catch (SQLException e) {
                if (!Transactions.isTaken(e)) {
                    throw e;
                }
            }
            connection.rollback(); // some databases refuse everything after a failed statement
            Optional<UserRecord> same =
                    one(connection, SELECT + "id = ?", user.id().value());
            if (same.isPresent()) {
                boolean retry = same.get().equals(user);
                return Optional.of(retry ? InsertUserOutcome.ALREADY_INSERTED : InsertUserOutcome.ID_TAKEN);
            }
            if (hasEmail(connection, user)) {
                return Optional.of(InsertUserOutcome.EMAIL_TAKEN);
            }
            // Nobody has either: whoever had it has just gone, so the insert is made again.
            return hasUsername(connection, user) ? Optional.of(InsertUserOutcome.USERNAME_TAKEN) : Optional.empty();
        });
    }
    // end region

    @Override
    public Optional<UserRecord> findById(UserId id) {
        return find("id = ?", id.value());
    }

    @Override
    public Optional<UserRecord> findByEmail(String canonicalEmail) {
        return find("email_canonical = ?", canonicalEmail);
    }

    @Override
    public Optional<UserRecord> findByUsername(String canonicalUsername) {
        return find("username_canonical = ?", canonicalUsername);
    }

    private Optional<UserRecord> find(String condition, Object value) {
        return transactions.read("find a user", connection -> Optional.of(one(connection, SELECT + condition, value)));
    }

    // region update-user
    @Override
    public UpdateUserOutcome update(UserRecord replacement, long expectedVersion) {
        return transactions.write("update a user", connection -> {
            boolean taken = false;
            try {
                int updated = execute(
                        connection,
                        """
                        UPDATE auth_users SET version = ?, email = ?, email_canonical = ?, username = ?,
                          username_canonical = ?, password_hash = ?, status = ?, email_confirmed_at = ?, stamp = ?,
                          created_at = ?, updated_at = ?
                        WHERE id = ? AND version = ?
                        """,
                        with(values(replacement), expectedVersion));
                if (updated == 1) {
                    return Optional.of(UpdateUserOutcome.UPDATED);
                }
            } catch (SQLException e) {
                if (!Transactions.isTaken(e)) {
                    throw e;
                }
                connection.rollback();
                taken = true;
            }
            UUID id = replacement.id().value();
            Optional<UserRecord> stored = one(connection, SELECT + "id = ?", id);
            if (stored.isEmpty()) {
                return Optional.of(UpdateUserOutcome.NOT_FOUND);
            }
            if (stored.get().version() != expectedVersion) {
                return Optional.of(UpdateUserOutcome.STALE);
            }
            if (taken && hasEmail(connection, replacement)) {
                return Optional.of(UpdateUserOutcome.EMAIL_TAKEN);
            }
            boolean usernameTaken = taken && hasUsername(connection, replacement);
            return usernameTaken ? Optional.of(UpdateUserOutcome.USERNAME_TAKEN) : Optional.empty();
        });
    }
    // end region

    @Override
    public boolean delete(UserId id) {
        return transactions.write(
                "delete a user",
                connection -> Optional.of(execute(connection, "DELETE FROM auth_users WHERE id = ?", id.value()) == 1));
    }

    // region delete-closed
    @Override
    public List<UserId> deleteClosed(Instant closedUpTo, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("the limit is below 1");
        }
        String isOld = "status = 'CLOSED' AND updated_at <= ?";
        String some = "SELECT id FROM auth_users WHERE " + isOld + " ORDER BY updated_at, id FETCH FIRST ? ROWS ONLY";
        return transactions.write("delete closed users", connection -> {
            List<UserId> deleted = new ArrayList<>();
            List<UserId> old;
            do {
                old = ids(connection, some, time(closedUpTo), limit - deleted.size());
                for (UserId id : old) {
                    // The condition once more: the user may have been reopened since the read.
                    String delete = "DELETE FROM auth_users WHERE id = ? AND " + isOld;
                    if (execute(connection, delete, id.value(), time(closedUpTo)) == 1) {
                        deleted.add(id);
                    }
                }
            } while (deleted.size() < limit && !old.isEmpty());
            return Optional.of(deleted);
        });
    }
    // end region

    private static List<UserId> ids(Connection connection, String query, Object... values) throws SQLException {
        List<UserId> ids = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            bind(statement, values);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    ids.add(new UserId(row.getObject("id", UUID.class)));
                }
            }
        }
        return ids;
    }

    private static boolean hasEmail(Connection connection, UserRecord user) throws SQLException {
        String condition = "email_canonical = ? AND id <> ?";
        return one(
                        connection,
                        SELECT + condition,
                        user.email().canonical(),
                        user.id().value())
                .isPresent();
    }

    private static boolean hasUsername(Connection connection, UserRecord user) throws SQLException {
        String condition = "username_canonical = ? AND id <> ?";
        Object username = user.username().map(Username::canonical).orElse(null);
        return one(connection, SELECT + condition, username, user.id().value()).isPresent();
    }

    private static Object[] values(UserRecord user) {
        return new Object[] {
            user.version(),
            user.email().entered(),
            user.email().canonical(),
            user.username().map(Username::entered).orElse(null),
            user.username().map(Username::canonical).orElse(null),
            user.passwordHash().map(PasswordHash::encoded).orElse(null),
            user.status().name(),
            user.emailConfirmedAt().map(SqlUsers::time).orElse(null),
            user.stamp().value(),
            time(user.createdAt()),
            time(user.updatedAt()),
            user.id().value()
        };
    }

    private static Optional<UserRecord> one(Connection connection, String query, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            bind(statement, values);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(user(row)) : Optional.empty();
            }
        }
    }

    private static UserRecord user(ResultSet row) throws SQLException {
        String username = row.getString("username");
        String hash = row.getString("password_hash");
        return UserRecord.builder()
                .id(new UserId(row.getObject("id", UUID.class)))
                .version(row.getLong("version"))
                .email(new EmailAddress(row.getString("email"), row.getString("email_canonical")))
                .username(username == null ? null : new Username(username, row.getString("username_canonical")))
                .passwordHash(hash == null ? null : PasswordHash.of(hash))
                .status(UserStatus.valueOf(row.getString("status")))
                .emailConfirmedAt(instant(row, "email_confirmed_at"))
                .stamp(new SecurityStamp(row.getObject("stamp", UUID.class)))
                .createdAt(instant(row, "created_at"))
                .updatedAt(instant(row, "updated_at"))
                .build();
    }

    static int execute(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    static Object[] with(Object[] values, Object... more) {
        Object[] all = java.util.Arrays.copyOf(values, values.length + more.length);
        System.arraycopy(more, 0, all, values.length, more.length);
        return all;
    }

    // region time
    static OffsetDateTime time(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
    // end region
}
