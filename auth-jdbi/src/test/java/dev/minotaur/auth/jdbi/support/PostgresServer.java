package dev.minotaur.auth.jdbi.support;

import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL, one of each version in a JVM, which ends with the JVM. Without a server there is no test: whatever
 * keeps it from starting fails the test that asked for it.
 */
public final class PostgresServer {

    private static final String OWNER = "auth_owner_";
    private static final String APP = "auth_app_";

    private final String url;
    private final String run = UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    private final String password = UUID.randomUUID().toString();
    private final Object templateLock = new Object();
    private boolean templateMade;

    private PostgresServer(String url) {
        this.url = url;
        TestDatabase.execute(
                admin("postgres"),
                "CREATE ROLE " + owner() + " LOGIN PASSWORD '" + password + "';" + "CREATE ROLE " + app()
                        + " LOGIN PASSWORD '" + password + "';");
    }

    /** The newest version that is supported. */
    public static PostgresServer newest() {
        return Newest.SERVER;
    }

    /** The oldest version that is supported. */
    public static PostgresServer oldest() {
        return Oldest.SERVER;
    }

    /** A database with the schema in it; the caller closes it. */
    public PostgresDatabase migrated() {
        synchronized (templateLock) {
            if (!templateMade) {
                PostgresDatabase template = create("auth_template_" + run, "template0");
                Installation.install(template);
                templateMade = true;
            }
        }
        return create(freshName(), "auth_template_" + run);
    }

    /** A database with an empty schema, which the owner's role owns; the caller closes it. */
    public PostgresDatabase empty() {
        return create(freshName(), "template0");
    }

    /** A database whose encoding is another than UTF8, with an empty schema; the caller closes it. */
    public PostgresDatabase emptyInEncoding(String encoding) {
        return create(freshName(), "template0 ENCODING '" + encoding + "'");
    }

    private PostgresDatabase create(String name, String template) {
        TestDatabase.execute(admin("postgres"), "CREATE DATABASE " + name + " TEMPLATE " + template);
        PostgresDatabase database = new PostgresDatabase(this, name);
        if (template.startsWith("template0")) {
            database.administer("CREATE SCHEMA " + TestDatabase.SCHEMA + " AUTHORIZATION " + owner());
        }
        return database;
    }

    private static String freshName() {
        return "auth_" + UUID.randomUUID().toString().replace("-", "");
    }

    String owner() {
        return OWNER + run;
    }

    String app() {
        return APP + run;
    }

    /** Unpooled connections of the superuser. */
    public DataSource admin(String database) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(url);
        dataSource.setDatabaseName(database);
        return dataSource;
    }

    PGSimpleDataSource dataSource(String database, String user) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(url);
        dataSource.setDatabaseName(database);
        dataSource.setUser(user);
        dataSource.setPassword(password);
        return dataSource;
    }

    private static PostgresServer start(String variable, EmbeddedPostgresServer embedded) {
        String external = System.getenv(variable);
        if (external == null) {
            return new PostgresServer(embedded.start());
        }
        PostgresServer server = new PostgresServer(external);
        Runtime.getRuntime().addShutdownHook(new Thread(server::leave));
        return server;
    }

    /** Drops what is left on a server that lives on. */
    private void leave() {
        TestDatabase.execute(admin("postgres"), "DROP DATABASE IF EXISTS auth_template_" + run + " WITH (FORCE)");
        TestDatabase.execute(admin("postgres"), "DROP ROLE " + owner() + ", " + app());
    }

    private static final class Newest {
        static final PostgresServer SERVER = start("AUTH_TEST_PG_URL", EmbeddedPostgresServer.newest());
    }

    private static final class Oldest {
        static final PostgresServer SERVER = start("AUTH_TEST_PG_OLDEST_URL", EmbeddedPostgresServer.oldest());
    }
}
