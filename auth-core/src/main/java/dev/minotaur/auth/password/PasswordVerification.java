package dev.minotaur.auth.password;

/** What {@link PasswordHasher#verify} found. */
public enum PasswordVerification {
    /** The password is the one that was hashed. */
    SUCCEEDED,
    /** The password is the one that was hashed, and the hash is weaker than what {@link PasswordHasher#hash} makes today. */
    SUCCEEDED_REHASH_NEEDED,
    /** The password is another one. */
    FAILED,
    /** The stored hash is of a scheme the hasher does not know, malformed, or costlier than it is willing to compute; nothing was computed. */
    UNREADABLE
}
