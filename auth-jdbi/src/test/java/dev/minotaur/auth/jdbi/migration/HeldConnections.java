package dev.minotaur.auth.jdbi.migration;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Hands out connections as a pool does: what the borrower calls closing leaves them open and as they are. */
final class HeldConnections implements AutoCloseable {

    interface Preparation {
        void prepare(Connection connection) throws SQLException;
    }

    private final List<Connection> handedOut = new ArrayList<>();
    private final DataSource dataSource;

    HeldConnections(DataSource real, Preparation preparation) {
        this.dataSource = (DataSource) Proxy.newProxyInstance(
                HeldConnections.class.getClassLoader(), new Class<?>[] {DataSource.class}, (self, method, args) -> {
                    Connection connection = real.getConnection();
                    preparation.prepare(connection);
                    handedOut.add(connection);
                    return held(connection);
                });
    }

    private static Object held(Connection connection) {
        return Proxy.newProxyInstance(
                HeldConnections.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, args) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(connection, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    DataSource dataSource() {
        return dataSource;
    }

    List<Connection> handedOut() {
        return handedOut;
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : handedOut) {
            connection.close();
        }
    }
}
