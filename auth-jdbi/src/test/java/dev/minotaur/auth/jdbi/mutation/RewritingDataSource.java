package dev.minotaur.auth.jdbi.mutation;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/** Notes the statements that go through a data source, and sends a mutant in place of its original. */
final class RewritingDataSource {

    private final DataSource dataSource;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Mutant> mutant = new AtomicReference<>();
    private final AtomicReference<SQLException> refusal = new AtomicReference<>();

    RewritingDataSource(DataSource target) {
        this.dataSource = proxy(DataSource.class, (method, args) -> {
            Object result = call(target, method, args);
            return result instanceof Connection connection ? connection(connection) : result;
        });
    }

    DataSource dataSource() {
        return dataSource;
    }

    /** The statements since this was asked last, as the stores sent them. */
    Set<String> takeSeen() {
        Set<String> taken = Set.copyOf(seen);
        seen.clear();
        return taken;
    }

    void send(Mutant instead) {
        mutant.set(instead);
        refusal.set(null);
    }

    /** What the database said if it did not understand the mutant. */
    Optional<SQLException> refusal() {
        return Optional.ofNullable(refusal.get());
    }

    private Connection connection(Connection target) {
        return proxy(Connection.class, (method, args) -> {
            if (method.getName().equals("prepareStatement")) {
                return prepared(target, method, args);
            }
            Object result = call(target, method, args);
            return method.getName().equals("createStatement") ? unprepared((Statement) result) : result;
        });
    }

    private Object prepared(Connection target, Method method, Object[] args) throws Throwable {
        String sql = (String) args[0];
        seen.add(sql);
        Mutant instead = mutant.get();
        if (instead == null || !instead.original().equals(sql)) {
            return call(target, method, args);
        }
        Object[] changed = args.clone();
        changed[0] = Words.forDriver(instead.text());
        try {
            return moved((PreparedStatement) call(target, method, changed), Words.parameters(instead.text()));
        } catch (SQLException e) {
            refusal.set(e);
            throw e;
        }
    }

    /** Sets each parameter where the mutant has it: nowhere, once or more than once. */
    private PreparedStatement moved(PreparedStatement target, int[] positions) {
        return proxy(PreparedStatement.class, (method, args) -> {
            if (method.getName().startsWith("set") && args.length > 1 && args[0] instanceof Integer position) {
                for (int i : IntStream.range(0, positions.length).toArray()) {
                    if (positions[i] == position) {
                        Object[] changed = args.clone();
                        changed[0] = i + 1;
                        call(target, method, changed);
                    }
                }
                return null;
            }
            return executed(target, method, args);
        });
    }

    private Statement unprepared(Statement target) {
        return proxy(Statement.class, (method, args) -> {
            if (!method.getName().equals("executeQuery")) {
                return call(target, method, args);
            }
            String sql = (String) args[0];
            seen.add(sql);
            Mutant instead = mutant.get();
            return instead != null && instead.original().equals(sql)
                    ? executed(target, method, instead.text())
                    : call(target, method, args);
        });
    }

    /** Class 42 is of syntax and of types; H2 has codes of its own for some. */
    private Object executed(Statement target, Method method, Object... args) throws Throwable {
        try {
            return call(target, method, args);
        } catch (SQLException e) {
            if (e.getSQLState() != null && e.getSQLState().startsWith("42")) {
                refusal.set(e);
            }
            throw e;
        }
    }

    private static Object call(Object target, Method method, Object... args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private interface Handler {
        Object on(Method method, Object[] args) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Handler handler) {
        InvocationHandler all = (self, method, args) -> handler.on(method, args == null ? new Object[0] : args);
        return type.cast(
                Proxy.newProxyInstance(RewritingDataSource.class.getClassLoader(), new Class<?>[] {type}, all));
    }
}
