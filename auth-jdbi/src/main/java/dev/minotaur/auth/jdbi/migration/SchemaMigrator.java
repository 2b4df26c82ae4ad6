package dev.minotaur.auth.jdbi.migration;

import dev.minotaur.auth.jdbi.SchemaException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * Brings the tables to the version that this library works with: {@code
 * SchemaMigrator.builder(owner).schema("auth").build().migrate()}.
 *
 * <p>The data source gives connections of a role that may create in the schema, and the schema is to exist. No other
 * privilege is needed, and no extension. The role that the stores use is better another one, see {@link Builder#grantTo}.
 *
 * <p>Any number of processes may migrate a database at the same time: one works, the others wait and find nothing left to
 * do. What a process that dies leaves behind, the next one finishes. A database at the current version is left as it is,
 * however it got there, and so is one at a newer version.
 *
 * <p>It works on one connection of PostgreSQL, which must not go through a proxy that pools transactions, since a session
 * lock keeps other processes out. On H2 it takes a second connection for the lock. It writes no log, opens no other
 * connection, and gives those back as it got them.
 */
public final class SchemaMigrator {

    private final DataSource owner;
    private final MigrationSettings settings;

    private SchemaMigrator(Builder from) {
        this.owner = from.owner;
        this.settings = new MigrationSettings(
                from.schema,
                from.changelogTable,
                from.changelogLockTable,
                from.foreignKey,
                List.copyOf(from.grantees),
                from.lockTimeout);
    }

    /**
     * Starts with the schema {@code public} and the defaults that the methods of the builder name.
     *
     * @param owner gives connections of a role that may create in the schema
     * @return a builder
     */
    public static Builder builder(DataSource owner) {
        return new Builder(owner);
    }

    /**
     * Brings the tables to the current version.
     *
     * @throws SchemaException if that is not possible; the message says what to run
     */
    public void migrate() {
        try (Connection connection = owner.getConnection();
                Target target = Target.on(connection, owner, settings)) {
            new Migration(target, settings).run();
        } catch (SQLException e) {
            throw Failure.of(e);
        }
    }

    /** Says where the tables are and what belongs to them. */
    public static final class Builder {

        private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

        private final DataSource owner;
        private final List<String> grantees = new ArrayList<>();
        private String schema = "public";
        private String changelogTable = "auth_changelog";
        private String changelogLockTable = "auth_changelog_lock";
        private boolean foreignKey;
        private Duration lockTimeout = Duration.ofMinutes(5);

        private Builder(DataSource owner) {
            this.owner = Objects.requireNonNull(owner, "owner");
        }

        /**
         * Sets the schema that holds the tables, which is to exist.
         *
         * @param schema a-z or _, then a-z, 0-9 and _, at most 63 characters, and no SQL keyword
         * @return this builder
         * @throws IllegalArgumentException if the name has another form
         */
        public Builder schema(String schema) {
            this.schema = requireName(schema);
            return this;
        }

        /**
         * Sets the names of the tables, in the same schema, in which Liquibase keeps what it has run; {@code auth_changelog}
         * and {@code auth_changelog_lock} if not set. They must be the same ones for the life of a database, and none that
         * another program uses.
         *
         * @param changelog the name of the table of what has run, of the same form as a schema's name
         * @param lock the name of the table of Liquibase's lock, of the same form
         * @return this builder
         * @throws IllegalArgumentException if a name has another form
         */
        public Builder changelogTables(String changelog, String lock) {
            this.changelogTable = requireName(changelog);
            this.changelogLockTable = requireName(lock);
            return this;
        }

        /**
         * Adds the foreign key from the tokens to the users, which deletes a user's tokens with the user. For an
         * application that keeps both in this database; it costs a look-up and a row lock with each token. When it is added
         * to a database in use, the tokens whose user is absent are deleted, and both tables are locked meanwhile. A later
         * migration without this leaves the key in place.
         *
         * @return this builder
         */
        public Builder withForeignKeyToUsers() {
            this.foreignKey = true;
            return this;
        }

        /**
         * Lets a role use the tables as the stores do: read and write rows, and nothing else. May be called for several
         * roles.
         *
         * @param role the role's name as the database keeps it; the role is to exist
         * @return this builder
         */
        public Builder grantTo(String role) {
            grantees.add(Objects.requireNonNull(role, "role"));
            return this;
        }

        /**
         * Sets how long to wait while another process is migrating; 5 minutes if not set.
         *
         * @param timeout how long, from a millisecond to a day
         * @return this builder
         * @throws IllegalArgumentException if it is outside that range
         */
        public Builder lockTimeout(Duration timeout) {
            if (timeout.compareTo(Duration.ofMillis(1)) < 0 || timeout.compareTo(Duration.ofDays(1)) > 0) {
                throw new IllegalArgumentException("a lock timeout is from a millisecond to a day");
            }
            this.lockTimeout = timeout;
            return this;
        }

        /**
         * Makes the migrator.
         *
         * @return the migrator
         */
        public SchemaMigrator build() {
            return new SchemaMigrator(this);
        }

        private static String requireName(String name) {
            if (!NAME.matcher(Objects.requireNonNull(name, "name")).matches()) {
                throw new IllegalArgumentException("a name is a-z or _, then a-z, 0-9 and _, at most 63 characters");
            }
            return name;
        }
    }
}
