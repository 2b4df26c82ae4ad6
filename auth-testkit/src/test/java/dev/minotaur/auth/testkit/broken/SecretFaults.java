package dev.minotaur.auth.testkit.broken;

import static dev.minotaur.auth.testkit.broken.Fault.attempts;
import static dev.minotaur.auth.testkit.broken.Fault.stores;
import static dev.minotaur.auth.testkit.broken.Fault.tokens;
import static dev.minotaur.auth.testkit.broken.Fault.users;

import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenStore;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** Stores that tell what they are to keep to themselves, and fixtures that show nothing. */
final class SecretFaults {

    private static final Logger LOG = Logger.getLogger("a.store");

    private SecretFaults() {}

    static List<Fault> all() {
        return Fault.list(
                tokens(
                                "a refusal quotes the label",
                                BreakTokens.inserting((store, token) -> {
                                    if (token.slot().isPresent()) {
                                        throw new IllegalArgumentException("no slot wanted: "
                                                + token.label().orElse(""));
                                    }
                                    return store.insert(token);
                                }),
                                "SEC-1")
                        .toNamed(),
                attempts(
                                "a refusal has a cause that quotes the key",
                                AttemptFaults.recording((store, key, expected, next) -> {
                                    if (expected < 0) {
                                        throw new IllegalArgumentException(
                                                "negative",
                                                new IllegalStateException(
                                                        "key " + HexFormat.of().formatHex(key.bytes())));
                                    }
                                    return store.record(key, expected, next);
                                }),
                                "SEC-1")
                        .toNamed(),
                tokens("a refusal is chained to one that quotes the address", SecretFaults::chaining, "SEC-1")
                        .toNamed(),
                Fault.fixture(
                                "a closed store quotes the address",
                                () -> new TellingFixtures.Closing(SecretFaults::closed),
                                "SEC-1")
                        .toNamed(),
                Fault.fixture("a failing store quotes the hash", TellingFixtures.QuotingFailures::new, "SEC-1")
                        .toNamed(),
                stores("a store shows its index", SecretFaults::showingItsIndex, "SEC-2")
                        .toNamed(),
                logging(
                        "addresses are printed",
                        user -> System.out.println("insert " + user.email().canonical())),
                logging("hashes are printed as an error", user -> user.passwordHash()
                        .ifPresent(hash -> System.err.println(hash.encoded()))),
                logging("usernames are logged when somebody looks", user -> user.username()
                        .ifPresent(name -> LOG.log(Level.FINE, "insert {0}", new Object[] {name.entered()}))),
                logging(
                        "addresses are logged as an exception",
                        user -> LOG.log(
                                Level.FINER,
                                "insert",
                                new IllegalStateException(user.email().entered()))),
                tokens(
                                "digests are logged",
                                BreakTokens.inserting((store, token) -> {
                                    LOG.fine(Base64.getEncoder()
                                            .encodeToString(token.digest().bytes()));
                                    return store.insert(token);
                                }),
                                "SEC-3")
                        .toNamed(),
                Fault.fixture("a store writes down whom somebody looked for", TellingFixtures.Remembering::new, "SEC-4")
                        .toNamed(),
                Fault.fixture("a dump shows nothing", () -> new TellingFixtures.Dumping(dump -> ""), "SEC-4")
                        .toNamed(),
                Fault.fixture(
                                "a dump shows the users only",
                                () -> new TellingFixtures.Dumping(dump -> dump.lines()
                                        .filter(line -> line.startsWith("user "))
                                        .collect(Collectors.joining("\n"))),
                                "SEC-4")
                        .toNamed());
    }

    private static Fault logging(String name, Consumer<UserRecord> log) {
        return users(
                        name,
                        BreakUsers.inserting((store, user) -> {
                            log.accept(user);
                            return store.insert(user);
                        }),
                        "SEC-3")
                .toNamed();
    }

    private static TokenStore chaining(TokenStore store) {
        return new ForwardingTokenStore(store) {
            @Override
            public InsertTokenOutcome insert(StoredToken token) {
                if (token.slot().isPresent()) {
                    SQLException first = new SQLException("refused");
                    first.setNextException(
                            new SQLException("sent to " + token.sentTo().orElse("")));
                    throw new IllegalArgumentException(first);
                }
                return correct.insert(token);
            }
        };
    }

    private static AuthStores closed(AuthStores correct) {
        UserStore users = BreakUsers.inserting((store, user) -> {
                    throw StoreException.nothingHappened(
                            "closed", new IllegalStateException(user.email().entered()));
                })
                .apply(correct.users());
        return AuthStores.of(users, correct.tokens(), correct.attempts());
    }

    private static AuthStores showingItsIndex(AuthStores correct) {
        Set<String> index = ConcurrentHashMap.newKeySet();
        UserStore users = new ForwardingUserStore(correct.users()) {
            @Override
            public InsertUserOutcome insert(UserRecord user) {
                index.add(user.email().canonical());
                return correct.insert(user);
            }

            @Override
            public String toString() {
                return "Users" + index;
            }
        };
        return AuthStores.of(users, correct.tokens(), correct.attempts());
    }
}
