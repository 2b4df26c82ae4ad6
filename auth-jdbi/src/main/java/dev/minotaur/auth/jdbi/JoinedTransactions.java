package dev.minotaur.auth.jdbi;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Knows the data sources whose connections may take part in a transaction that somebody else rolls back. It knows them
 * by name, as this module does not depend on those who make them.
 */
final class JoinedTransactions {

    private static final List<String> DATA_SOURCES = List.of(
            "org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy",
            "org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy",
            "org.springframework.jdbc.datasource.SingleConnectionDataSource",
            "io.micronaut.data.connection.jdbc.advice.ContextualAwareDataSource$DataSourceProxy",
            "io.micronaut.transaction.jdbc.TransactionAwareDataSource$DataSourceProxy",
            "com.atomikos.jdbc.AbstractDataSourceBean",
            "com.atomikos.jdbc.internal.AbstractDataSourceBean",
            "bitronix.tm.resource.jdbc.PoolingDataSource",
            "org.apache.commons.dbcp2.managed.ManagedDataSource",
            "org.apache.commons.dbcp2.managed.BasicManagedDataSource");

    private JoinedTransactions() {}

    /** Refuses a data source that is one of those, extends one, or has one behind it. */
    static void refuse(DataSource dataSource) {
        Optional<String> known = DATA_SOURCES.stream()
                .filter(name -> extendsOne(dataSource, name) || wrapsOne(dataSource, name))
                .findFirst();
        if (known.isPresent()) {
            throw new UnsupportedDataSourceException("a " + known.get()
                    + " is for connections that take part in somebody else's transactions, which may be rolled back;"
                    + " give the stores the pool behind it");
        }
    }

    private static boolean extendsOne(DataSource dataSource, String name) {
        return Stream.<Class<?>>iterate(dataSource.getClass(), type -> type != null, Class::getSuperclass)
                .anyMatch(type -> type.getName().equals(name));
    }

    private static boolean wrapsOne(DataSource dataSource, String name) {
        Class<?> type = load(name, dataSource.getClass().getClassLoader());
        try {
            return type != null && dataSource.isWrapperFor(type);
        } catch (SQLException | RuntimeException e) {
            return false;
        }
    }

    private static @Nullable Class<?> load(String name, @Nullable ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }
}
