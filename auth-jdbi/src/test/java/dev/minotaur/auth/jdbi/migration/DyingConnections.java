package dev.minotaur.auth.jdbi.migration;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Ends a process, as far as the database can tell, just before one of the steps that change what is stored. */
final class DyingConnections {

    interface Death {
        void kill(Connection connection) throws SQLException;
    }

    /** What ends the thread that died; no code may count on catching it. */
    static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final DataSource real;
    private final int dieBefore;
    private final Death death;
    private final AtomicInteger steps = new AtomicInteger();

    DyingConnections(DataSource real, int dieBefore, Death death) {
        this.real = real;
        this.dieBefore = dieBefore;
        this.death = death;
    }

    DataSource dataSource() {
        return proxy(DataSource.class, (self, method, arguments) -> {
            Connection connection = real.getConnection();
            return proxy(Connection.class, (proxy, called, given) -> {
                if (called.getName().equals("commit")) {
                    step(connection);
                }
                Object result = invoke(connection, called, given);
                return result instanceof Statement statement ? watched(connection, called, given, statement) : result;
            });
        });
    }

    private Object watched(Connection connection, Method made, Object[] with, Statement statement) {
        String prepared = with != null && with[0] instanceof String sql ? sql : null;
        return proxy(made.getReturnType(), (proxy, called, given) -> {
            if (called.getName().startsWith("execute")) {
                String sql = given != null && given[0] instanceof String text ? text : prepared;
                if (connection.getAutoCommit() && changesSomething(sql)) {
                    step(connection);
                }
            }
            return invoke(statement, called, given);
        });
    }

    private static boolean changesSomething(String sql) {
        String text = sql.strip().toUpperCase(Locale.ROOT);
        return !text.startsWith("SELECT")
                && !text.startsWith("CALL")
                && !text.startsWith("SET")
                && !text.startsWith("SHOW");
    }

    private void step(Connection connection) throws SQLException {
        if (steps.incrementAndGet() == dieBefore) {
            death.kill(connection);
            throw new Died();
        }
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(DyingConnections.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
