package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.AuthException;

/**
 * The stores cannot keep their promises on a data source: its database is neither PostgreSQL nor H2, or its connections take
 * part in somebody else's transaction, whose rollback would undo what a store reported as done.
 */
public final class UnsupportedDataSourceException extends AuthException {

    private static final long serialVersionUID = 1L;

    UnsupportedDataSourceException(String message) {
        super(message, null);
    }
}
