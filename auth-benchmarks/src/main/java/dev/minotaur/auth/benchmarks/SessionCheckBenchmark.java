package dev.minotaur.auth.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.SessionCheck;
import dev.minotaur.auth.SessionPolicy;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.jdbi.JdbiAuthStores;
import dev.minotaur.auth.jdbi.migration.SchemaMigrator;
import dev.minotaur.auth.password.BcryptPasswordHasher;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.TokenWithUser;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The per-request path on a real PostgreSQL: the whole check of a session, the store's read below it, and as the floor the same
 * columns by plain JDBC from the same pool.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class SessionCheckBenchmark {

    private static final int SESSIONS = 1000;
    private static final String PASSWORD = "correct horse battery";
    private static final String PLAIN =
            "SELECT t.id, t.user_id, t.purpose, t.slot, t.digest, t.previous_digest, t.rotated_at,"
                    + " t.issued_at, t.expires_at, t.last_used_at, t.authenticated_at, t.sent_to, t.label, t.stamp, u.id, u.version,"
                    + " u.email, u.email_canonical, u.username, u.username_canonical, u.password_hash, u.status,"
                    + " u.email_confirmed_at, u.stamp, u.created_at, u.updated_at"
                    + " FROM public.auth_tokens t JOIN public.auth_users u ON u.id = t.user_id WHERE t.id = ?";
    private static final int COLUMNS = 26;

    private final List<String> tokens = new ArrayList<>();
    private final List<TokenId> ids = new ArrayList<>();
    private EmbeddedPostgres server;
    private HikariDataSource pool;
    private AuthStores stores;
    private Accounts accounts;

    /** Called by JMH. */
    public SessionCheckBenchmark() {}

    /** Starts a server and signs a user in many times. */
    @Setup(Level.Trial)
    public void start() {
        try {
            server = EmbeddedPostgres.builder().setLocaleConfig("locale", "C").start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SchemaMigrator.builder(server.getPostgresDatabase()).build().migrate();
        HikariConfig config = new HikariConfig();
        config.setDataSource(server.getPostgresDatabase());
        config.setMaximumPoolSize(4);
        pool = new HikariDataSource(config);
        stores = JdbiAuthStores.create(pool);
        accounts = Accounts.builder(stores)
                .hasher(BcryptPasswordHasher.insecurelyCheapForTests(4))
                .sessionPolicy(SessionPolicy.defaults().withLimit(SESSIONS))
                .allowUnconfirmedSignIn()
                .revealTakenEmail()
                .build();
        RawPassword password = RawPassword.ofString(PASSWORD);
        var unused = accounts.registration().registerUnconfirmed("ada@example.com", password);
        for (int i = 0; i < SESSIONS; i++) {
            SignInResult result = accounts.signIn().withPassword("ada@example.com", password);
            SignInResult.SignedIn signedIn = (SignInResult.SignedIn) result;
            tokens.add(signedIn.token().reveal());
            ids.add(signedIn.session().id());
        }
    }

    /** Stops the server. */
    @TearDown(Level.Trial)
    public void stop() {
        pool.close();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The floor.
     *
     * @return the last column, so that nothing is left out
     * @throws SQLException if the database fails
     */
    @Benchmark
    public Object plainJdbc() throws SQLException {
        TokenId id = ids.get(ThreadLocalRandom.current().nextInt(SESSIONS));
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(PLAIN)) {
            statement.setObject(1, id.value());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalStateException("no session");
                }
                Object last = "";
                for (int column = 1; column <= COLUMNS; column++) {
                    Object value = row.getObject(column);
                    last = value == null ? last : value;
                }
                return last;
            }
        }
    }

    /**
     * The store's read.
     *
     * @return what it finds
     */
    @Benchmark
    public Optional<TokenWithUser> store() {
        return stores.findTokenWithUser(ids.get(ThreadLocalRandom.current().nextInt(SESSIONS)));
    }

    /**
     * The whole check.
     *
     * @return its result
     */
    @Benchmark
    public SessionCheck check() {
        return accounts.sessions().check(tokens.get(ThreadLocalRandom.current().nextInt(SESSIONS)));
    }
}
