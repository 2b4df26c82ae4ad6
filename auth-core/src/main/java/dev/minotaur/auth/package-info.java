/**
 * What an application uses: {@link dev.minotaur.auth.Accounts} with its rules, their outcomes, and the values they speak of.
 */
@NullMarked
package dev.minotaur.auth;

import org.jspecify.annotations.NullMarked;
