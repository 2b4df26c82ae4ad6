package dev.minotaur.auth.examples.guide;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.AuthListener;
import dev.minotaur.auth.SessionPolicy;
import dev.minotaur.auth.jdbi.JdbiAuthStores;
import dev.minotaur.auth.jdbi.migration.SchemaMigrator;
import dev.minotaur.auth.mail.Mailer;
import dev.minotaur.auth.spi.AuthStores;
import java.time.Duration;
import javax.sql.DataSource;

/** How an application on PostgreSQL puts the parts together. */
final class Wiring {

    private Wiring() {}

    // region migrate
    /** A step of the deployment, by the role that owns the schema. */
    static void migrate(DataSource owner, String runtimeRole) {
        SchemaMigrator.builder(owner)
                .schema("auth")
                .grantTo(runtimeRole)
                .build()
                .migrate();
    }
    // end region

    // region pool
    /** The pool of the running application, by a role that may read and write rows and nothing else. */
    static HikariDataSource pool(String url, String runtimeRole, String password) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(runtimeRole);
        config.setPassword(password);
        config.setMaximumPoolSize(10);
        config.setConnectionTimeout(2_000);
        return new HikariDataSource(config);
    }
    // end region

    // region accounts
    /** Once, when the application starts. To be closed when it ends, and the pool after it. */
    static Accounts accounts(DataSource pool, Mailer mailer, AuthListener listener) {
        AuthStores stores = JdbiAuthStores.builder(pool).schema("auth").build();
        return Accounts.builder(stores)
                .mailer(mailer)
                .sessionPolicy(SessionPolicy.defaults()
                        .withTimeouts(Duration.ofDays(2), Duration.ofDays(14))
                        .withRenewal(Duration.ofHours(1), Duration.ofMinutes(1)))
                .hashingLimit(4, Duration.ofSeconds(3))
                .listener(listener)
                .build();
    }
    // end region
}
