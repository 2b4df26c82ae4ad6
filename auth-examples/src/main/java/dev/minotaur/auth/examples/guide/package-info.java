/** What docs/guide.md shows. */
@NullMarked
package dev.minotaur.auth.examples.guide;

import org.jspecify.annotations.NullMarked;
