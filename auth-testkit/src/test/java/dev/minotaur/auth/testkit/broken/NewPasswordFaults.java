package dev.minotaur.auth.testkit.broken;

import static dev.minotaur.auth.testkit.broken.Fault.stores;
import static dev.minotaur.auth.testkit.broken.Fault.tokens;

import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenWithUser;
import dev.minotaur.auth.spi.UserRecord;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Stores over which a new password is compared with what is not the account's. */
final class NewPasswordFaults {

    private NewPasswordFaults() {}

    static List<Fault> all() {
        return Fault.list(
                stores(
                                "a joined read that forgets the username",
                                stores -> joined(
                                        stores,
                                        user -> user.toBuilder().username(null).build()),
                                "ACC-34",
                                "RST-20")
                        .toAccounts(),
                stores(
                                "a joined read that gives everybody one address",
                                stores -> joined(stores, user -> user.toBuilder()
                                        .email(new EmailAddress("someone@example.com", "someone@example.com"))
                                        .build()),
                                "ACC-34",
                                "RST-20")
                        .toAccounts(),
                tokens(
                                "links that were all sent to one address",
                                BreakTokens.finding(
                                        (store, id) -> store.find(id).map(NewPasswordFaults::sentElsewhere)),
                                "SUP-20")
                        .toAccounts());
    }

    private static AuthStores joined(AuthStores stores, UnaryOperator<UserRecord> read) {
        return new StoresFaults.Grouped(stores) {
            @Override
            public Optional<TokenWithUser> findTokenWithUser(TokenId id) {
                return correct.findTokenWithUser(id)
                        .map(pair -> new TokenWithUser(pair.token(), read.apply(pair.user())));
            }
        };
    }

    private static StoredToken sentElsewhere(StoredToken token) {
        return token.sentTo().isEmpty()
                ? token
                : token.toBuilder().sentTo("someone@example.com").build();
    }
}
