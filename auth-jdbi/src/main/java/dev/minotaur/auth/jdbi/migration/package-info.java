/**
 * Makes the tables, by Liquibase. Nothing outside this package needs Liquibase, so that who runs the SQL of {@link
 * dev.minotaur.auth.jdbi.SchemaSql} may exclude it.
 */
@NullMarked
package dev.minotaur.auth.jdbi.migration;

import org.jspecify.annotations.NullMarked;
