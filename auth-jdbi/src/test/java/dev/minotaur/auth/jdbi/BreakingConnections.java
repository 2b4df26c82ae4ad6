package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.testkit.BackendFaults;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Connections of which one breaks at the n-th statement or commit, before the database has it or before it has answered. What
 * the pool does to a connection is not counted. The exception quotes the values, as those of drivers do.
 */
final class BreakingConnections implements BackendFaults {

    private int left;
    private Moment moment = Moment.BEFORE_EFFECT;
    private boolean failed;

    @Override
    public synchronized void arm(int call, Moment when) {
        if (call < 1) {
            throw new IllegalArgumentException("calls are counted from 1");
        }
        left = call;
        moment = when;
        failed = false;
    }

    @Override
    public synchronized boolean disarm() {
        left = 0;
        return failed;
    }

    private synchronized boolean breaksNow() {
        boolean now = left == 1;
        left = Math.max(0, left - 1);
        failed |= now;
        return now;
    }

    /** A data source whose connections may break. */
    DataSource over(DataSource target) {
        return proxy(DataSource.class, (self, method, args) -> {
            Object result = invoke(method, target, args);
            return result instanceof Connection connection ? breaking(connection) : result;
        });
    }

    private Connection breaking(Connection connection) {
        return proxy(Connection.class, (self, method, args) -> {
            if (method.getName().equals("commit")) {
                return call(connection, method, connection, args);
            }
            Object result = invoke(method, connection, args);
            return result instanceof Statement statement
                    ? breaking(method.getReturnType(), connection, statement)
                    : result;
        });
    }

    private <T> T breaking(Class<T> type, Connection connection, Statement statement) {
        return proxy(
                type,
                (self, method, args) -> method.getName().startsWith("execute")
                        ? call(connection, method, statement, args)
                        : invoke(method, statement, args));
    }

    private Object call(Connection connection, Method method, Object target, Object[] args) throws Throwable {
        if (!breaksNow()) {
            return invoke(method, target, args);
        }
        SQLException lost = new SQLException("the connection was lost in: " + target, "08006");
        try {
            if (moment == Moment.AFTER_EFFECT) {
                invoke(method, target, args);
            }
        } finally {
            connection.close();
        }
        throw lost;
    }

    private static Object invoke(Method method, Object target, Object[] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(BreakingConnections.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
