package dev.minotaur.auth.password;

import java.util.Optional;

/**
 * What a new password must be. Only its length: no composition rules and no expiry (NIST SP 800-63B-4 section 3.1.1.2, ASVS
 * 6.2.5 and 6.2.10).
 *
 * @param minLength the fewest code points after NFC, at least 8
 */
public record PasswordPolicy(int minLength) {

    /**
     * Makes a policy.
     *
     * @param minLength the fewest code points after NFC
     * @throws IllegalArgumentException if it is below 8 or above 64, which every password field must accept
     */
    public PasswordPolicy {
        if (minLength < 8 || minLength > 64) {
            throw new IllegalArgumentException("a password's least length is 8 to 64");
        }
    }

    /**
     * For accounts whose only factor is the password: 15 code points.
     *
     * @return the default policy
     */
    public static PasswordPolicy soleFactor() {
        return new PasswordPolicy(15);
    }

    /**
     * For accounts that always ask for a second factor: 8 code points. Without one, a password this short can be guessed.
     *
     * @return the weaker policy
     */
    public static PasswordPolicy behindSecondFactor() {
        return new PasswordPolicy(8);
    }

    /**
     * Checks a new password.
     *
     * @param password the password
     * @param maxUtf8Bytes what the hasher takes, see {@link PasswordHasher#maxUtf8Bytes}
     * @return the first problem in the order of the constants of {@link PasswordProblem} after {@code NOT_TEXT}, or empty if
     *     the password is good
     */
    public Optional<PasswordProblem> check(RawPassword password, int maxUtf8Bytes) {
        if (!password.isWellFormed()) {
            return Optional.of(PasswordProblem.NOT_TEXT);
        }
        if (password.length() < minLength) {
            return Optional.of(PasswordProblem.TOO_SHORT);
        }
        if (!password.isHashable() || password.utf8Length() > maxUtf8Bytes) {
            return Optional.of(PasswordProblem.TOO_LONG);
        }
        return Optional.empty();
    }
}
