/** What the examples share. */
@NullMarked
package dev.minotaur.auth.examples;

import org.jspecify.annotations.NullMarked;
