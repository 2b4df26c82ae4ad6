package dev.minotaur.auth.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.jdbi.support.H2Database;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On H2 a call that wrote nothing asks why not: what was in the way may be gone by then, and the call starts again. */
final class H2SecondStatementTest {

    private H2Database database;
    private JdbiAuthStores stores;

    @BeforeEach
    void open() {
        database = H2Database.inMemory();
        stores = Server.stores(database.runtime());
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void userIsInsertedWhenTheHolderOfItsAddressIsGone() {
        UserRecord holder = inserted(Samples.user());
        inserted(Samples.user());
        UserRecord user = Samples.user().toBuilder().email(holder.email()).build();
        assertThat(beforeTheSecond(() -> stores.users().delete(holder.id()))
                        .users()
                        .insert(user))
                .isEqualTo(InsertUserOutcome.INSERTED);
        assertThat(stores.users().findById(user.id())).contains(user);
    }

    @Test
    void userIsUpdatedWhenTheHolderOfItsNewAddressIsGone() {
        UserRecord holder = inserted(Samples.user());
        inserted(Samples.user());
        UserRecord user = inserted(Samples.user());
        UserRecord next = user.toBuilder().version(2).email(holder.email()).build();
        assertThat(beforeTheSecond(() -> stores.users().delete(holder.id()))
                        .users()
                        .update(next, 1))
                .isEqualTo(UpdateUserOutcome.UPDATED);
        assertThat(stores.users().findById(user.id())).contains(next);
    }

    private UserRecord inserted(UserRecord user) {
        assertThat(stores.users().insert(user)).isEqualTo(InsertUserOutcome.INSERTED);
        return user;
    }

    /** Stores that let something happen once, just before they first ask why not. */
    private JdbiAuthStores beforeTheSecond(Runnable action) {
        AtomicReference<Runnable> once = new AtomicReference<>(action);
        DataSource between = new WrappingDataSource(database.runtime()) {
            @Override
            public Connection getConnection() throws SQLException {
                return asking(super.getConnection(), once);
            }
        };
        return Server.stores(between);
    }

    private static Connection asking(Connection connection, AtomicReference<Runnable> once) {
        return (Connection) Proxy.newProxyInstance(
                H2SecondStatementTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (self, method, args) -> {
                    if (method.getName().equals("prepareStatement") && ((String) args[0]).startsWith("SELECT CASE")) {
                        Runnable action = once.getAndSet(null);
                        if (action != null) {
                            action.run();
                        }
                    }
                    try {
                        return method.invoke(connection, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
