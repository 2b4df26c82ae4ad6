package dev.minotaur.auth.password;

import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;

/**
 * What a new password must be: long enough, and nothing that is guessed first. No composition rules and no expiry (NIST SP
 * 800-63B-4 section 3.1.1.2, ASVS 6.2.5 and 6.2.10). Immutable and safe for use by many threads.
 *
 * <p>A password is compared as a whole with what is refused, never in part: whatever holds a refused word and enough else is
 * good (NIST SP 800-63B-4 section 3.1.1.2).
 */
public final class PasswordPolicy {

    /** The longest least length that can be asked for: every password field must accept 64 code points. */
    public static final int MAX_MIN_LENGTH = 64;

    private final int profileLength;
    private final int minLength;
    private final ContextWords contextWords;

    private PasswordPolicy(int profileLength, int minLength, ContextWords contextWords) {
        this.profileLength = profileLength;
        this.minLength = minLength;
        this.contextWords = contextWords;
    }

    /**
     * For accounts whose only factor is the password: at least 15 code points.
     *
     * @return the default policy
     */
    public static PasswordPolicy soleFactor() {
        return new PasswordPolicy(15, 15, ContextWords.none());
    }

    /**
     * For accounts that always ask for a second factor: at least 8 code points. Without one, a password this short can be
     * guessed.
     *
     * @return the weaker policy
     */
    public static PasswordPolicy behindSecondFactor() {
        return new PasswordPolicy(8, 8, ContextWords.none());
    }

    /**
     * Asks for more code points than the profile does. A profile's length is never lowered.
     *
     * @param codePoints the fewest code points after NFC
     * @return such a policy
     * @throws IllegalArgumentException if it is below the profile's or above {@link #MAX_MIN_LENGTH}
     */
    public PasswordPolicy withMinLength(int codePoints) {
        if (codePoints < profileLength || codePoints > MAX_MIN_LENGTH) {
            throw new IllegalArgumentException(
                    "this profile's least length of a password is " + profileLength + " to 64");
        }
        return new PasswordPolicy(profileLength, codePoints, contextWords);
    }

    /**
     * Adds words that whoever guesses a password of this application tries first: its name, its maker's, its domain (ASVS
     * 6.1.2, 6.2.11). The account's own words, which are its e-mail address and its username, are added by the account
     * rules.
     *
     * <p>A word counts in the parts that its spaces and punctuation divide, without regard to case. A password is refused as
     * {@link PasswordProblem#CONTEXT} if it is nothing but such parts, in any order and however often, with any spaces and
     * punctuation and at most four further digits.
     *
     * @param words the words, each with something in it that is neither space nor punctuation
     * @return such a policy
     * @throws IllegalArgumentException if a word has nothing else in it
     */
    public PasswordPolicy withContextWords(String... words) {
        return new PasswordPolicy(profileLength, minLength, contextWords.and(Arrays.asList(words)));
    }

    /**
     * The fewest code points after NFC.
     *
     * @return 8 to 64
     */
    public int minLength() {
        return minLength;
    }

    /**
     * Checks a new password, by what is in the memory of this process. It is compared in lower case with the list of common
     * passwords, which has more than the 3000 most common of those that have the least length, up to one of 17, and all that
     * its source knows above (ASVS 6.2.4).
     *
     * @param password the password
     * @param maxUtf8Bytes what the hasher takes, see {@link PasswordHasher#maxUtf8Bytes}
     * @param ownWords further context words, of the account that it is for; one with nothing but spaces and punctuation
     *     counts for nothing
     * @return the first problem in the order of the constants of {@link PasswordProblem}, or empty if there is none
     */
    public Optional<PasswordProblem> check(RawPassword password, int maxUtf8Bytes, Collection<String> ownWords) {
        if (!password.isWellFormed()) {
            return Optional.of(PasswordProblem.NOT_TEXT);
        }
        if (password.length() < minLength) {
            return Optional.of(PasswordProblem.TOO_SHORT);
        }
        if (!password.isHashable() || password.utf8Length() > maxUtf8Bytes) {
            return Optional.of(PasswordProblem.TOO_LONG);
        }
        try (FoldedPassword folded = FoldedPassword.of(password)) {
            if (CommonPasswords.list().contains(folded)) {
                return Optional.of(PasswordProblem.COMMON);
            }
            return contextWords.with(ownWords).compose(folded)
                    ? Optional.of(PasswordProblem.CONTEXT)
                    : Optional.empty();
        }
    }
}
