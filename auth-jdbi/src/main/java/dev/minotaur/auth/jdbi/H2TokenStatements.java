package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.StoredToken;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMap;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The statements on tokens that are H2's own; on the second one of an insert see {@link H2UserStatements}. */
final class H2TokenStatements {

    private H2TokenStatements() {}

    interface Insert extends TokenStatements.Insert {

        @Override
        default Optional<InsertTokenOutcome> insert(Map<String, Bound> token) {
            return add(token) ? Optional.of(InsertTokenOutcome.INSERTED) : whyNotAdded(token);
        }

        @SqlUpdate(
                """
                INSERT INTO <schema>.auth_tokens (<token_columns>)
                SELECT <token_values> WHERE NOT EXISTS (SELECT 1 FROM <schema>.auth_tokens WHERE id = :id)
                """)
        boolean add(@BindMap Map<String, Bound> token);

        @SqlQuery(
                """
                SELECT CASE WHEN (<token_columns>) IS NOT DISTINCT FROM (<token_values>) THEN 'ALREADY_INSERTED'
                            ELSE 'ID_TAKEN' END
                FROM <schema>.auth_tokens
                WHERE id = :id
                """)
        Optional<InsertTokenOutcome> whyNotAdded(@BindMap Map<String, Bound> token);
    }

    interface InsertIntoSlot extends TokenStatements.InsertIntoSlot {

        @Override
        default Optional<InsertTokenOutcome> insertIntoSlot(Map<String, Bound> token, Bound replaceIssuedUpTo) {
            return take(token, replaceIssuedUpTo)
                    ? Optional.of(InsertTokenOutcome.INSERTED)
                    : whyNotTaken(token, replaceIssuedUpTo);
        }

        @SqlUpdate(
                """
                MERGE INTO <schema>.auth_tokens holder
                USING (
                  SELECT CAST(:user_id AS uuid) AS user_id, CAST(:slot AS varchar) AS slot
                  WHERE NOT EXISTS (SELECT 1 FROM <schema>.auth_tokens WHERE id = :id)
                ) wanted ON holder.user_id = wanted.user_id AND holder.slot = wanted.slot
                WHEN MATCHED AND holder.issued_at <= :replace_issued_up_to AND holder.id <> :id
                THEN UPDATE SET (<token_columns>) = (<token_values>)
                WHEN NOT MATCHED THEN INSERT (<token_columns>) VALUES (<token_values>)
                """)
        boolean take(@BindMap Map<String, Bound> token, @Bind("replace_issued_up_to") Bound replaceIssuedUpTo);

        @SqlQuery(
                """
                SELECT CASE WHEN (<token_columns>) IS NOT DISTINCT FROM (<token_values>) THEN 'ALREADY_INSERTED'
                            ELSE 'ID_TAKEN' END
                FROM <schema>.auth_tokens
                WHERE id = :id
                UNION ALL
                SELECT 'SLOT_KEPT' FROM <schema>.auth_tokens
                WHERE user_id = :user_id AND slot = :slot AND issued_at > :replace_issued_up_to
                  AND NOT EXISTS (SELECT 1 FROM <schema>.auth_tokens WHERE id = :id)
                """)
        Optional<InsertTokenOutcome> whyNotTaken(
                @BindMap Map<String, Bound> token, @Bind("replace_issued_up_to") Bound replaceIssuedUpTo);
    }

    interface Consume extends TokenStatements.Consume {

        @Override
        @SqlQuery(
                """
                SELECT <token_columns> FROM OLD TABLE (
                  DELETE FROM <schema>.auth_tokens WHERE id = :id AND purpose = :purpose AND digest = :digest)
                """)
        Optional<StoredToken> consume(
                @Bind("id") Bound id, @Bind("purpose") Bound purpose, @Bind("digest") Bound digest);
    }

    interface DeleteExpired extends TokenStatements.DeleteExpired {

        @Override
        @SqlUpdate("DELETE FROM <schema>.auth_tokens WHERE expires_at <= :now FETCH FIRST :limit ROWS ONLY")
        int deleteExpired(@Bind("now") Bound now, @Bind("limit") Bound limit);
    }
}
