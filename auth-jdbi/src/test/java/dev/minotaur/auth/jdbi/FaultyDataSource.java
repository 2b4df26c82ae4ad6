package dev.minotaur.auth.jdbi;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A data source that fails where a test wants it to, and counts what was opened, closed and called. */
final class FaultyDataSource {

    private final DataSource target;
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private final AtomicInteger passing = new AtomicInteger();
    private volatile List<String> methods = List.of();
    private volatile @Nullable Throwable failure;
    private volatile int left;

    FaultyDataSource(DataSource target) {
        this.target = target;
    }

    /** Fails each call of a method of the data source, its connections or prepared statements; a connection is closed first. */
    void fail(Throwable with, String... methods) {
        failTimes(Integer.MAX_VALUE, with, methods);
    }

    /** Fails a number of calls. */
    void failTimes(int times, Throwable with, String... methods) {
        this.methods = List.of(methods);
        this.failure = with;
        this.left = times;
        this.failures.set(0);
        this.passing.set(0);
    }

    /** Lets a number of calls pass and fails the next one. */
    void failAfter(int passing, Throwable with, String... methods) {
        failTimes(1, with, methods);
        this.passing.set(passing);
    }

    void heal() {
        this.methods = List.of();
    }

    int failures() {
        return failures.get();
    }

    int opened() {
        return opened.get();
    }

    int mostOpen() {
        return mostOpen.get();
    }

    boolean allGivenBack() {
        return opened.get() == closed.get();
    }

    DataSource dataSource() {
        return proxy(DataSource.class, target);
    }

    private <T> T proxy(Class<T> type, Object of) {
        return type.cast(Proxy.newProxyInstance(
                FaultyDataSource.class.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
                    if (of instanceof Connection && method.getName().equals("close")) {
                        closed.incrementAndGet();
                        open.decrementAndGet();
                        method.invoke(of, args);
                    }
                    String name = method.getName();
                    boolean chosen = methods.contains(name) || methods.contains(type.getSimpleName() + "." + name);
                    if (chosen && failures.get() < left && passing.getAndDecrement() <= 0) {
                        failures.incrementAndGet();
                        throw failure;
                    }
                    try {
                        return observed(method.invoke(of, args));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private Object observed(Object result) {
        if (result instanceof PreparedStatement statement) {
            return proxy(PreparedStatement.class, statement);
        }
        if (result instanceof Connection connection) {
            opened.incrementAndGet();
            mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
            return proxy(Connection.class, connection);
        }
        return result;
    }

    /** The methods by which Jdbi runs a statement. */
    static String[] running() {
        return new String[] {"execute", "executeQuery", "executeUpdate", "executeLargeUpdate"};
    }
}
