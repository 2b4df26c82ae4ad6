/** The quick start: registration, sign-in and sessions from a terminal, on a database file. */
@NullMarked
package dev.minotaur.auth.examples.quickstart;

import org.jspecify.annotations.NullMarked;
