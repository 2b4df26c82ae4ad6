/**
 * What a store implements. The rules are numbered in {@code docs/contract.md}; the kit in {@code auth-testkit} proves them.
 */
@NullMarked
package dev.minotaur.auth.spi;

import org.jspecify.annotations.NullMarked;
