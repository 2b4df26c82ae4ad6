/**
 * The stores on Jdbi 3, for PostgreSQL and H2.
 */
@NullMarked
package dev.minotaur.auth.jdbi;

import org.jspecify.annotations.NullMarked;
