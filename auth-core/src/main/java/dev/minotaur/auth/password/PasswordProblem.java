package dev.minotaur.auth.password;

/**
 * Why a new password is refused, in the order in which it is looked at. A user interface translates it; a constant may be added
 * in a minor version. That the reason is told is asked for by NIST SP 800-63B-4 section 3.1.1.2; it says nothing about any
 * account but the one that the password is for.
 */
public enum PasswordProblem {
    /** It has a NUL or a lone surrogate, which not every system in between keeps apart from something else. */
    NOT_TEXT,
    /** It has fewer code points than the policy asks for. */
    TOO_SHORT,
    /** Its UTF-8 is longer than the hasher takes in whole; it is refused, since cutting it would ignore what follows. */
    TOO_LONG,
    /** It is one of those that are chosen most, in whatever case, and so tried first (ASVS 6.2.4). */
    COMMON,
    /**
     * It is made of nothing but words that are tried first for this account: of its e-mail address, its username, and what
     * {@link PasswordPolicy#withContextWords} names (ASVS 6.2.11).
     */
    CONTEXT,
    /** It is known from a breach, says the application's {@link BreachCheck} (ASVS 6.2.12). */
    BREACHED,
    /** Whether it is known from a breach cannot be told just now. Later it may be accepted. */
    UNCHECKED
}
