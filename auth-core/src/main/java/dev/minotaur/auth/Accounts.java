package dev.minotaur.auth;

import dev.minotaur.auth.mail.Mailer;
import dev.minotaur.auth.password.DelegatingPasswordHasher;
import dev.minotaur.auth.password.PasswordHasher;
import dev.minotaur.auth.password.PasswordPolicy;
import dev.minotaur.auth.spi.AuthStores;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The entry point: the account rules over a set of stores, grouped by subject. Immutable and safe for use by many threads,
 * also virtual ones; one instance serves an application.
 *
 * <p>Outcomes that a user can cause are results with two or more arms. Exceptions are left for what is wrong with the program
 * or the machine: {@link NullPointerException} for a null argument, {@link IllegalStateException} for a call after {@link
 * #close} or without the option it needs, and {@link dev.minotaur.auth.spi.StoreException} when a store fails; no rule takes
 * that for an answer, so a store that is down signs nobody in.
 *
 * <p>Several instances, in several processes, may work on the same stores at the same time.
 */
public final class Accounts implements AutoCloseable {

    private final Kernel kernel;
    private final boolean closes;
    private final Registration registration;
    private final SignIn signIn;
    private final Sessions sessions;
    private final SignUp signUp;
    private final Passwords passwords;
    private final PasswordReset passwordReset;
    private final SignInLink signInLink;
    private final EmailChange emailChange;
    private final UsernameChange usernameChange;
    private final Closing closing;
    private final UserImport userImport;
    private final Administration administration;

    private Accounts(Kernel kernel, boolean closes) {
        this.kernel = kernel;
        this.closes = closes;
        this.sessions = new Sessions(kernel);
        this.registration = new Registration(kernel);
        this.signIn = new SignIn(kernel, sessions);
        this.signUp = new SignUp(kernel);
        this.passwords = new Passwords(kernel, sessions);
        this.passwordReset = new PasswordReset(kernel, sessions);
        this.signInLink = new SignInLink(kernel, sessions);
        this.emailChange = new EmailChange(kernel, sessions);
        this.usernameChange = new UsernameChange(kernel, sessions);
        this.closing = new Closing(kernel, sessions);
        this.userImport = new UserImport(kernel);
        this.administration = new Administration(kernel, sessions, passwordReset, closing);
    }

    /**
     * Starts with the strict defaults: 15 code points for a password, bcrypt-sha256 at cost 12, no sign-in before the
     * e-mail address is confirmed.
     *
     * @param stores where everything is kept
     * @return the builder
     */
    public static Builder builder(AuthStores stores) {
        return new Builder(Objects.requireNonNull(stores, "stores"));
    }

    /**
     * How users come to be: by a link to the address that they prove.
     *
     * @return the rules
     */
    public SignUp signUp() {
        return signUp;
    }

    /**
     * How users come to be in the open form, without proof of an address.
     *
     * @return the rules
     */
    public Registration registration() {
        return registration;
    }

    /**
     * How a session begins.
     *
     * @return the rules
     */
    public SignIn signIn() {
        return signIn;
    }

    /**
     * How a session is checked, listed and ended.
     *
     * @return the rules
     */
    public Sessions sessions() {
        return sessions;
    }

    /**
     * How a password is changed.
     *
     * @return the rules
     */
    public Passwords passwords() {
        return passwords;
    }

    /**
     * How a forgotten password is set anew.
     *
     * @return the rules
     */
    public PasswordReset passwordReset() {
        return passwordReset;
    }

    /**
     * How a session begins by a link in a mail, where that is allowed.
     *
     * @return the rules
     */
    public SignInLink signInLink() {
        return signInLink;
    }

    /**
     * How an e-mail address is changed.
     *
     * @return the rules
     */
    public EmailChange emailChange() {
        return emailChange;
    }

    /**
     * How a username is changed.
     *
     * @return the rules
     */
    public UsernameChange usernameChange() {
        return usernameChange;
    }

    /**
     * How an account is closed by its owner.
     *
     * @return the rules
     */
    public Closing closing() {
        return closing;
    }

    /**
     * How users of another system are brought over.
     *
     * @return the rules
     */
    public UserImport userImport() {
        return userImport;
    }

    /**
     * What an operator may do to an account, and the purge.
     *
     * @return the rules
     */
    public Administration administration() {
        return administration;
    }

    /**
     * The same rules for the calls of one client, whose address the events carry. Cheap: made for each request. To close what
     * is returned does nothing; when this instance is closed, both are.
     *
     * @param address where the request comes from, as the application trusts it; any text, see {@link AuthEvent#client}
     * @return the rules
     */
    public Accounts forClient(String address) {
        return new Accounts(kernel.forClient(address), false);
    }

    /**
     * Ends this instance: every later call throws {@link IllegalStateException}. Messages that were accepted are sent, for at
     * most 5 seconds. The stores are the caller's to close. A second call does nothing, nor does a call on what {@link
     * #forClient} returned.
     */
    @Override
    public void close() {
        if (closes) {
            kernel.close();
        }
    }

    /**
     * Sets what differs from the defaults. The options that are on or off and weaken something have names that say so.
     */
    public static final class Builder {

        private static final int LEAST_FAILURES = 10;
        private static final int MOST_FAILURES = 100;

        final AuthStores stores;
        PasswordHasher hasher = DelegatingPasswordHasher.defaults();
        int parallelHashes = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        Duration hashingPatience = Duration.ofSeconds(5);
        EmailPolicy emailPolicy = EmailPolicy.asciiLocalPart();
        UsernamePolicy usernamePolicy = UsernamePolicy.ascii();
        PasswordPolicy passwordPolicy = PasswordPolicy.soleFactor();
        SessionPolicy sessionPolicy = SessionPolicy.defaults();
        AttemptPolicy attemptPolicy = AttemptPolicy.defaults();
        boolean unconfirmedMaySignIn;
        boolean takenEmailIsRevealed;
        Optional<Instant> voidIssuedBefore = Optional.empty();
        Clock clock = Clock.systemUTC();
        SecureRandom random = new SecureRandom();
        AuthListener listener = event -> {};
        boolean emailedLinkSignsIn;
        Duration recentWithin = Duration.ofMinutes(15);
        int passwordDisabledAfter = MOST_FAILURES;
        ClientLimit clientLimit = (client, now) -> Optional.empty();
        Duration closedKept = Duration.ofDays(30);
        LinkPolicy linkPolicy = LinkPolicy.defaults();
        Optional<Mailer> mailer = Optional.empty();
        Optional<Executor> executor = Optional.empty();
        int mailsWaiting = 1000;

        private Builder(AuthStores stores) {
            this.stores = stores;
        }

        /**
         * Sets the hasher. The default makes bcrypt-sha256 at cost 12, and reads and replaces hashes of other formats: {@link
         * DelegatingPasswordHasher#defaults}.
         *
         * @param hasher makes and verifies hashes
         * @return this builder
         */
        public Builder hasher(PasswordHasher hasher) {
            this.hasher = Objects.requireNonNull(hasher, "hasher");
            return this;
        }

        /**
         * Bounds how many passwords are hashed at a time, and how long a caller waits for its turn before it is told that the
         * machine is busy, as it is if the thread is interrupted. The default is half the processors, at least one, and 5
         * seconds.
         *
         * @param parallel at least 1
         * @param patience 0 to a minute
         * @return this builder
         * @throws IllegalArgumentException if a value is out of its range
         */
        public Builder hashingLimit(int parallel, Duration patience) {
            if (parallel < 1 || patience.isNegative() || patience.compareTo(Duration.ofMinutes(1)) > 0) {
                throw new IllegalArgumentException("at least one hash at a time, after a wait of 0 to a minute");
            }
            this.parallelHashes = parallel;
            this.hashingPatience = patience;
            return this;
        }

        /**
         * Sets which e-mail addresses are accepted. The default is {@link EmailPolicy#asciiLocalPart}.
         *
         * @param policy the policy
         * @return this builder
         */
        public Builder emailPolicy(EmailPolicy policy) {
            this.emailPolicy = Objects.requireNonNull(policy, "policy");
            return this;
        }

        /**
         * Sets which usernames are accepted. The default is {@link UsernamePolicy#ascii}.
         *
         * @param policy the policy
         * @return this builder
         */
        public Builder usernamePolicy(UsernamePolicy policy) {
            this.usernamePolicy = Objects.requireNonNull(policy, "policy");
            return this;
        }

        /**
         * Sets what a new password must be. The default is {@link PasswordPolicy#soleFactor}.
         *
         * @param policy the policy
         * @return this builder
         */
        public Builder passwordPolicy(PasswordPolicy policy) {
            this.passwordPolicy = Objects.requireNonNull(policy, "policy");
            return this;
        }

        /**
         * Sets how long sessions live. The default is {@link SessionPolicy#defaults}.
         *
         * @param policy the policy
         * @return this builder
         */
        public Builder sessionPolicy(SessionPolicy policy) {
            this.sessionPolicy = Objects.requireNonNull(policy, "policy");
            return this;
        }

        /**
         * Sets how often a password may be guessed. The default is {@link AttemptPolicy#defaults}.
         *
         * @param policy the policy
         * @return this builder
         */
        public Builder attemptPolicy(AttemptPolicy policy) {
            this.attemptPolicy = Objects.requireNonNull(policy, "policy");
            return this;
        }

        /**
         * Sets a bound on attempts by client, beside that by identifier. The default is none.
         *
         * @param limit the bound
         * @return this builder
         */
        public Builder clientLimit(ClientLimit limit) {
            this.clientLimit = Objects.requireNonNull(limit, "limit");
            return this;
        }

        /**
         * Sets after how many wrong passwords in a row a password is disabled until its owner sets another by a reset; the
         * default is 100, the most that NIST SP 800-63B-4 section 3.2.2 allows. What is counted are attempts that were looked
         * at and let nobody in, by identifier: of an account with a username each of the two has half. What has to wait is not
         * looked at and counts nothing, so that at the default {@link AttemptPolicy} they take days. The owner is told by mail,
         * live sessions go on, and a success before the last forgets them. It is done after the answer, which tells nothing of
         * it, and not to an account that nobody is let in to: one that is not active, or whose address is not proven. Until it
         * is done, however busy the threads are, the right password is refused as a wrong one under that identifier; let in
         * under the other, it forgets the failures of both.
         *
         * <p>Without a mailer no password is disabled, for nothing could set another.
         *
         * @param failures 10 to 100
         * @return this builder
         * @throws IllegalArgumentException if it is out of that range
         */
        public Builder passwordDisabledAfter(int failures) {
            if (failures < LEAST_FAILURES || failures > MOST_FAILURES) {
                throw new IllegalArgumentException(
                        "a password is disabled after " + LEAST_FAILURES + " to " + MOST_FAILURES + " failures");
            }
            this.passwordDisabledAfter = failures;
            return this;
        }

        /**
         * Lets users sign in whose e-mail address was never proven. What is lost: anybody can register with anybody's address,
         * and wait there for its owner.
         *
         * @return this builder
         */
        public Builder allowUnconfirmedSignIn() {
            this.unconfirmedMaySignIn = true;
            return this;
        }

        /**
         * Lets a registration be told that its e-mail address is taken. What is lost: anybody can find out who has an account
         * (ASVS 6.3.8).
         *
         * @return this builder
         */
        public Builder revealTakenEmail() {
            this.takenEmailIsRevealed = true;
            return this;
        }

        /**
         * Lets the owner of an account sign in by a link that is sent to its address. What is lost: whoever can read the
         * owner's mail is the owner; e-mail is no factor of authentication (ASVS 6.3.6, NIST SP 800-63B-4 section 3.1.3.1).
         *
         * @return this builder
         */
        public Builder allowSignInByEmailedLink() {
            this.emailedLinkSignsIn = true;
            return this;
        }

        /**
         * Sets how recently a user must have authenticated to change an identifier or close the account (ASVS 7.5.1). The
         * default is 15 minutes.
         *
         * @param within above 0, at most a day
         * @return this builder
         * @throws IllegalArgumentException if it is out of its range
         */
        public Builder recentWithin(Duration within) {
            if (within.isNegative() || within.isZero() || within.compareTo(Duration.ofDays(1)) > 0) {
                throw new IllegalArgumentException("recent is above 0 and at most a day");
            }
            this.recentWithin = within;
            return this;
        }

        /**
         * Sets how long a closed account is kept, from its last change, before a purge removes it. The default is 30 days.
         *
         * @param kept 0 to 3660 days
         * @return this builder
         * @throws IllegalArgumentException if it is out of its range
         */
        public Builder closedAccountsKept(Duration kept) {
            if (kept.isNegative() || kept.compareTo(Duration.ofDays(3660)) > 0) {
                throw new IllegalArgumentException("closed accounts are kept for 0 to 3660 days");
            }
            this.closedKept = kept;
            return this;
        }

        /**
         * Declares void whatever token was issued before an instant: for after a restore or a failover that may have lost the
         * end of a session.
         *
         * @param instant the first time of issue that counts
         * @return this builder
         */
        public Builder voidTokensIssuedBefore(Instant instant) {
            this.voidIssuedBefore = Optional.of(instant);
            return this;
        }

        /**
         * Sets the clock. The default is the system's. Instances over the same stores should agree on the time.
         *
         * @param clock the clock
         * @return this builder
         */
        public Builder clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Sets the source of ids, stamps and secrets. The default is a {@code new SecureRandom()}.
         *
         * @param random the source
         * @return this builder
         */
        public Builder random(SecureRandom random) {
            this.random = Objects.requireNonNull(random, "random");
            return this;
        }

        /**
         * Sets who is told what happened. The default is nobody.
         *
         * @param listener the listener
         * @return this builder
         */
        public Builder listener(AuthListener listener) {
            this.listener = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /**
         * Sets who sends messages to users. Without one the rules that send links throw {@link IllegalStateException}, and
         * nobody is told of changes.
         *
         * @param mailer the mailer
         * @return this builder
         */
        public Builder mailer(Mailer mailer) {
            this.mailer = Optional.of(mailer);
            return this;
        }

        /**
         * Sets how long links are good and how many mails go to one address. The default is {@link LinkPolicy#defaults}.
         *
         * @param policy the policy
         * @return this builder
         */
        public Builder linkPolicy(LinkPolicy policy) {
            this.linkPolicy = Objects.requireNonNull(policy, "policy");
            return this;
        }

        /**
         * Sets where messages are written and sent, so that no answer waits for it or tells of it. The default is two daemon
         * threads of this instance's own, which {@link Accounts#close} lets finish for 5 seconds. An executor that is given
         * here stays the caller's to close; one that runs a task on the calling thread makes the time of an answer tell whether
         * an address is known, and is for tests.
         *
         * @param executor runs each task once, or refuses it by {@link java.util.concurrent.RejectedExecutionException}
         * @return this builder
         */
        public Builder executor(Executor executor) {
            this.executor = Optional.of(executor);
            return this;
        }

        /**
         * Bounds how many messages may wait or be under way; beyond that, requests for links are answered {@link
         * LinkRequestRefusal#BUSY} and notices are dropped, which the listener is told. The default is 1000.
         *
         * @param messages 1 to 1,000,000
         * @return this builder
         * @throws IllegalArgumentException if it is out of its range
         */
        public Builder mailsWaiting(int messages) {
            if (messages < 1 || messages > 1_000_000) {
                throw new IllegalArgumentException("1 to 1,000,000 messages wait");
            }
            this.mailsWaiting = messages;
            return this;
        }

        /**
         * Makes the entry point.
         *
         * @return the account rules
         */
        public Accounts build() {
            return new Accounts(new Kernel(this), true);
        }
    }
}
