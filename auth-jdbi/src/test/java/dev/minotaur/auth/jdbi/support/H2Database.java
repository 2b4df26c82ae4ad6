package dev.minotaur.auth.jdbi.support;

import java.nio.file.Path;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** An H2 database, in memory or in a file, with an owner, a runtime role and a schema. */
public final class H2Database implements TestDatabase {

    private static final String APP = "APP";
    private static final String OWNER = "OWNER";

    private final String url;

    private H2Database(String url) {
        this.url = url;
        administer("SET DB_CLOSE_DELAY -1; CREATE USER \"APP\" PASSWORD 'APP'; CREATE USER \"OWNER\" PASSWORD 'OWNER';"
                + " CREATE SCHEMA " + SCHEMA + " AUTHORIZATION \"OWNER\"");
    }

    /** A migrated database in memory. */
    public static H2Database inMemory() {
        return emptyInMemory().migrated();
    }

    /** A migrated database in a file of its own below target. */
    public static H2Database inFile() {
        return emptyInFile().migrated();
    }

    /** A database in memory with an empty schema. */
    public static H2Database emptyInMemory() {
        return new H2Database("jdbc:h2:mem:" + UUID.randomUUID());
    }

    /** A database in memory that has settings of its own, for its administrator only, with an empty schema. */
    public static H2Database emptyInMemory(String settings) {
        return new H2Database("jdbc:h2:mem:" + UUID.randomUUID() + ";" + settings);
    }

    /** A database in a file of its own below target, with an empty schema. */
    public static H2Database emptyInFile() {
        Path file = Path.of("target", "h2", UUID.randomUUID().toString(), "db").toAbsolutePath();
        return new H2Database("jdbc:h2:file:" + file);
    }

    private H2Database migrated() {
        Installation.install(this);
        return this;
    }

    /** The URL, without user and password. */
    public String url() {
        return url;
    }

    @Override
    public DataSource owner() {
        return dataSource(OWNER, OWNER);
    }

    @Override
    public DataSource admin() {
        return dataSource("SA", "");
    }

    @Override
    public DataSource runtime() {
        return dataSource(APP, APP);
    }

    @Override
    public String runtimeRole() {
        return APP;
    }

    private DataSource dataSource(String user, String password) {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL(url);
        dataSource.setUser(user);
        dataSource.setPassword(password);
        return dataSource;
    }

    /** Ends the database with all its connections; a file can be opened again afterwards, a heap is gone. */
    public void shutDown() {
        administer("SHUTDOWN");
    }

    @Override
    public void close() {
        shutDown();
    }
}
