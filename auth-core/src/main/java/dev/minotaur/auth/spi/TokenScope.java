package dev.minotaur.auth.spi;

import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.TokenPurpose;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which tokens of a user {@link TokenStore#deleteByUser} deletes: those of all purposes or of some, all or all but one.
 *
 * @param purposes the purposes, never an empty set; empty means every purpose, also one this version does not know
 * @param except the one token to keep; empty means none is kept
 */
public record TokenScope(Optional<Set<TokenPurpose>> purposes, Optional<TokenId> except) {

    /**
     * Makes a scope.
     *
     * @param purposes the purposes, or empty for every purpose
     * @param except the token to keep, or empty
     * @throws IllegalArgumentException if the set of purposes is there but has no element
     */
    public TokenScope {
        Objects.requireNonNull(except, "except");
        purposes = purposes.map(Set::copyOf);
        if (purposes.isPresent() && purposes.get().isEmpty()) {
            throw new IllegalArgumentException("a scope of no purpose deletes nothing");
        }
    }

    /**
     * Every token of the user.
     *
     * @return the scope
     */
    public static TokenScope everything() {
        return new TokenScope(Optional.empty(), Optional.empty());
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
        return new TokenScope(Optional.of(purposes), Optional.empty());
    }

    /**
     * The same scope without one token. A token outside the scope may be named; then nothing differs.
     *
     * @param token the token to keep
     * @return the scope
     */
    public TokenScope butNot(TokenId token) {
        return new TokenScope(purposes, Optional.of(token));
    }

    /**
     * Whether the scope covers a token of the user.
     *
     * @param token a token of the user
     * @return whether it is to be deleted
     */
    public boolean covers(StoredToken token) {
        return purposes.map(some -> some.contains(token.purpose())).orElse(true)
                && !except.equals(Optional.of(token.id()));
    }
}
