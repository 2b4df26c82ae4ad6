package dev.minotaur.auth.testkit;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.Administration;
import dev.minotaur.auth.User;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.password.PasswordHasher;
import dev.minotaur.auth.password.PasswordVerification;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What another handle sees of somebody's account, in words; looking at it changes nothing. */
final class Witness {

    static final String ACCOUNT = "the account";
    static final String PASSWORD = "the password";
    static final String SESSIONS = "good sessions";
    static final String NEW_SESSION = "the new session";

    private final Person person;
    private final Accounts accounts;
    private final UserStore users;
    private final PasswordHasher hasher;
    private final Map<String, String> tokens = new TreeMap<>();
    private final Map<String, String> verified = new HashMap<>();

    Witness(Person person, Accounts accounts, UserStore users, PasswordHasher hasher) {
        this.person = person;
        this.accounts = accounts;
        this.users = users;
        this.hasher = hasher;
    }

    /** Has an eye on a session too. */
    String watch(String name, String token) {
        tokens.put(name, token);
        return token;
    }

    Sight look() {
        Optional<User> user = accounts.administration().find(person.email());
        Sight sight = new Sight()
                .with(ACCOUNT, account(user))
                .with(PASSWORD, user.map(this::password).orElse("none"))
                .with(
                        SESSIONS,
                        user.map(found -> accounts.sessions().list(found.id()).size())
                                .orElse(0));
        for (Map.Entry<String, String> token : tokens.entrySet()) {
            boolean live = Person.check(accounts, token.getValue()).equals(AccountBase.LIVE);
            sight = sight.with(token.getKey(), live ? SignInFaultRules.GOOD : SignInFaultRules.ENDED);
        }
        return sight;
    }

    private String account(Optional<User> byEmail) {
        Administration administration = accounts.administration();
        Optional<User> byUsername = administration.find(person.username());
        if (!byEmail.map(User::id).equals(byUsername.map(User::id))) {
            return "found by one identifier, and by the other not";
        } else if (byEmail.isEmpty()) {
            return "none";
        }
        Optional<User> byId = administration.find(byEmail.get().id());
        return byId.map(user -> user.status().name()).orElse("found by its identifiers, and not by its id");
    }

    private String password(User user) {
        return users.findByEmail(user.email().canonical())
                .flatMap(UserRecord::passwordHash)
                .map(hash -> verified.computeIfAbsent(hash.encoded(), encoded -> password(hash)))
                .orElse("none");
    }

    private String password(PasswordHash hash) {
        if (isOf(hash, Person.PASSWORD)) {
            return "the old one";
        }
        return isOf(hash, Person.NEXT_PASSWORD) ? "the new one" : "some other";
    }

    private boolean isOf(PasswordHash hash, String password) {
        PasswordVerification verification = hasher.verify(RawPassword.ofString(password), hash);
        return verification == PasswordVerification.SUCCEEDED
                || verification == PasswordVerification.SUCCEEDED_REHASH_NEEDED;
    }
}
