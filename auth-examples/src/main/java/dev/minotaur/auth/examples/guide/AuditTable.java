package dev.minotaur.auth.examples.guide;

import dev.minotaur.auth.AuthEvent;
import dev.minotaur.auth.AuthListener;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;

/** Writes each event to a table of the application. */
final class AuditTable implements AuthListener {

    static final String TABLE =
            """
            CREATE TABLE app.audit (
              at timestamp(6) with time zone NOT NULL,
              event varchar(64) NOT NULL,
              user_id uuid,
              session_id uuid,
              reason varchar(64),
              client varchar(600)
            )
            """;

    private final DataSource pool;
    private final LongAdder lost = new LongAdder();

    AuditTable(DataSource pool) {
        this.pool = pool;
    }

    // region audit
    /** On the thread that did it, and by several at a time. A row that cannot be written is counted and changes nothing. */
    @Override
    public void on(AuthEvent event) {
        String insert =
                "INSERT INTO app.audit (at, event, user_id, session_id, reason, client) VALUES (?, ?, ?, ?, ?, ?)";
        try (Connection connection = pool.getConnection();
                PreparedStatement row = connection.prepareStatement(insert)) {
            row.setObject(1, event.at().atOffset(ZoneOffset.UTC));
            row.setString(2, event.type().code());
            row.setObject(3, event.user().map(id -> id.value()).orElse(null));
            row.setObject(4, event.session().map(id -> id.value()).orElse(null));
            row.setString(5, event.reason().orElse(null));
            row.setString(6, event.client().orElse(null));
            var unused = row.executeUpdate();
        } catch (SQLException e) {
            lost.increment();
        }
    }
    // end region

    long lost() {
        return lost.sum();
    }
}
