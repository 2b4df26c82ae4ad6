package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.TokenStore;
import dev.minotaur.auth.spi.TokenWithUser;
import dev.minotaur.auth.spi.UserStore;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * The stores in a PostgreSQL or H2 database.
 *
 * <p>Each call takes one connection from the data source, works with autocommit, and gives the connection back as it came,
 * so what a call reports is committed. A call on PostgreSQL is one statement; on H2 {@code deleteClosed} is a
 * transaction of two. {@code docs/statements.md} has the counts. The stores hold nothing but the data source, need no closing,
 * and keep no state in a session, so a proxy may pool transactions between them and the database.
 *
 * <p>The three stores may be used apart: those of different databases go together by {@link AuthStores#of}.
 */
public final class JdbiAuthStores implements AuthStores {

    private static final String TOKEN_WITH_USER = "SELECT " + Columns.of("t", TokenRow.COLUMNS) + ", "
            + Columns.of("u", UserRow.COLUMNS)
            + " FROM <schema>.auth_tokens t JOIN <schema>.auth_users u ON u.id = t.user_id WHERE t.id = :id";

    private static final RowMapper<TokenWithUser> TOKEN_WITH_USER_ROW =
            (row, context) -> new TokenWithUser(TokenRow.read(row, 0), UserRow.read(row, TokenRow.WIDTH));

    private final Database database;
    private final UserStore users;
    private final TokenStore tokens;
    private final AttemptStore attempts;

    private JdbiAuthStores(Database database, Dialect dialect) {
        this.database = database;
        this.users = new JdbiUserStore(database, dialect);
        this.tokens = new JdbiTokenStore(database, dialect);
        this.attempts = new JdbiAttemptStore(database, dialect);
    }

    /**
     * Opens the stores on the tables in the schema {@code public}.
     *
     * @param dataSource what {@link #builder} takes
     * @return the stores
     * @throws UnsupportedDataSourceException if the stores cannot keep their promises on the data source
     * @throws SchemaException if the tables are missing, of another version, or not the role's to use, or if the encoding of
     *     the PostgreSQL database is not UTF8
     * @throws dev.minotaur.auth.spi.StoreException if the database cannot be reached
     */
    public static JdbiAuthStores create(DataSource dataSource) {
        return builder(dataSource).build();
    }

    /**
     * Starts with the schema {@code public}.
     *
     * @param dataSource gives connections that belong to nobody else until they are closed, with autocommit or without: in
     *     general a pool. One whose connections join a transaction of their thread is refused where it can be recognised
     * @return a builder
     */
    public static Builder builder(DataSource dataSource) {
        return new Builder(dataSource);
    }

    @Override
    public UserStore users() {
        return users;
    }

    @Override
    public TokenStore tokens() {
        return tokens;
    }

    @Override
    public AttemptStore attempts() {
        return attempts;
    }

    /** {@inheritDoc} Here it is one statement. */
    @Override
    public Optional<TokenWithUser> findTokenWithUser(TokenId id) {
        Bound bound = Bound.of(id);
        return database.read("find a token with its user", handle -> handle.createQuery(TOKEN_WITH_USER)
                .bind("id", bound)
                .map(TOKEN_WITH_USER_ROW)
                .findOne());
    }

    /** Says where the tables are. */
    public static final class Builder {

        private final DataSource dataSource;
        private String schema = "public";

        private Builder(DataSource dataSource) {
            this.dataSource = Objects.requireNonNull(dataSource, "dataSource");
        }

        /**
         * Sets the schema the tables are in. Every statement names it, so the search path of a connection does not matter.
         *
         * @param schema a-z and _, then a-z, 0-9 and _, at most 63 characters, and no SQL keyword
         * @return this builder
         * @throws IllegalArgumentException if the name has another form
         */
        public Builder schema(String schema) {
            this.schema = SchemaName.require(schema);
            return this;
        }

        /**
         * Opens the stores, on one connection. The tables are looked at and not changed: {@code SchemaMigrator} makes them.
         *
         * @return the stores
         * @throws UnsupportedDataSourceException if the stores cannot keep their promises on the data source
         * @throws SchemaException if the tables are missing, of another version, or not the role's to use, or if the encoding
         *     of the PostgreSQL database is not UTF8
         * @throws dev.minotaur.auth.spi.StoreException if the database cannot be reached
         */
        public JdbiAuthStores build() {
            JoinedTransactions.refuse(dataSource);
            Database database = new Database(Jdbis.over(dataSource, schema));
            return new JdbiAuthStores(database, database.read("look at the schema", handle -> {
                Dialect dialect = Dialect.of(handle.getConnection().getMetaData());
                SchemaCheck.require(handle.getConnection(), schema);
                return dialect;
            }));
        }
    }
}
