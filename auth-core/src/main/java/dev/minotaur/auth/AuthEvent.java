package dev.minotaur.auth;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that an operator may want to log, count or be woken by. It names ids, never an e-mail address, a username or a
 * secret, and all its text is of this library's own words, but for {@link #client}, which is what the application gave.
 */
public final class AuthEvent {

    /** What happened. A constant may be added in a minor version. */
    public enum Type {
        /** A user was created. */
        USER_CREATED("user_created"),
        /** A user's status or identifiers were changed; the reason tells to what. */
        USER_UPDATED("user_updated"),
        /** A user's account was closed, to be removed later. */
        USER_ARCHIVED("user_archived"),
        /** A user was deleted: by an operator, or as a closed account by the purge, which the reason tells. */
        USER_DELETED("user_deleted"),
        /** A user signed in. */
        AUTHN_LOGIN_SUCCESS("authn_login_success"),
        /** A sign-in was refused; the reason tells why, which the client is not told. */
        AUTHN_LOGIN_FAIL("authn_login_fail"),
        /** A password was asked for too often in a row and not verified. */
        AUTHN_LOGIN_FAIL_MAX("authn_login_fail_max"),
        /** A password was guessed at so often in a row that it is disabled until a reset. */
        AUTHN_LOGIN_LOCK("authn_login_lock"),
        /** A password was changed. */
        AUTHN_PASSWORD_CHANGE("authn_password_change"),
        /** A change of a password was refused. */
        AUTHN_PASSWORD_CHANGE_FAIL("authn_password_change_fail"),
        /** A link was stored, to be sent; the reason tells its purpose. */
        AUTHN_TOKEN_CREATED("authn_token_created"),
        /** Sessions were ended. */
        AUTHN_TOKEN_REVOKED("authn_token_revoked"),
        /** A link that is not good was used; the reason tells its purpose. To look at one is not told. */
        AUTHN_LINK_FAIL("authn_link_fail"),
        /** Too many mails to one address were asked for; the reason tells their purpose. */
        EXCESS_RATE_LIMIT_EXCEEDED("excess_rate_limit_exceeded"),
        /** A user proved the password once more in a session. */
        AUTHN_REAUTHENTICATION("authn_reauthentication"),
        /** A user did not prove the password once more; the reason tells why. */
        AUTHN_REAUTHENTICATION_FAIL("authn_reauthentication_fail"),
        /** A former secret of a session was presented after its grace: somebody has kept a copy. The session is ended. */
        AUTHN_TOKEN_REUSE("authn_token_reuse"),
        /** A session was given a fresh secret; the reason tells why. */
        SESSION_RENEWED("session_renewed"),
        /** A session that is no longer good was presented with its right secret. */
        SESSION_USE_AFTER_EXPIRE("session_use_after_expire"),
        /** A message was not sent: the mailer refused it, a store failed, or too many were waiting. */
        SYS_MAIL_FAIL("sys_mail_fail"),
        /** Whether a new password is known from a breach could not be told; the reason tells what became of it. */
        SYS_BREACH_CHECK_FAIL("sys_breach_check_fail"),
        /** The bound by client failed, or answered nonsense, and the attempt was refused. */
        SYS_CLIENT_LIMIT_FAIL("sys_client_limit_fail"),
        /** A write that only tidies up failed, after what the caller asked for was done. */
        SYS_HOUSEKEEPING_FAIL("sys_housekeeping_fail");

        private final String code;

        Type(String code) {
            this.code = code;
        }

        /**
         * The name for logs, after the OWASP Logging Vocabulary where that has one.
         *
         * @return lower-case ASCII letters and underscores
         */
        public String code() {
            return code;
        }
    }

    private static final int MAX_CLIENT = 100;

    private final Type type;
    private final Instant at;
    private final Optional<UserId> user;
    private final Optional<TokenId> session;
    private final Optional<String> reason;
    private final Optional<String> client;

    private AuthEvent(
            Type type,
            Instant at,
            Optional<UserId> user,
            Optional<TokenId> session,
            Optional<String> reason,
            Optional<String> client) {
        this.type = type;
        this.at = at;
        this.user = user;
        this.session = session;
        this.reason = reason;
        this.client = client;
    }

    static AuthEvent of(Type type, Instant at) {
        return new AuthEvent(type, at, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static AuthEvent revoked(UserId user, TokenId session, String why, Instant at) {
        return of(Type.AUTHN_TOKEN_REVOKED, at).user(user).session(session).reason(why);
    }

    AuthEvent user(UserId id) {
        return new AuthEvent(type, at, Optional.of(id), session, reason, client);
    }

    AuthEvent session(TokenId id) {
        return new AuthEvent(type, at, user, Optional.of(id), reason, client);
    }

    AuthEvent reason(String word) {
        return new AuthEvent(type, at, user, session, Optional.of(Objects.requireNonNull(word, "word")), client);
    }

    AuthEvent client(String text) {
        return new AuthEvent(type, at, user, session, reason, Optional.of(text));
    }

    /** Printable ASCII as it is, and everything else escaped: such an address is often a header that anybody can send. */
    static String clientText(String address) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(address.length(), MAX_CLIENT); i++) {
            char c = address.charAt(i);
            if (c > ' ' && c < 0x7F && c != '\\') {
                text.append(c);
            } else {
                text.append("\\u").append(HexFormat.of().toHexDigits(c));
            }
        }
        return text.toString();
    }

    /**
     * What happened.
     *
     * @return the type
     */
    public Type type() {
        return type;
    }

    /**
     * When, by the clock of the account rules.
     *
     * @return the time
     */
    public Instant at() {
        return at;
    }

    /**
     * Whom it concerns.
     *
     * @return the user, or empty if none is known
     */
    public Optional<UserId> user() {
        return user;
    }

    /**
     * Which session or link it concerns. It is the id of a link's token where a link was stored, and where a password was set
     * anew by one.
     *
     * @return its public id, or empty if it concerns none or several
     */
    public Optional<TokenId> session() {
        return session;
    }

    /**
     * Why, in one of this library's words such as {@code wrong_password}; for operators, not for the client.
     *
     * @return lower-case ASCII letters and underscores, or empty
     */
    public Optional<String> reason() {
        return reason;
    }

    /**
     * From where the client called, as the application gave it to {@link Accounts#forClient}: its first 100 chars, with all
     * that is not printable ASCII, each space and each backslash written as a backslash, u and four hex digits (ASVS 16.4.1).
     *
     * @return printable ASCII without spaces, or empty if the application gave none
     */
    public Optional<String> client() {
        return client;
    }

    /** {@return one line for a log} */
    @Override
    public String toString() {
        return type.code
                + user.map(id -> " user=" + id).orElse("")
                + session.map(id -> " session=" + id).orElse("")
                + reason.map(word -> " reason=" + word).orElse("")
                + client.map(address -> " client=" + address).orElse("");
    }
}
