package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.jdbi.support.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;

/** Stores whose calls all lie in one transaction that stays open, so that a test decides when they commit. */
final class HeldTransaction implements AutoCloseable {

    private static final Set<String> IGNORED = Set.of("setAutoCommit", "close");

    private final Connection connection;
    private final JdbiAuthStores stores;

    private HeldTransaction(Connection connection) throws SQLException {
        this.connection = connection;
        this.stores = Server.stores(always(held(connection)));
    }

    static HeldTransaction on(TestDatabase database) {
        try {
            Connection connection = database.runtime().getConnection();
            connection.setAutoCommit(false);
            return new HeldTransaction(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    JdbiAuthStores stores() {
        return stores;
    }

    void commit() {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void rollback() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try (connection) {
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Connection held(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                HeldTransaction.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, args) -> {
                    if (IGNORED.contains(method.getName())) {
                        return null;
                    }
                    try {
                        return method.invoke(connection, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static DataSource always(Connection connection) {
        return (DataSource) Proxy.newProxyInstance(
                HeldTransaction.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (self, method, args) -> method.getName().equals("getConnection") ? connection : false);
    }
}
