package dev.minotaur.auth.examples.guide;

import dev.minotaur.auth.argon2.Argon2idPasswordHasher;
import dev.minotaur.auth.password.BcryptPasswordHasher;
import dev.minotaur.auth.password.DelegatingPasswordHasher;
import dev.minotaur.auth.password.PasswordHasher;
import dev.minotaur.auth.password.PepperedPasswordHasher;

/** Hashers in place of the default. */
final class Hashers {

    private Hashers() {}

    // region shared
    /** For a table that PHP, Rails or Phoenix reads too. */
    static PasswordHasher sharedTable() {
        return DelegatingPasswordHasher.builder(BcryptPasswordHasher.ofDefaultCost())
                .upgradesKnownFormats()
                .build();
    }
    // end region

    // region pepper
    /** The id names the key in each hash. A former key stays until no hash names it. */
    static PasswordHasher peppered(byte[] key, byte[] formerKey) {
        return PepperedPasswordHasher.builder(DelegatingPasswordHasher.defaults(), "2026-11", key)
                .formerKey("2025-02", formerKey)
                .build();
    }
    // end region

    // region argon2
    /** Replaces the hashes that the default made. */
    static PasswordHasher argon2id() {
        return DelegatingPasswordHasher.builder(Argon2idPasswordHasher.ofDefaultCost())
                .upgradesKnownFormats()
                .build();
    }
    // end region
}
