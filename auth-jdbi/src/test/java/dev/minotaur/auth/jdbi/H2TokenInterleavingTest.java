package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.jdbi.support.H2Database;

final class H2TokenInterleavingTest extends TokenInterleavings {

    H2TokenInterleavingTest() {
        super(H2Database.inMemory(), ON_H2);
    }
}
