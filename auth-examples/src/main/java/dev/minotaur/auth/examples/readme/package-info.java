/** The example of the README, as a program. */
@NullMarked
package dev.minotaur.auth.examples.readme;

import org.jspecify.annotations.NullMarked;
