package dev.minotaur.auth.jdbi.support;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** Counts what goes through a data source: connections taken, statements executed, transactions ended. */
public final class CountingDataSource {

    private static final Pattern WRITE = Pattern.compile(
            "\\b(insert\\s+into|merge\\s+into|delete\\s+from|update\\s+\\S+\\s+((as\\s+)?\\w+\\s+)?set)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern READ = Pattern.compile("^\\s*(select|with|table|values)\\b", Pattern.CASE_INSENSITIVE);

    private final DataSource dataSource;
    private final List<String> statements = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger commits = new AtomicInteger();
    private final AtomicInteger rollbacks = new AtomicInteger();

    private CountingDataSource(DataSource counted) {
        this.dataSource = proxy(DataSource.class, counted, (method, args, result) -> {
            if (result instanceof Connection connection) {
                connections.incrementAndGet();
                return proxy(Connection.class, connection, this::onConnection);
            }
            return result;
        });
    }

    /** Counts what goes through the data source that this one gives. */
    public static CountingDataSource over(DataSource counted) {
        return new CountingDataSource(counted);
    }

    /** The data source to use. */
    public DataSource dataSource() {
        return dataSource;
    }

    /** How often a connection was taken. */
    public int connections() {
        return connections.get();
    }

    /** The SQL of all statements executed, in order; that of a batch once. */
    public List<String> statements() {
        return List.copyOf(statements);
    }

    /** How many statements write rows. */
    public long writes() {
        return statements.stream().filter(sql -> WRITE.matcher(sql).find()).count();
    }

    /** How many statements read rows and write none. */
    public long reads() {
        return statements.stream()
                .filter(sql -> READ.matcher(sql).find() && !WRITE.matcher(sql).find())
                .count();
    }

    /** How often a transaction was committed by a call. */
    public int commits() {
        return commits.get();
    }

    /** How often a transaction was rolled back by a call. */
    public int rollbacks() {
        return rollbacks.get();
    }

    /** Starts all counts again. */
    public void reset() {
        statements.clear();
        connections.set(0);
        commits.set(0);
        rollbacks.set(0);
    }

    private Object onConnection(Method method, Object[] args, Object result) {
        if (method.getName().equals("commit")) {
            commits.incrementAndGet();
        } else if (method.getName().equals("rollback")) {
            rollbacks.incrementAndGet();
        } else if (result instanceof PreparedStatement statement) {
            String sql = (String) args[0];
            return proxy(method.getReturnType(), statement, (called, ignored, value) -> {
                if (called.getName().startsWith("execute")) {
                    statements.add(sql);
                }
                return value;
            });
        } else if (result instanceof Statement statement) {
            return proxy(Statement.class, statement, (called, given, value) -> {
                boolean runs = called.getName().startsWith("execute")
                        || called.getName().equals("addBatch");
                if (runs && given.length > 0) {
                    statements.add((String) given[0]);
                }
                return value;
            });
        }
        return result;
    }

    private interface Observer {
        Object after(Method method, Object[] args, Object result);
    }

    private static <T> T proxy(Class<T> type, Object target, Observer observer) {
        InvocationHandler handler = (self, method, args) -> {
            Object[] given = args == null ? new Object[0] : args;
            try {
                return observer.after(method, given, method.invoke(target, args));
            } catch (InvocationTargetException e) {
                observer.after(method, given, null);
                throw e.getCause();
            }
        };
        return type.cast(
                Proxy.newProxyInstance(CountingDataSource.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
