package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.jdbi.support.H2Database;

final class H2UserInterleavingTest extends UserInterleavings {

    H2UserInterleavingTest() {
        super(H2Database.inMemory(), ON_H2);
    }
}
