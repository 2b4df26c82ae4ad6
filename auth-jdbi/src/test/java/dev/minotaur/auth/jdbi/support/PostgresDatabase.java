package dev.minotaur.auth.jdbi.support;

import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A database on a {@link PostgresServer}. */
public final class PostgresDatabase implements TestDatabase {

    private final PostgresServer server;
    private final String name;

    PostgresDatabase(PostgresServer server, String name) {
        this.server = server;
        this.name = name;
    }

    @Override
    public PGSimpleDataSource owner() {
        return server.dataSource(name, server.owner());
    }

    @Override
    public PGSimpleDataSource runtime() {
        return server.dataSource(name, server.app());
    }

    @Override
    public DataSource admin() {
        return server.admin(name);
    }

    @Override
    public String runtimeRole() {
        return server.app();
    }

    /** The name of the role behind {@link #owner}. */
    public String ownerRole() {
        return server.owner();
    }

    /** The name of the database. */
    public String name() {
        return name;
    }

    @Override
    public void close() {
        TestDatabase.execute(server.admin("postgres"), "DROP DATABASE " + name + " WITH (FORCE)");
    }
}
