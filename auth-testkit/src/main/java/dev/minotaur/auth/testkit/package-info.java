/**
 * The kit that proves an implementation of the store SPIs: extend {@link dev.minotaur.auth.testkit.AuthStoresContract}.
 */
@NullMarked
package dev.minotaur.auth.testkit;

import org.jspecify.annotations.NullMarked;
