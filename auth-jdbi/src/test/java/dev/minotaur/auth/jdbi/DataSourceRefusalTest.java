package dev.minotaur.auth.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.minotaur.auth.jdbi.migration.SchemaMigrator;
import dev.minotaur.auth.jdbi.support.CountingDataSource;
import dev.minotaur.auth.jdbi.support.H2Database;
import dev.minotaur.auth.jdbi.support.TestDatabase;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/** Which data sources the stores work on. */
final class DataSourceRefusalTest {

    private H2Database database;

    @BeforeEach
    void start() {
        database = H2Database.inMemory();
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void dataSourceThatJoinsTransactionsIsRefusedBeforeItIsUsed() {
        CountingDataSource behind = CountingDataSource.over(database.runtime());
        assertRefused(new TransactionAwareDataSourceProxy(behind.dataSource()));
        assertThat(behind.connections()).isZero();
    }

    @Test
    void dataSourceThatExtendsOneThatJoinsTransactionsIsRefused() {
        assertRefused(new TransactionAwareDataSourceProxy(database.runtime()) {});
    }

    @Test
    void dataSourceThatDoesNotTellWhatItWrapsIsKnownByItsClass() {
        assertRefused(new TransactionAwareDataSourceProxy(database.runtime()) {
            @Override
            public boolean isWrapperFor(Class<?> type) throws SQLException {
                throw new SQLException("not supported");
            }
        });
        EveryVerb.of(Server.stores(new WrappingDataSource(database.runtime()) {
            @Override
            public boolean isWrapperFor(Class<?> type) {
                throw new UnsupportedOperationException("not supported");
            }
        }));
    }

    @Test
    void dataSourceWithOneThatJoinsTransactionsBehindItIsRefused() {
        DataSource joining = new TransactionAwareDataSourceProxy(database.runtime());
        assertRefused(new WrappingDataSource(joining));
        assertRefused(new WrappingDataSource(new WrappingDataSource(joining)));
    }

    @Test
    void dataSourceWithNothingElseBehindItIsNot() {
        DataSource wrapping = new WrappingDataSource(new WrappingDataSource(database.runtime()));
        EveryVerb.of(Server.stores(wrapping));
    }

    @Test
    void otherDatabaseIsRefusedByItsName() {
        DataSource other =
                returning(DataSource.class, returning(Connection.class, returning(DatabaseMetaData.class, "MariaDB")));
        assertThatThrownBy(() -> JdbiAuthStores.create(other))
                .isInstanceOf(UnsupportedDataSourceException.class)
                .hasMessage("the stores run on PostgreSQL and H2, not on MariaDB")
                .hasNoCause();
    }

    @Test
    void databaseWithoutTheTablesIsRefused() {
        assertThatThrownBy(() -> JdbiAuthStores.create(database.runtime())).isInstanceOf(SchemaException.class);
    }

    @Test
    void schemaIsAPlainName() {
        JdbiAuthStores.Builder builder = JdbiAuthStores.builder(database.runtime());
        assertThatThrownBy(() -> builder.schema("auth; DROP TABLE x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.schema("Auth")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.schema("")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";MODE=PostgreSQL",
                ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH",
                ";CASE_INSENSITIVE_IDENTIFIERS=TRUE"
            })
    void modeOfH2MakesNoDifference(String mode) {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1" + mode);
        SchemaMigrator.builder(h2).build().migrate();
        EveryVerb.of(JdbiAuthStores.create(h2));
        TestDatabase.execute(h2, "SHUTDOWN");
    }

    private static void assertRefused(DataSource dataSource) {
        assertThatThrownBy(() -> JdbiAuthStores.create(dataSource))
                .isInstanceOf(UnsupportedDataSourceException.class)
                .hasMessageContaining(TransactionAwareDataSourceProxy.class.getName())
                .hasMessageContaining("give the stores the pool behind it");
    }

    /** An object of which every method gives one answer, or the next thing to nothing. */
    private static <T> T returning(Class<T> type, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                DataSourceRefusalTest.class.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
                    if (method.getReturnType() == boolean.class) {
                        return method.getName().equals("getAutoCommit");
                    }
                    return method.getReturnType().isInstance(answer) ? answer : null;
                }));
    }
}
