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

/**
 * The statements on users that are PostgreSQL's own.
 *
 * <p>All parts of a statement see one snapshot, taken before it waits for anybody; only a row that it locks or changes is
 * read afresh. So each part that looks answers for the time of the snapshot, and a part that changes decides. A unique index
 * that is violated after all, by a row the snapshot does not hold, fails the statement, and it is run again.
 */
final class PostgresUserStatements {

    private PostgresUserStatements() {}

    interface Insert extends UserStatements.Insert {

        /** A plain INSERT that fails writes the identifier into the server's log; ON CONFLICT does not. */
        @Override
        @SqlQuery(
                """
                WITH added AS (
                  INSERT INTO <schema>.auth_users (<user_columns>) VALUES (<user_values>)
                  ON CONFLICT DO NOTHING
                  RETURNING id
                )
                SELECT 'INSERTED' FROM added
                UNION ALL (
                  SELECT CASE WHEN id = :id AND (<user_columns>) IS NOT DISTINCT FROM (<user_values>) THEN 'ALREADY_INSERTED'
                              WHEN id = :id THEN 'ID_TAKEN'
                              WHEN email_canonical = :email_canonical THEN 'EMAIL_TAKEN'
                              ELSE 'USERNAME_TAKEN' END
                  FROM <schema>.auth_users
                  WHERE NOT EXISTS (SELECT FROM added)
                    AND (id = :id OR email_canonical = :email_canonical OR username_canonical = :username_canonical)
                  ORDER BY id <> :id, email_canonical <> :email_canonical
                  LIMIT 1
                )
                """)
        Optional<InsertUserOutcome> insert(@BindMap Map<String, Bound> user);
    }

    interface Update extends UserStatements.Update {

        @Override
        @SqlQuery(
                """
                WITH target AS (
                  SELECT version FROM <schema>.auth_users WHERE id = :id FOR NO KEY UPDATE
                ), taken AS (
                  SELECT CASE WHEN email_canonical = :email_canonical THEN 'EMAIL_TAKEN' ELSE 'USERNAME_TAKEN' END AS outcome
                  FROM <schema>.auth_users
                  WHERE id <> :id AND (email_canonical = :email_canonical OR username_canonical = :username_canonical)
                  LIMIT 1
                ), updated AS (
                  UPDATE <schema>.auth_users SET (<user_columns>) = (<user_values>)
                  FROM target
                  WHERE auth_users.id = :id AND target.version = :expected_version AND NOT EXISTS (SELECT FROM taken)
                  RETURNING auth_users.id
                )
                SELECT CASE WHEN NOT EXISTS (SELECT FROM target) THEN 'NOT_FOUND'
                            WHEN EXISTS (SELECT FROM target WHERE version <> :expected_version) THEN 'STALE'
                            WHEN EXISTS (SELECT FROM updated) THEN 'UPDATED'
                            ELSE (SELECT outcome FROM taken) END
                """)
        Optional<UpdateUserOutcome> update(
                @BindMap Map<String, Bound> user, @Bind("expected_version") Bound expectedVersion);
    }

    interface DeleteClosed extends UserStatements.DeleteClosed {

        /** On the array see {@link PostgresTokenStatements.DeleteExpired}. */
        @Override
        @SqlQuery(
                """
                DELETE FROM <schema>.auth_users WHERE id = ANY (ARRAY(
                  SELECT id FROM <schema>.auth_users WHERE status = 'CLOSED' AND updated_at <= :updated_at
                  ORDER BY updated_at LIMIT :limit FOR UPDATE SKIP LOCKED))
                RETURNING id
                """)
        List<UserId> deleteClosed(@Bind("updated_at") Bound closedUpTo, @Bind("limit") Bound limit);
    }
}
