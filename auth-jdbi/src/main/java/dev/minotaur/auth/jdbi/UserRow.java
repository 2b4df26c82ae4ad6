package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.SecurityStamp;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.Username;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.spi.UserRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A user as a row of auth_users. */
final class UserRow {

    static final String COLUMNS =
            "id, version, email, email_canonical, username, username_canonical, password_hash, status,"
                    + " email_confirmed_at, stamp, created_at, updated_at";

    /** The parameters that {@link #parameters} binds, in the order of the columns. */
    static final String VALUES =
            ":id, :version, :email, :email_canonical, :username, :username_canonical, :password_hash,"
                    + " :status, :email_confirmed_at, :stamp, :created_at, :updated_at";

    private UserRow() {}

    static Map<String, Bound> parameters(UserRecord user) {
        return Map.ofEntries(
                Map.entry("id", Bound.uuid(user.id().value())),
                Map.entry("version", Bound.number(user.version())),
                Map.entry("email", Bound.text(user.email().entered())),
                Map.entry("email_canonical", Bound.text(user.email().canonical())),
                Map.entry(
                        "username",
                        Bound.text(user.username().map(Username::entered).orElse(null))),
                Map.entry(
                        "username_canonical",
                        Bound.text(user.username().map(Username::canonical).orElse(null))),
                Map.entry(
                        "password_hash",
                        Bound.text(
                                user.passwordHash().map(PasswordHash::encoded).orElse(null))),
                Map.entry("status", Bound.text(user.status().name())),
                Map.entry(
                        "email_confirmed_at", Bound.time(user.emailConfirmedAt().orElse(null))),
                Map.entry("stamp", Bound.uuid(user.stamp().value())),
                Map.entry("created_at", Bound.time(user.createdAt())),
                Map.entry("updated_at", Bound.time(user.updatedAt())));
    }

    /** Reads the columns that follow a number of others. */
    static UserRecord read(ResultSet row, int after) throws SQLException {
        return UserRecord.builder()
                .id(new UserId(Columns.uuid(row, after + 1)))
                .version(row.getLong(after + 2))
                .email(new EmailAddress(row.getString(after + 3), row.getString(after + 4)))
                .username(username(row.getString(after + 5), row.getString(after + 6)))
                .passwordHash(hash(row.getString(after + 7)))
                .status(status(row.getString(after + 8)))
                .emailConfirmedAt(Columns.timeOrNull(row, after + 9))
                .stamp(new SecurityStamp(Columns.uuid(row, after + 10)))
                .createdAt(Columns.time(row, after + 11))
                .updatedAt(Columns.time(row, after + 12))
                .build();
    }

    private static @Nullable Username username(@Nullable String entered, @Nullable String canonical) {
        return entered == null || canonical == null ? null : new Username(entered, canonical);
    }

    private static @Nullable PasswordHash hash(@Nullable String encoded) {
        return encoded == null ? null : PasswordHash.of(encoded);
    }

    /** A status that a later version wrote shuts the account here, as {@link UserStatus} asks. */
    private static UserStatus status(String name) {
        for (UserStatus status : UserStatus.values()) {
            if (status.name().equals(name)) {
                return status;
            }
        }
        return UserStatus.DISABLED;
    }
}
