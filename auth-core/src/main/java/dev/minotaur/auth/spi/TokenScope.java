package dev.minotaur.auth.spi;

import dev.minotaur.auth.SecurityStamp;
import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.TokenPurpose;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which tokens of a user {@link TokenStore#deleteByUser} deletes: those of all purposes or of some; all, or all but one; bound
 * to any stamp or none, or only those that a new stamp has ended. A token is covered if every condition covers it.
 */
public final class TokenScope {

    private static final TokenScope EVERYTHING = new TokenScope(Optional.empty(), Optional.empty(), Optional.empty());

    private final Optional<Set<TokenPurpose>> purposes;
    private final Optional<TokenId> except;
    private final Optional<SecurityStamp> liveStamp;

    private TokenScope(
            Optional<Set<TokenPurpose>> purposes, Optional<TokenId> except, Optional<SecurityStamp> liveStamp) {
        this.purposes = purposes;
        this.except = except;
        this.liveStamp = liveStamp;
    }

    /**
     * Every token of the user.
     *
     * @return the scope
     */
    public static TokenScope everything() {
        return EVERYTHING;
    }

    /**
     * The tokens of one purpose.
     *
     * @param purpose the purpose
     * @return the scope
     */
    public static TokenScope of(TokenPurpose purpose) {
        return of(Set.of(purpose));
    }

    /**
     * The tokens of some purposes.
     *
     * @param purposes at least one
     * @return the scope
     * @throws IllegalArgumentException if there is none
     */
    public static TokenScope of(Set<TokenPurpose> purposes) {
        if (purposes.isEmpty()) {
            throw new IllegalArgumentException("a scope of no purpose deletes nothing");
        }
        return new TokenScope(Optional.of(Set.copyOf(purposes)), Optional.empty(), Optional.empty());
    }

    /**
     * The same scope without one token. A token outside the scope may be named; then nothing differs.
     *
     * @param token the token to keep
     * @return the scope
     */
    public TokenScope butNot(TokenId token) {
        return new TokenScope(purposes, Optional.of(token), liveStamp);
    }

    /**
     * The same scope, without the tokens that carry no stamp and those that carry this one: what is left is dead.
     *
     * @param live the stamp the user has
     * @return the scope
     */
    public TokenScope endedBy(SecurityStamp live) {
        return new TokenScope(purposes, except, Optional.of(live));
    }

    /**
     * The purposes.
     *
     * @return at least one, or empty for every purpose, also one that is not known
     */
    public Optional<Set<TokenPurpose>> purposes() {
        return purposes;
    }

    /**
     * The token to keep.
     *
     * @return its id, or empty if none is kept
     */
    public Optional<TokenId> except() {
        return except;
    }

    /**
     * The stamp whose tokens are kept, as are those without a stamp.
     *
     * @return the stamp, or empty if it does not matter
     */
    public Optional<SecurityStamp> liveStamp() {
        return liveStamp;
    }

    /**
     * Whether the scope covers a token of the user.
     *
     * @param token a token of the user
     * @return whether it is to be deleted
     */
    public boolean covers(StoredToken token) {
        Objects.requireNonNull(token, "token");
        boolean dead = liveStamp.isEmpty()
                || token.stamp()
                        .filter(stamp -> !liveStamp.equals(Optional.of(stamp)))
                        .isPresent();
        return dead
                && purposes.map(some -> some.contains(token.purpose())).orElse(true)
                && !except.equals(Optional.of(token.id()));
    }

    /** {@return the purposes, the token to keep, and whether a stamp matters} */
    @Override
    public String toString() {
        return "TokenScope[purposes="
                + purposes.map(Object::toString).orElse("all")
                + except.map(id -> ", except=" + id).orElse("")
                + (liveStamp.isPresent() ? ", ended by a stamp]" : "]");
    }
}
