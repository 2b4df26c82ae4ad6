package dev.minotaur.auth;

import dev.minotaur.auth.internal.WellFormed;
import java.util.Objects;

/**
 * An e-mail address in two forms: as its owner entered it, and canonical. Two addresses are the same when their canonical
 * forms are equal, char by char; mail goes to the entered one.
 *
 * <p>{@link EmailPolicy} makes addresses from input. The constructor is for stores, which give back what they were given.
 *
 * @param entered as entered: 1 to 254 chars, no NUL, no lone surrogate
 * @param canonical the form that is unique, under the same limits
 */
public record EmailAddress(String entered, String canonical) {

    /** The longest address, in chars of either form (RFC 5321 section 4.5.3.1.3, less the angle brackets). */
    public static final int MAX_LENGTH = 254;

    /**
     * Makes an address of its two forms.
     *
     * @param entered as entered
     * @param canonical the canonical form
     * @throws IllegalArgumentException if either is empty, too long, or no text that every store can hold
     */
    public EmailAddress {
        Objects.requireNonNull(entered, "entered");
        Objects.requireNonNull(canonical, "canonical");
        WellFormed.require(entered, MAX_LENGTH, "an e-mail address");
        WellFormed.require(canonical, MAX_LENGTH, "a canonical e-mail address");
    }

    /** {@return the name of the type only: addresses do not belong in logs} */
    @Override
    public String toString() {
        return "EmailAddress[redacted]";
    }
}
