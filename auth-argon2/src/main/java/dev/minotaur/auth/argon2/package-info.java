/**
 * Password hashes by Argon2id, for {@code Accounts.Builder.hasher}.
 */
@NullMarked
package dev.minotaur.auth.argon2;

import org.jspecify.annotations.NullMarked;
