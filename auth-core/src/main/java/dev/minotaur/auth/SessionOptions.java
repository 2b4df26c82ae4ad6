package dev.minotaur.auth;

import dev.minotaur.auth.spi.StoredToken;
import java.util.Objects;
import java.util.Optional;

/**
 * What an application wants of a new session. Immutable; each method gives a changed copy.
 */
public final class SessionOptions {

    private static final SessionOptions NONE = new SessionOptions(Optional.empty(), Optional.empty(), false);

    private final Optional<String> label;
    private final Optional<String> replaces;
    private final boolean remembered;

    private SessionOptions(Optional<String> label, Optional<String> replaces, boolean remembered) {
        this.label = label;
        this.replaces = replaces;
        this.remembered = remembered;
    }

    /**
     * Nothing in particular.
     *
     * @return the defaults
     */
    public static SessionOptions none() {
        return NONE;
    }

    /**
     * Names the session for its owner's list, for example after the browser. A label often comes from a request header, so
     * any text is taken: control characters, NUL and lone surrogates become U+FFFD, and what exceeds 200 chars is cut off.
     *
     * @param text the label; an empty one means none
     * @return a copy with the label
     */
    public SessionOptions label(String text) {
        StringBuilder kept = new StringBuilder();
        text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? 0xFFFD : c)
                .takeWhile(c -> kept.length() + Character.charCount(c) <= StoredToken.MAX_LABEL_LENGTH)
                .forEach(kept::appendCodePoint);
        return new SessionOptions(
                kept.isEmpty() ? Optional.empty() : Optional.of(kept.toString()), replaces, remembered);
    }

    /**
     * Ends the session that the client presented when it signed in, so that none is left behind (ASVS 7.2.4). Only a session
     * whose whole token is given is ended, with its secret or a former one that {@link Sessions#end(String)} takes; anything else
     * is passed over. A store that fails while it ends that session does not
     * undo the sign-in: the listener learns of it, and the session ends with its timeouts or with the next sign-in that
     * replaces it.
     *
     * @param presented the client's present session token, of any length and content
     * @return a copy with the token
     */
    public SessionOptions replacing(String presented) {
        return new SessionOptions(label, Optional.of(Objects.requireNonNull(presented, "presented")), remembered);
    }

    /**
     * Gives the session the longer timeouts of {@link SessionPolicy#withRememberedTimeouts}: for who asks to stay signed in on a
     * device of their own.
     *
     * @return a copy with the longer timeouts
     */
    public SessionOptions remembered() {
        return new SessionOptions(label, replaces, true);
    }

    Optional<String> label() {
        return label;
    }

    Optional<String> replaces() {
        return replaces;
    }

    boolean isRemembered() {
        return remembered;
    }
}
