package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMap;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jdbi.v3.sqlobject.transaction.Transaction;

/**
 * The statements on users that are H2's own: one that writes, and if that wrote nothing one that tells why. The outcome is
 * that of the first if it wrote and else that of the second, so each call still takes effect at one moment. H2 uses no index
 * for an OR over several columns, so each is asked for on its own.
 */
final class H2UserStatements {

    private H2UserStatements() {}

    interface Insert extends UserStatements.Insert {

        @Override
        default Optional<InsertUserOutcome> insert(Map<String, Bound> user) {
            return add(user) ? Optional.of(InsertUserOutcome.INSERTED) : whyNotAdded(user);
        }

        @SqlUpdate(
                """
                INSERT INTO <schema>.auth_users (<user_columns>)
                SELECT <user_values>
                WHERE NOT EXISTS (SELECT 1 FROM <schema>.auth_users WHERE id = :id)
                  AND NOT EXISTS (SELECT 1 FROM <schema>.auth_users WHERE email_canonical = :email_canonical)
                  AND NOT EXISTS (SELECT 1 FROM <schema>.auth_users WHERE username_canonical = :username_canonical)
                """)
        boolean add(@BindMap Map<String, Bound> user);

        @SqlQuery(
                """
                SELECT CASE
                  WHEN EXISTS (
                    SELECT 1 FROM <schema>.auth_users
                    WHERE id = :id AND (<user_columns>) IS NOT DISTINCT FROM (<user_values>)) THEN 'ALREADY_INSERTED'
                  WHEN EXISTS (SELECT 1 FROM <schema>.auth_users WHERE id = :id) THEN 'ID_TAKEN'
                  WHEN EXISTS (SELECT 1 FROM <schema>.auth_users WHERE email_canonical = :email_canonical) THEN 'EMAIL_TAKEN'
                  WHEN EXISTS (SELECT 1 FROM <schema>.auth_users WHERE username_canonical = :username_canonical)
                  THEN 'USERNAME_TAKEN' END
                """)
        Optional<InsertUserOutcome> whyNotAdded(@BindMap Map<String, Bound> user);
    }

    interface Update extends UserStatements.Update {

        @Override
        default Optional<UpdateUserOutcome> update(Map<String, Bound> user, Bound expectedVersion) {
            return replace(user, expectedVersion)
                    ? Optional.of(UpdateUserOutcome.UPDATED)
                    : whyNotReplaced(user, expectedVersion);
        }

        @SqlUpdate(
                """
                UPDATE <schema>.auth_users SET (<user_columns>) = (<user_values>)
                WHERE id = :id AND version = :expected_version
                  AND NOT EXISTS (
                    SELECT 1 FROM <schema>.auth_users other
                    WHERE other.id <> :id AND other.email_canonical = :email_canonical)
                  AND NOT EXISTS (
                    SELECT 1 FROM <schema>.auth_users other
                    WHERE other.id <> :id AND other.username_canonical = :username_canonical)
                """)
        boolean replace(@BindMap Map<String, Bound> user, @Bind("expected_version") Bound expectedVersion);

        @SqlQuery(
                """
                SELECT CASE
                  WHEN NOT EXISTS (SELECT 1 FROM <schema>.auth_users WHERE id = :id) THEN 'NOT_FOUND'
                  WHEN EXISTS (SELECT 1 FROM <schema>.auth_users WHERE id = :id AND version <> :expected_version) THEN 'STALE'
                  WHEN EXISTS (SELECT 1 FROM <schema>.auth_users WHERE id <> :id AND email_canonical = :email_canonical)
                  THEN 'EMAIL_TAKEN'
                  WHEN EXISTS (SELECT 1 FROM <schema>.auth_users WHERE id <> :id AND username_canonical = :username_canonical)
                  THEN 'USERNAME_TAKEN' END
                """)
        Optional<UpdateUserOutcome> whyNotReplaced(
                @BindMap Map<String, Bound> user, @Bind("expected_version") Bound expectedVersion);
    }

    interface DeleteClosed extends UserStatements.DeleteClosed {

        /**
         * A DELETE that answers what it deleted, {@code SELECT FROM OLD TABLE}, would be one statement, but H2 reads an index
         * for it as it was and the row as it is, and so deletes a user whom an update has just reopened; and it undoes nothing
         * of one that fails half-way.
         */
        @Override
        @Transaction
        default List<UserId> deleteClosed(Bound closedUpTo, Bound limit) {
            List<UserId> closed = lockClosed(closedUpTo, limit);
            if (!closed.isEmpty()) {
                deleteAll(Bound.of(closed));
            }
            return closed;
        }

        @SqlQuery(
                """
                SELECT id FROM <schema>.auth_users WHERE status = 'CLOSED' AND updated_at <= :updated_at
                FETCH FIRST :limit ROWS ONLY FOR UPDATE
                """)
        List<UserId> lockClosed(@Bind("updated_at") Bound closedUpTo, @Bind("limit") Bound limit);

        @SqlUpdate("DELETE FROM <schema>.auth_users WHERE id = ANY (:ids)")
        void deleteAll(@Bind("ids") Bound ids);
    }
}
