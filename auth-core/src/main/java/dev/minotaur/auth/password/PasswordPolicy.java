package dev.minotaur.auth.password;

import java.time.Duration;
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
    private final Optional<TimedBreachCheck> breachCheck;
    private final boolean uncheckedAllowed;

    private PasswordPolicy(
            int profileLength,
            int minLength,
            ContextWords contextWords,
            Optional<TimedBreachCheck> breachCheck,
            boolean uncheckedAllowed) {
        this.profileLength = profileLength;
        this.minLength = minLength;
        this.contextWords = contextWords;
        this.breachCheck = breachCheck;
        this.uncheckedAllowed = uncheckedAllowed;
    }

    private static PasswordPolicy profile(int length) {
        return new PasswordPolicy(length, length, ContextWords.none(), Optional.empty(), false);
    }

    /**
     * For accounts whose only factor is the password: at least 15 code points.
     *
     * @return the default policy
     */
    public static PasswordPolicy soleFactor() {
        return profile(15);
    }

    /**
     * For accounts that always ask for a second factor: at least 8 code points. Without one, a password this short can be
     * guessed.
     *
     * @return the weaker policy
     */
    public static PasswordPolicy behindSecondFactor() {
        return profile(8);
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
        return new PasswordPolicy(profileLength, codePoints, contextWords, breachCheck, uncheckedAllowed);
    }

    /**
     * Adds words that whoever guesses a password of this application tries first: its name, its maker's, its domain (ASVS
     * 6.1.2, 6.2.11). The account's own words, which are its e-mail address and its username, are added by the account
     * rules.
     *
     * <p>A word counts as it is, and in the parts that its spaces and signs divide: punctuation, signs of money and of
     * mathematics, accents alone, and what does not show. A password is refused as {@link PasswordProblem#CONTEXT} if it is such
     * a word, or nothing but such parts, in any order and however often, with any spaces and signs and at most four further
     * digits. It is compared without regard to case, letter by letter: SS in a word is not found as ß, nor I as a dotless ı.
     *
     * @param words the words, each with something in it that is neither space nor sign
     * @return such a policy
     * @throws IllegalArgumentException if a word has nothing else in it
     */
    public PasswordPolicy withContextWords(String... words) {
        ContextWords all = contextWords.and(Arrays.asList(words));
        return new PasswordPolicy(profileLength, minLength, all, breachCheck, uncheckedAllowed);
    }

    /**
     * Asks of each new password whether it is known from a breach (ASVS 6.2.12); it replaces a check of before. One that cannot
     * be asked about is refused as {@link PasswordProblem#UNCHECKED}, unless {@link #allowUnchecked}: because the check throws,
     * is late, or 16 of its calls are still under way.
     *
     * <p>The account rules ask last of all, for a password that has passed everything else and is hashed, where whoever sets it
     * has shown a good link or the right current password; in the open form of registration there is neither. While they ask
     * they keep nobody from hashing. The check runs on daemon threads, which end when they have been idle for 5 seconds.
     *
     * @param check whom to ask
     * @param limit how long whoever sets a password waits for the answer, above 0 and at most a minute
     * @return such a policy
     * @throws IllegalArgumentException if the limit is out of its range
     */
    public PasswordPolicy withBreachCheck(BreachCheck check, Duration limit) {
        Optional<TimedBreachCheck> timed = Optional.of(new TimedBreachCheck(check, limit));
        return new PasswordPolicy(profileLength, minLength, contextWords, timed, uncheckedAllowed);
    }

    /**
     * Accepts a password where the breach check fails or is late. What is lost: while it is down, or somebody keeps it from
     * answering, passwords are set that are known from breaches. What is gained: a password can be set then.
     *
     * @return such a policy
     */
    public PasswordPolicy allowUnchecked() {
        return new PasswordPolicy(profileLength, minLength, contextWords, breachCheck, true);
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
     * @param ownWords further context words, of the account that it is for; one with nothing but spaces and signs
     *     is compared as it is and in no part
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

    /**
     * Asks whether a new password is known from a breach. Waits for the limit at most; an interrupt ends the wait, and stays
     * set.
     *
     * @param password a password for which {@link #check} has found no problem
     * @return {@code BREACHED} or {@code UNCHECKED}, the latter whether or not {@link #allowsUnchecked}; empty if it is not
     *     known, or there is no check
     */
    public Optional<PasswordProblem> checkBreached(RawPassword password) {
        if (breachCheck.isEmpty()) {
            return Optional.empty();
        }
        Optional<Boolean> breached = breachCheck.get().ask(password);
        if (breached.isEmpty()) {
            return Optional.of(PasswordProblem.UNCHECKED);
        }
        return breached.filter(known -> known).map(known -> PasswordProblem.BREACHED);
    }

    /**
     * Whether {@link PasswordProblem#UNCHECKED} is no reason to refuse a password.
     *
     * @return false, unless {@link #allowUnchecked} was asked for
     */
    public boolean allowsUnchecked() {
        return uncheckedAllowed;
    }
}
