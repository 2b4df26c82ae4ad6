package dev.minotaur.auth.examples.guide;

import dev.minotaur.auth.UserId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** An application's own rows about a user, in a table of its own that points to the library's. */
final class Profiles {

    // region profile-table
    static final String TABLE =
            """
            CREATE TABLE app.profile (
              user_id uuid PRIMARY KEY REFERENCES auth.auth_users (id) ON DELETE CASCADE,
              display_name varchar(100) NOT NULL
            )
            """;
    // end region

    private final DataSource dataSource;

    Profiles(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    // region profile-ensure
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String ENSURE =
            """
            INSERT INTO app.profile (user_id, display_name)
            SELECT id, ? FROM auth.auth_users
            WHERE id = ? AND NOT EXISTS (SELECT 1 FROM app.profile WHERE user_id = ?)
            """;

    /** Makes the row unless there is one. To be called after a registration, and after each sign-in. */
    void ensure(UserId user, String displayName) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(ENSURE)) {
            statement.setString(1, displayName);
            statement.setObject(2, user.value());
            statement.setObject(3, user.value());
            statement.executeUpdate();
        } catch (SQLException e) {
            if (!UNIQUE_VIOLATION.equals(e.getSQLState())) {
                throw e;
            }
        }
    }
    // end region
}
