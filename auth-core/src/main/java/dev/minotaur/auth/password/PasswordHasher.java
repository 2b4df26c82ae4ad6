package dev.minotaur.auth.password;

/**
 * Makes and verifies password hashes. An implementation is safe for use by many threads, wipes its copies of a password,
 * and describes scheme and cost in the hash itself, so that hashes of several schemes can lie in one table.
 *
 * <p>For a sign-in, whatever the reason for a refusal, the account rules call {@link #verify}, or {@link #spend} where there
 * is no hash, and where there is one that {@link #verify} cannot read: so each costs one computation, and the time of an answer
 * does not tell which it was.
 */
public interface PasswordHasher {

    /**
     * The longest password that {@link #hash} takes.
     *
     * @return a number of bytes of UTF-8
     */
    int maxUtf8Bytes();

    /**
     * Hashes a password with a new random salt at the current cost.
     *
     * @param password a password that {@link RawPassword#isHashable is hashable} and within {@link #maxUtf8Bytes}
     * @return the hash
     * @throws IllegalArgumentException if it is neither; nothing is ever cut
     */
    PasswordHash hash(RawPassword password);

    /**
     * Verifies a password, in no less work than {@link #spend}: where the stored hash is cheaper, or the password is one that
     * no hash is of, the difference is spent. A hash that cannot be read is told so at once, without a computation: nothing
     * that a stored string says can make it last.
     *
     * <p>Never throws for what the arguments contain. A password that {@link #hash} would refuse fails.
     *
     * @param password what was typed
     * @param stored the stored hash, from whatever source
     * @return what was found
     */
    PasswordVerification verify(RawPassword password, PasswordHash stored);

    /**
     * Whether {@link #verify} can verify against a hash, whatever the password: it does not answer {@link
     * PasswordVerification#UNREADABLE}. Costs no hash computation.
     *
     * @param stored a hash, from whatever source
     * @return whether it can be read
     */
    boolean canRead(PasswordHash stored);

    /**
     * Spends the work of one verification at the current cost: for an account that does not exist or has no password.
     *
     * @param password what was typed
     */
    void spend(RawPassword password);
}
