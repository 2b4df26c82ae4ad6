/** The stores on the heap. */
@NullMarked
package dev.minotaur.auth.inmemory;

import org.jspecify.annotations.NullMarked;
