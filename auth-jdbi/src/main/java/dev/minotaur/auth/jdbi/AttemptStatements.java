package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.spi.Attempts;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The statements on attempts; on the interfaces see {@link UserStatements}. */
final class AttemptStatements {

    private AttemptStatements() {}

    interface Find {

        @SqlQuery("SELECT attempt_count, last_at FROM <schema>.auth_attempts WHERE attempt_key = :key")
        Optional<Attempts> find(@Bind("key") Bound key);
    }

    interface Add {

        boolean add(Bound key, Bound count, Bound lastAt);
    }

    interface Replace {

        @SqlUpdate(
                """
                UPDATE <schema>.auth_attempts SET attempt_count = :count, last_at = :last_at
                WHERE attempt_key = :key AND attempt_count = :expected
                """)
        boolean replace(
                @Bind("key") Bound key,
                @Bind("expected") Bound expected,
                @Bind("count") Bound count,
                @Bind("last_at") Bound lastAt);
    }

    interface Clear {

        @SqlUpdate("DELETE FROM <schema>.auth_attempts WHERE attempt_key = :key")
        boolean clear(@Bind("key") Bound key);
    }

    interface DeleteOlder {

        int deleteOlder(Bound lastAtUpTo, Bound limit);
    }
}
