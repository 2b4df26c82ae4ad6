package dev.minotaur.auth.testkit.example;

import dev.minotaur.auth.testkit.BackendFaults;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/** Lets the n-th statement or commit of all connections fail; its connection can only be closed then. */
// region faults
final class FailingConnections implements BackendFaults {

    private static final Set<String> CALLS = Set.of("executeQuery", "executeUpdate", "commit");

    private int left;
    private Moment moment = Moment.BEFORE_EFFECT;
    private boolean failed;

    @Override
    public synchronized void arm(int call, Moment when) {
        left = call;
        moment = when;
        failed = false;
    }

    @Override
    public synchronized boolean disarm() {
        left = 0;
        return failed;
    }

    DataSource over(DataSource pool) {
        return around(DataSource.class, pool, new AtomicBoolean());
    }

    private <T> T around(Class<T> type, Object target, AtomicBoolean broken) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> call(target, method, arguments, broken)));
    }

    private Object call(Object target, Method method, Object[] arguments, AtomicBoolean broken) throws Throwable {
        if (broken.get() && !method.getName().equals("close")) {
            throw new SQLException("the connection is broken", "08003");
        }
        if (CALLS.contains(method.getName()) && failsNow()) {
            broken.set(true);
            if (moment == Moment.AFTER_EFFECT) {
                invoke(target, method, arguments);
            }
            throw new SQLException("the connection is lost", "08006");
        }
        Object answer = invoke(target, method, arguments);
        if (answer instanceof PreparedStatement statement) {
            return around(PreparedStatement.class, statement, broken);
        }
        return answer instanceof Connection connection
                ? around(Connection.class, connection, new AtomicBoolean())
                : answer;
    }

    private synchronized boolean failsNow() {
        boolean now = left == 1;
        left = Math.max(0, left - 1);
        failed |= now;
        return now;
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
// end region
