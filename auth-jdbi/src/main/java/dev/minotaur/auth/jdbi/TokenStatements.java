package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.StoredToken;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMap;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The statements on tokens; on the interfaces and on an empty outcome see {@link UserStatements}. */
final class TokenStatements {

    private TokenStatements() {}

    interface Insert {

        Optional<InsertTokenOutcome> insert(Map<String, Bound> token);
    }

    interface InsertIntoSlot {

        Optional<InsertTokenOutcome> insertIntoSlot(Map<String, Bound> token, Bound replaceIssuedUpTo);
    }

    interface Find {

        @SqlQuery("SELECT <token_columns> FROM <schema>.auth_tokens WHERE id = :id")
        Optional<StoredToken> find(@Bind("id") Bound id);
    }

    interface Consume {

        Optional<StoredToken> consume(Bound id, Bound purpose, Bound digest);
    }

    interface Rotate {

        @SqlUpdate(
                """
                UPDATE <schema>.auth_tokens
                SET digest = :digest, previous_digest = :previous_digest, rotated_at = :rotated_at, expires_at = :expires_at,
                    last_used_at = GREATEST(last_used_at, :last_used_at), authenticated_at = :authenticated_at,
                    label = :label, stamp = :stamp
                WHERE id = :id AND digest = :expected
                """)
        boolean rotate(@BindMap Map<String, Bound> replacement, @Bind("expected") Bound expected);
    }

    interface Touch {

        @SqlUpdate(
                """
                UPDATE <schema>.auth_tokens SET last_used_at = :last_used_at
                WHERE id = :id AND last_used_at < :last_used_at
                """)
        boolean touch(@Bind("id") Bound id, @Bind("last_used_at") Bound lastUsedAt);
    }

    interface Delete {

        @SqlUpdate("DELETE FROM <schema>.auth_tokens WHERE id = :id")
        boolean delete(@Bind("id") Bound id);
    }

    interface DeleteByUser {

        @SqlUpdate(
                """
                DELETE FROM <schema>.auth_tokens
                WHERE user_id = :user_id AND (:every_purpose OR purpose = ANY (:purposes)) AND id IS DISTINCT FROM :except
                  AND (:every_stamp OR stamp <> :live_stamp)
                """)
        int deleteByUser(@BindMap Map<String, Bound> scope);
    }

    interface ListByUser {

        @SqlQuery(
                """
                SELECT <token_columns> FROM <schema>.auth_tokens
                WHERE user_id = :user_id AND purpose = :purpose
                ORDER BY issued_at, id
                """)
        List<StoredToken> listByUser(@Bind("user_id") Bound user, @Bind("purpose") Bound purpose);
    }

    interface DeleteExpired {

        int deleteExpired(Bound now, Bound limit);
    }
}
