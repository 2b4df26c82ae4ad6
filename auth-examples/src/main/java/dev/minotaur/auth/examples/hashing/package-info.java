/**
 * What a verification costs on this machine.
 */
@NullMarked
package dev.minotaur.auth.examples.hashing;

import org.jspecify.annotations.NullMarked;
