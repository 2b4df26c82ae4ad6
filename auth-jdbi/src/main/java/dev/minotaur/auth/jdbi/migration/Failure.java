package dev.minotaur.auth.jdbi.migration;

import dev.minotaur.auth.jdbi.SchemaException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells why a migration failed. What a driver says is passed on by its first line, which names what is in the way; the lines
 * below may quote rows, and what it says of a connection that it could not open may quote where and as whom.
 */
final class Failure {

    private static final Set<String> ABOUT_THE_CONNECTION = Set.of("08", "28", "3D");

    private Failure() {}

    static SchemaException of(Exception failure) {
        Throwable root = failure;
        for (Throwable at = failure; at != null; at = at.getCause()) {
            root = at;
            if (at instanceof SQLException sql) {
                return of(sql);
            }
        }
        return new SchemaException(
                "the schema could not be migrated: " + firstLine(root.getMessage()), withoutText(root));
    }

    private static SchemaException of(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        boolean connection = state.length() == 5 && ABOUT_THE_CONNECTION.contains(state.substring(0, 2));
        String text = connection ? "no connection to the database" : firstLine(failure.getMessage());
        SQLException cause = new SQLException(text, failure.getSQLState(), failure.getErrorCode());
        cause.setStackTrace(failure.getStackTrace());
        return new SchemaException("the schema could not be migrated (SQLSTATE " + state + "): " + text, cause);
    }

    static SchemaException locked(MigrationSettings settings) {
        return new SchemaException(
                "another process has been migrating schema " + settings.schema() + " for longer than "
                        + settings.lockTimeout(),
                null);
    }

    private static Throwable withoutText(Throwable cause) {
        Throwable copy = new IllegalStateException(cause.getClass().getName());
        copy.setStackTrace(cause.getStackTrace());
        return copy;
    }

    private static String firstLine(@Nullable String message) {
        return message == null ? "no message" : message.lines().findFirst().orElse("");
    }
}
