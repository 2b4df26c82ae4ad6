package dev.minotaur.auth.testkit.example;

import dev.minotaur.auth.testkit.BackendFaults;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;

/** Lets the n-th statement or commit of all connections fail, and the connection with it. */
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
        return around(DataSource.class, pool, null);
    }

    private <T> T around(Class<T> type, Object target, Connection lent) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    boolean fails = CALLS.contains(method.getName()) && failsNow();
                    if (fails && moment == Moment.BEFORE_EFFECT) {
                        throw broken(lent);
                    }
                    Object answer = invoke(target, method, arguments);
                    if (fails) {
                        throw broken(lent);
                    } else if (answer instanceof PreparedStatement statement) {
                        return around(PreparedStatement.class, statement, lent);
                    }
                    return answer instanceof Connection connection
                            ? around(Connection.class, connection, connection)
                            : answer;
                }));
    }

    private synchronized boolean failsNow() {
        boolean now = left == 1;
        left = Math.max(0, left - 1);
        failed |= now;
        return now;
    }

    private static SQLException broken(Connection connection) throws SQLException {
        connection.close();
        return new SQLException("the connection is lost", "08006");
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
