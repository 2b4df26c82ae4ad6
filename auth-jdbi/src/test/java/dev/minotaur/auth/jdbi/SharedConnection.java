package dev.minotaur.auth.jdbi;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A pool of one that resets nothing: whoever takes the connection finds it as the one before left it. */
final class SharedConnection {

    private final Connection connection;
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger givenBack = new AtomicInteger();

    SharedConnection(Connection connection) {
        this.connection = connection;
    }

    int taken() {
        return taken.get();
    }

    int givenBack() {
        return givenBack.get();
    }

    DataSource dataSource() {
        return (DataSource) Proxy.newProxyInstance(
                SharedConnection.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (self, method, args) -> method.getName().equals("getConnection") ? take() : false);
    }

    private Connection take() {
        taken.incrementAndGet();
        return (Connection) Proxy.newProxyInstance(
                SharedConnection.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, args) -> {
                    if (method.getName().equals("close")) {
                        givenBack.incrementAndGet();
                        return null;
                    }
                    try {
                        return method.invoke(connection, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
