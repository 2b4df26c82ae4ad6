package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.Attempts;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The statements on attempts. */
interface AttemptStatements {

    @SqlQuery("SELECT attempt_count, last_at FROM <schema>.auth_attempts WHERE attempt_key = :key")
    Optional<Attempts> find(@Bind("key") AttemptKey key);

    boolean add(AttemptKey key, int count, Instant lastAt);

    @SqlUpdate(
            """
            UPDATE <schema>.auth_attempts SET attempt_count = :count, last_at = :last_at
            WHERE attempt_key = :key AND attempt_count = :expected
            """)
    boolean replace(
            @Bind("key") AttemptKey key,
            @Bind("expected") int expected,
            @Bind("count") int count,
            @Bind("last_at") Instant lastAt);

    @SqlUpdate("DELETE FROM <schema>.auth_attempts WHERE attempt_key = :key")
    boolean clear(@Bind("key") AttemptKey key);

    int deleteOlder(Instant lastAtUpTo, int limit);
}
