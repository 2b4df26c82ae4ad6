package dev.minotaur.auth.examples;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.minotaur.auth.AuthException;
import dev.minotaur.auth.jdbi.JdbiAuthStores;
import dev.minotaur.auth.jdbi.migration.SchemaMigrator;
import dev.minotaur.auth.spi.AuthStores;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.h2.api.ErrorCode;

/** The database of the examples: H2 in a file, which one program at a time can open. */
public final class FileDatabase implements AutoCloseable {

    private final HikariDataSource pool;
    private final AuthStores stores;

    private FileDatabase(HikariDataSource pool, AuthStores stores) {
        this.pool = pool;
        this.stores = stores;
    }

    /**
     * Opens a database, which is made if there is none, and brings its tables up to date.
     *
     * @param file where it is, without the ending that H2 adds
     * @return the open database
     * @throws IOException if it cannot be opened; the message is one line for a person
     */
    public static FileDatabase open(Path file) throws IOException {
        HikariDataSource pool = pool(file.toAbsolutePath().normalize());
        try {
            // region stores
            SchemaMigrator.builder(pool).build().migrate();
            AuthStores stores = JdbiAuthStores.create(pool);
            // end region
            return new FileDatabase(pool, stores);
        } catch (AuthException e) {
            pool.close();
            throw new IOException("the tables in " + file + " cannot be used: " + oneLine(e), e);
        }
    }

    private static HikariDataSource pool(Path file) throws IOException {
        if (file.toString().indexOf(';') >= 0) {
            throw new IOException("the path of a database file has no semicolon: H2 takes what follows for settings");
        }
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:file:" + file + ";WRITE_DELAY=0;TRACE_LEVEL_FILE=0");
        config.setUsername("sa");
        config.setMaximumPoolSize(4);
        try {
            return new HikariDataSource(config);
        } catch (PoolInitializationException e) {
            if (e.getCause() instanceof SQLException why && why.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
                throw new IOException(
                        "another program has " + file + " open; end that one first, or use another file", e);
            }
            throw new IOException("the database " + file + " cannot be opened: " + oneLine(e), e);
        }
    }

    private static String oneLine(Exception e) {
        return String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
    }

    /**
     * Gives the stores.
     *
     * @return the stores on this database
     */
    public AuthStores stores() {
        return stores;
    }

    /** Closes the database; what was done stays. */
    @Override
    public void close() {
        pool.close();
    }
}
