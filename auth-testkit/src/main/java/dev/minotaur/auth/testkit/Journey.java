package dev.minotaur.auth.testkit;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.PasswordChangeResult;
import dev.minotaur.auth.RawToken;
import dev.minotaur.auth.SessionOptions;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.mail.MailMessage;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.UserRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** All that can be done with an account, by somebody whose values are looked for afterwards. */
final class Journey {

    static final String SIGNING_IN = "signing in";
    static final String GUESSING = "guessing";
    static final String DELETING = "deleting";
    static final String ASKING = "asking for links";

    /** The one path that reaches the rows of others. */
    static final String PURGING = "purging";

    private static final int ID_BYTES = 16;
    private static final int SALT_CHARS = 29;

    private final Markers secrets = new Markers();
    private final Markers kept = new Markers();
    private final Markers label = new Markers();
    private final List<String> shown = new ArrayList<>();
    private final String email = "Marked." + marked(kept, "the e-mail address") + "@Example.org";
    private final String newcomer = "New." + marked(kept, "the address to sign up with") + "@Example.org";
    private final String stranger = "Nobody." + marked(secrets, "the address of somebody unknown") + "@example.org";
    private final String username;
    private final String name = "label " + marked(label, "the label");
    private final String password = "first " + marked(secrets, "the password");
    private final String next = "second " + marked(secrets, "the new password");
    private final String guess = "wrong " + marked(secrets, "a wrong password");
    private final Mailbox mailbox = new Mailbox();
    private final AuthStores stores;
    private final MutableClock clock;
    private final Accounts accounts;
    private final Accounts costlier;

    /**
     * Makes one.
     *
     * @param stores the stores below the accounts
     * @param settings of the account rules; to be built here, for the events to be shown
     * @param clock the clock of the rules
     */
    Journey(AuthStores stores, Accounts.Builder settings, MutableClock clock) {
        this.stores = stores;
        this.clock = clock;
        settings.listener(event -> shown.add(event.toString())).mailer(mailbox).executor(Runnable::run);
        this.accounts = settings.build();
        this.costlier = settings.hasher(new CountingHasher(5)).build();
        String unique = Samples.unique().substring(0, 24);
        kept.text("the username", unique);
        this.username = "Marked_" + unique;
        kept.bytes("the key of attempts", sha256(canonical(email)));
        kept.bytes("the key of attempts", sha256(canonical(username)));
        kept.bytes("the key of attempts", sha256(canonical(stranger)));
        for (String address : List.of(email, newcomer, stranger)) {
            kept.bytes("the key of mails", sha256("mail\0sign-up\0" + canonical(address)));
            kept.bytes("the key of mails", sha256("mail\0password-reset\0" + canonical(address)));
        }
    }

    private static String marked(Markers markers, String name) {
        String value = Samples.unique();
        markers.text(name, value);
        return value;
    }

    /** What no store is ever given. */
    Markers secrets() {
        return secrets;
    }

    /** What the stores keep, and nobody else may see. */
    Markers kept() {
        return kept;
    }

    /** What an application names its sessions: it is shown to it, and to nobody else. */
    Markers label() {
        return label;
    }

    /** All results and events as text. */
    List<String> shown() {
        return shown;
    }

    /** In the order in which they are to be gone. */
    Map<String, Runnable> paths() {
        Map<String, Runnable> paths = new LinkedHashMap<>();
        paths.put("registering", this::register);
        paths.put(SIGNING_IN, this::signIn);
        paths.put("using a session", this::use);
        paths.put("changing the password", this::change);
        paths.put("ending sessions", this::end);
        paths.put(GUESSING, this::guess);
        paths.put(ASKING, this::ask);
        paths.put("signing up by a link", this::signUp);
        paths.put("resetting the password by a link", this::reset);
        paths.put("disabling", this::disable);
        paths.put(PURGING, this::purge);
        paths.put(DELETING, this::delete);
        return paths;
    }

    /** What can be read of this person through the stores. */
    String readBack() {
        Optional<UserRecord> user = stores.users().findByEmail(canonical(email));
        return InFull.of(user) + "\n"
                + InFull.of(user.map(found -> stores.tokens().listByUser(found.id(), TokenPurpose.SESSION))) + "\n"
                + InFull.of(user.map(found -> stores.tokens().listByUser(found.id(), TokenPurpose.PASSWORD_RESET)))
                + "\n" + InFull.of(stores.users().findByEmail(canonical(newcomer)));
    }

    String canonicalEmail() {
        return canonical(email);
    }

    /** The id of one of the sessions there are. */
    String sessionId() {
        return accounts.sessions().list(id()).get(0).id().toString();
    }

    private void register() {
        show(register(email, username));
        show(register(email, "other" + username.substring(10)));
        show(register(stranger, username));
        noteHash(email);
    }

    private void signIn() {
        show(withPassword(email, guess));
        show(withPassword(stranger, guess));
        show(withPassword(password, guess));
        show(withPassword(email, password));
        show(withPassword(username, password));
        show(costlier.signIn().withPassword(email, RawPassword.ofString(password)));
        noteHash(email);
    }

    private void use() {
        String token = token(password);
        show(accounts.sessions().check(token));
        show(accounts.sessions().check(token.substring(0, 60) + "AAAA"));
        show(accounts.sessions().list(id()));
        show(accounts.administration().find(email));
        clock.advance(Duration.ofHours(2));
        show(accounts.sessions().check(token));
    }

    private void change() {
        String token = token(password);
        show(accounts.passwords().change(token, RawPassword.ofString(guess), RawPassword.ofString(next)));
        var result = accounts.passwords().change(token, RawPassword.ofString(password), RawPassword.ofString(next));
        if (result instanceof PasswordChangeResult.Changed changed) {
            changed.token().ifPresent(this::note);
        }
        show(result);
        show(accounts.sessions().check(token));
        noteHash(email);
    }

    private void end() {
        show(accounts.sessions().end(token(next)));
        show(accounts.sessions().end(id(), signedIn(next).session().id()));
        show(accounts.sessions().endOthers(id(), signedIn(next).session().id()));
        show(accounts.sessions().endAll(id()));
        show(accounts.sessions().check(token(next)));
    }

    private void guess() {
        for (int i = 0; i < 7; i++) {
            show(withPassword(email, guess));
        }
        clock.advance(Duration.ofHours(2));
        show(accounts.sessions().check(token(next)));
    }

    private void ask() {
        for (int i = 0; i < 2; i++) {
            show(accounts.signUp().request(newcomer));
            show(accounts.passwordReset().request(email));
        }
        show(accounts.signUp().request(email));
        show(accounts.passwordReset().request(stranger));
        for (MailMessage message : mailbox.messages()) {
            show(message);
            Mailbox.token(message).ifPresent(token -> {
                note(token);
                show(token);
                show(accounts.signUp().look(token.reveal()));
                show(accounts.passwordReset().look(token.reveal()));
            });
        }
    }

    private void signUp() {
        for (String token : mailbox.tokens(newcomer)) {
            show(accounts.signUp().confirm(token, RawPassword.ofString("short")));
            show(accounts.signUp().confirm(token, username, RawPassword.ofString(password)));
            show(accounts.signUp().confirm(token, RawPassword.ofString(password)));
            noteHash(newcomer);
            show(accounts.signUp().confirm(token, RawPassword.ofString(password)));
        }
        show(accounts.signUp().request(newcomer));
        accounts.administration()
                .find(newcomer)
                .ifPresent(user -> show(accounts.administration().delete(user.id())));
    }

    private void reset() {
        for (String token : mailbox.tokens(email)) {
            show(accounts.passwordReset().use(token, RawPassword.ofString("short")));
            show(accounts.passwordReset().use(token, RawPassword.ofString(next)));
            noteHash(email);
            show(accounts.passwordReset().use(token, RawPassword.ofString(next)));
        }
        mailbox.messages().forEach(this::show);
    }

    private void disable() {
        show(accounts.administration().disable(id()));
        show(withPassword(email, next));
        show(accounts.administration().enable(id()));
        show(withPassword(email, next));
    }

    private void purge() {
        clock.advance(Duration.ofDays(31));
        show(accounts.administration().purge(10));
    }

    private void delete() {
        show(accounts.administration().delete(id()));
        show(withPassword(email, next));
        show(register(email, username));
        noteHash(email);
        show(accounts.administration().delete(id()));
    }

    private Object register(String address, String name) {
        return accounts.registration().registerUnconfirmed(address, name, RawPassword.ofString(password));
    }

    private SignInResult withPassword(String identifier, String typed) {
        SignInResult result = accounts.signIn()
                .withPassword(
                        identifier,
                        RawPassword.ofString(typed),
                        SessionOptions.none().label(name));
        if (result instanceof SignInResult.SignedIn signedIn) {
            note(signedIn.token());
        }
        return result;
    }

    private SignInResult.SignedIn signedIn(String typed) {
        SignInResult result = withPassword(email, typed);
        show(result);
        if (result instanceof SignInResult.SignedIn signedIn) {
            return signedIn;
        }
        throw new Unmet("sign in", "SignedIn", result.toString());
    }

    private String token(String typed) {
        return signedIn(typed).token().reveal();
    }

    private UserId id() {
        return accounts.administration()
                .find(email)
                .orElseThrow(() -> new Unmet("find by e-mail address", "the user", "empty"))
                .id();
    }

    private void show(Object result) {
        shown.add(String.valueOf(result));
    }

    private void note(RawToken token) {
        byte[] both = Base64.getUrlDecoder().decode(token.reveal());
        byte[] secret = Arrays.copyOfRange(both, ID_BYTES, both.length);
        secrets.text("a token", token.reveal());
        secrets.bytes("the secret half of a token", secret);
        kept.bytes("the digest of a token", sha256(secret));
    }

    /** Without scheme, cost and salt: the part that nothing else has. */
    private void noteHash(String address) {
        stores.users()
                .findByEmail(canonical(address))
                .flatMap(UserRecord::passwordHash)
                .map(PasswordHash::encoded)
                .ifPresent(hash -> kept.text("the password hash", hash.substring(SALT_CHARS)));
    }

    private static String canonical(String identifier) {
        return identifier.toLowerCase(Locale.ROOT);
    }

    private static byte[] sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java has SHA-256", impossible);
        }
    }
}
