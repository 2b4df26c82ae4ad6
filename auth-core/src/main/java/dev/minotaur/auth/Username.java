package dev.minotaur.auth;

import dev.minotaur.auth.internal.WellFormed;
import java.util.Objects;

/**
 * A username in two forms: as its owner entered it, and canonical. Two usernames are the same when their canonical forms
 * are equal, char by char.
 *
 * <p>{@link UsernamePolicy} makes usernames from input. The constructor is for stores and for policies.
 *
 * @param entered as entered: 1 to 64 chars, no NUL, no lone surrogate, no '@'
 * @param canonical the form that is unique, under the same limits
 */
public record Username(String entered, String canonical) {

    /** The longest username, in chars of either form. */
    public static final int MAX_LENGTH = 64;

    /**
     * Makes a username of its two forms.
     *
     * @param entered as entered
     * @param canonical the canonical form
     * @throws IllegalArgumentException if either is empty, too long, has an '@' (it could then pass for somebody's e-mail
     *     address), or is no text that every store can hold
     */
    public Username {
        Objects.requireNonNull(entered, "entered");
        Objects.requireNonNull(canonical, "canonical");
        WellFormed.require(entered, MAX_LENGTH, "a username");
        WellFormed.require(canonical, MAX_LENGTH, "a canonical username");
        if (entered.indexOf('@') >= 0 || canonical.indexOf('@') >= 0) {
            throw new IllegalArgumentException("a username has no '@'");
        }
    }

    /** {@return the name of the type only: identifiers do not belong in logs} */
    @Override
    public String toString() {
        return "Username[redacted]";
    }
}
