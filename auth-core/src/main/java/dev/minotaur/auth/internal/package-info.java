/** What several packages of this module share. Not for anybody else: it may change or go in any version. */
@NullMarked
package dev.minotaur.auth.internal;

import org.jspecify.annotations.NullMarked;
