package dev.minotaur.auth;

import java.util.Objects;

/**
 * What a token is good for. It is part of every look-up, so a token of one purpose never passes for another.
 *
 * <p>The type is open: an application may make purposes of its own, with a prefix that keeps them apart from those that
 * later versions of this library bring.
 *
 * @param name 1 to 32 characters: a lower-case ASCII letter, then lower-case ASCII letters, digits and hyphens
 */
public record TokenPurpose(String name) {

    /** A signed-in session. */
    public static final TokenPurpose SESSION = new TokenPurpose("session");

    /** The link that proves an address before there is a user. Its user is a stand-in that no user has as an id. */
    public static final TokenPurpose SIGN_UP = new TokenPurpose("sign-up");

    /** The link to set a new password. */
    public static final TokenPurpose PASSWORD_RESET = new TokenPurpose("password-reset");

    /** The link that proves the address to change to. */
    public static final TokenPurpose EMAIL_CHANGE = new TokenPurpose("email-change");

    /** The link that signs in. */
    public static final TokenPurpose SIGN_IN_LINK = new TokenPurpose("sign-in-link");

    /** The longest name. */
    public static final int MAX_LENGTH = 32;

    /**
     * Makes a purpose.
     *
     * @param name the name
     * @throws IllegalArgumentException if the name has another form
     */
    public TokenPurpose {
        Objects.requireNonNull(name, "name");
        boolean wellFormed =
                !name.isEmpty() && name.length() <= MAX_LENGTH && name.charAt(0) >= 'a' && name.charAt(0) <= 'z';
        for (int i = 0; i < name.length() && wellFormed; i++) {
            char c = name.charAt(i);
            wellFormed = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        }
        if (!wellFormed) {
            throw new IllegalArgumentException("a purpose is a-z, then a-z, 0-9 and -, at most 32 characters");
        }
    }

    /** {@return the name} */
    @Override
    public String toString() {
        return name;
    }
}
