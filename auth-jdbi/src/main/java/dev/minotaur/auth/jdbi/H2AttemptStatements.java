package dev.minotaur.auth.jdbi;

import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The statements on attempts that are H2's own. */
final class H2AttemptStatements {

    private H2AttemptStatements() {}

    interface Add extends AttemptStatements.Add {

        @Override
        @SqlUpdate(
                """
                INSERT INTO <schema>.auth_attempts (attempt_key, attempt_count, last_at)
                SELECT :key, :count, :last_at
                WHERE NOT EXISTS (SELECT 1 FROM <schema>.auth_attempts WHERE attempt_key = :key)
                """)
        boolean add(@Bind("key") Bound key, @Bind("count") Bound count, @Bind("last_at") Bound lastAt);
    }

    interface DeleteOlder extends AttemptStatements.DeleteOlder {

        @Override
        @SqlUpdate("DELETE FROM <schema>.auth_attempts WHERE last_at <= :last_at FETCH FIRST :limit ROWS ONLY")
        int deleteOlder(@Bind("last_at") Bound lastAtUpTo, @Bind("limit") Bound limit);
    }
}
