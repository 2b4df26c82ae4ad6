package org.example.store;

import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenStore;
import dev.minotaur.auth.spi.TokenWithUser;
import dev.minotaur.auth.spi.UserStore;
import java.nio.file.Path;
import java.util.Optional;

/** Users, tokens and attempts in a RocksDB database of this process. */
public final class RocksAuthStores implements AuthStores, AutoCloseable {

    private final Database database;
    private final UserStore users;
    private final TokenStore tokens;
    private final AttemptStore attempts;

    RocksAuthStores(Database database) {
        this.database = database;
        this.users = new RocksUserStore(database);
        this.tokens = new RocksTokenStore(database);
        this.attempts = new RocksAttemptStore(database);
    }

    /**
     * Opens the database in a directory, and makes one if there is none. No other process may have it open.
     *
     * @param directory the directory
     * @return the stores
     */
    public static RocksAuthStores open(Path directory) {
        return new RocksAuthStores(new Database(directory));
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

    // region token-with-user
    @Override
    public Optional<TokenWithUser> findTokenWithUser(TokenId id) {
        return database.read("find a token and its user", step -> {
            Optional<StoredToken> token = RocksTokenStore.find(step, id);
            return token.isEmpty()
                    ? Optional.empty()
                    : RocksUserStore.find(step, token.get().user()).map(user -> new TokenWithUser(token.get(), user));
        });
    }
    // end region

    /** Closes the database. Calls that come later fail. */
    @Override
    public void close() {
        database.close();
    }
}
