/** Measurements, each beside a floor in the same run. */
@NullMarked
package dev.minotaur.auth.benchmarks;

import org.jspecify.annotations.NullMarked;
