package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.StoredToken;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMap;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The statements on tokens that are PostgreSQL's own; on snapshots see {@link PostgresUserStatements}. */
final class PostgresTokenStatements {

    private PostgresTokenStatements() {}

    interface Insert extends TokenStatements.Insert {

        @Override
        @SqlQuery(
                """
                WITH added AS (
                  INSERT INTO <schema>.auth_tokens (<token_columns>) VALUES (<token_values>)
                  ON CONFLICT (id) DO NOTHING
                  RETURNING id
                )
                SELECT 'INSERTED' FROM added
                UNION ALL
                SELECT CASE WHEN (<token_columns>) IS NOT DISTINCT FROM (<token_values>) THEN 'ALREADY_INSERTED'
                            ELSE 'ID_TAKEN' END
                FROM <schema>.auth_tokens
                WHERE id = :id AND NOT EXISTS (SELECT FROM added)
                """)
        Optional<InsertTokenOutcome> insert(@BindMap Map<String, Bound> token);
    }

    interface InsertIntoSlot extends TokenStatements.InsertIntoSlot {

        /**
         * The holder of the slot is read afresh where it gives way, by the snapshot where it is kept. If it turns out to be
         * this very token, a retry has met its own first call, and the next look finds it.
         */
        @Override
        @SqlQuery(
                """
                WITH same AS (
                  SELECT CASE WHEN (<token_columns>) IS NOT DISTINCT FROM (<token_values>) THEN 'ALREADY_INSERTED'
                              ELSE 'ID_TAKEN' END AS outcome
                  FROM <schema>.auth_tokens
                  WHERE id = :id
                ), added AS (
                  INSERT INTO <schema>.auth_tokens AS holder (<token_columns>)
                  SELECT <token_values> WHERE NOT EXISTS (SELECT FROM same)
                  ON CONFLICT (user_id, slot) DO UPDATE SET (<token_columns>) = (<token_excluded>)
                  WHERE holder.issued_at <= :replace_issued_up_to AND holder.id <> EXCLUDED.id
                  RETURNING id
                )
                SELECT outcome FROM same
                UNION ALL
                SELECT 'INSERTED' FROM added
                UNION ALL
                SELECT 'SLOT_KEPT' FROM <schema>.auth_tokens
                WHERE user_id = :user_id AND slot = :slot AND issued_at > :replace_issued_up_to
                  AND NOT EXISTS (SELECT FROM same) AND NOT EXISTS (SELECT FROM added)
                """)
        Optional<InsertTokenOutcome> insertIntoSlot(
                @BindMap Map<String, Bound> token, @Bind("replace_issued_up_to") Bound replaceIssuedUpTo);
    }

    interface Consume extends TokenStatements.Consume {

        @Override
        @SqlQuery(
                """
                DELETE FROM <schema>.auth_tokens WHERE id = :id AND purpose = :purpose AND digest = :digest
                RETURNING <token_columns>
                """)
        Optional<StoredToken> consume(
                @Bind("id") Bound id, @Bind("purpose") Bound purpose, @Bind("digest") Bound digest);
    }

    interface DeleteExpired extends TokenStatements.DeleteExpired {

        /**
         * A row that another call holds is left to that call. As an array the subquery runs once; as a list of IN it may run
         * again and lock more than the limit.
         */
        @Override
        @SqlUpdate(
                """
                DELETE FROM <schema>.auth_tokens WHERE id = ANY (ARRAY(
                  SELECT id FROM <schema>.auth_tokens WHERE expires_at <= :now
                  ORDER BY expires_at LIMIT :limit FOR UPDATE SKIP LOCKED))
                """)
        int deleteExpired(@Bind("now") Bound now, @Bind("limit") Bound limit);
    }
}
