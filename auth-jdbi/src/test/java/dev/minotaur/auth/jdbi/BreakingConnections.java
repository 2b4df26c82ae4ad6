package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.testkit.BackendFaults;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/**
 * Connections of which one breaks at the n-th statement or commit, before the database has it or before it has answered; it
 * is then good for nothing but to be closed. The exception quotes the values, as those of drivers do.
 *
 * <p>Over a pool, a broken connection goes back to it and is lent again: a pool that has lost one takes its time to open
 * another. Under a pool, it is lost in earnest.
 */
final class BreakingConnections implements BackendFaults {

    private static final Set<String> STILL_POSSIBLE = Set.of("close", "isClosed", "abort", "toString");

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
            return result instanceof Connection connection ? breaking(connection, new AtomicBoolean()) : result;
        });
    }

    private Connection breaking(Connection connection, AtomicBoolean broken) {
        return proxy(Connection.class, (self, method, args) -> {
            Object result = call(broken, method.getName().equals("commit"), method, connection, args);
            return result instanceof Statement statement ? breaking(method.getReturnType(), statement, broken) : result;
        });
    }

    private <T> T breaking(Class<T> type, Statement statement, AtomicBoolean broken) {
        return proxy(
                type,
                (self, method, args) -> call(broken, method.getName().startsWith("execute"), method, statement, args));
    }

    private Object call(AtomicBoolean broken, boolean counted, Method method, Object target, Object[] args)
            throws Throwable {
        if (broken.get() && !STILL_POSSIBLE.contains(method.getName())) {
            throw new SQLException("this connection is broken", "08003");
        }
        if (!counted || !breaksNow()) {
            return invoke(method, target, args);
        }
        broken.set(true);
        SQLException lost = new SQLException("the connection was lost in: " + target, "08006");
        if (moment == Moment.AFTER_EFFECT) {
            invoke(method, target, args);
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
