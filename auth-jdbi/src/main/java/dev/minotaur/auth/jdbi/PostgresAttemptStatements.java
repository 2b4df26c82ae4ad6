package dev.minotaur.auth.jdbi;

import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The statements on attempts that are PostgreSQL's own. */
final class PostgresAttemptStatements {

    private PostgresAttemptStatements() {}

    interface Add extends AttemptStatements.Add {

        @Override
        @SqlUpdate(
                """
                INSERT INTO <schema>.auth_attempts (attempt_key, attempt_count, last_at) VALUES (:key, :count, :last_at)
                ON CONFLICT (attempt_key) DO NOTHING
                """)
        boolean add(@Bind("key") Bound key, @Bind("count") Bound count, @Bind("last_at") Bound lastAt);
    }

    interface DeleteOlder extends AttemptStatements.DeleteOlder {

        /** On the array see {@link PostgresTokenStatements.DeleteExpired}. */
        @Override
        @SqlUpdate(
                """
                DELETE FROM <schema>.auth_attempts WHERE attempt_key = ANY (ARRAY(
                  SELECT attempt_key FROM <schema>.auth_attempts WHERE last_at <= :last_at
                  ORDER BY last_at LIMIT :limit FOR UPDATE SKIP LOCKED))
                """)
        int deleteOlder(@Bind("last_at") Bound lastAtUpTo, @Bind("limit") Bound limit);
    }
}
