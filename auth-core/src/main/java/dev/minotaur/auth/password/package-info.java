/**
 * Passwords: the raw one and how it is wiped, the policy for a new one, and hashing.
 */
@NullMarked
package dev.minotaur.auth.password;

import org.jspecify.annotations.NullMarked;
