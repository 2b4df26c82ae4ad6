package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/**
 * The statements on users, each an interface of its own: for each call Jdbi prepares all methods of the interface it is given.
 * Where the outcome is optional, empty means that another call came between what the statement saw
 * and what it did: nothing has changed, and the same again sees more.
 */
final class UserStatements {

    private UserStatements() {}

    interface Insert {

        Optional<InsertUserOutcome> insert(Map<String, Bound> user);
    }

    interface FindById {

        @SqlQuery("SELECT <user_columns> FROM <schema>.auth_users WHERE id = :id")
        Optional<UserRecord> findById(@Bind("id") Bound id);
    }

    interface FindByEmail {

        @SqlQuery("SELECT <user_columns> FROM <schema>.auth_users WHERE email_canonical = :email")
        Optional<UserRecord> findByEmail(@Bind("email") Bound canonicalEmail);
    }

    interface FindByUsername {

        @SqlQuery("SELECT <user_columns> FROM <schema>.auth_users WHERE username_canonical = :username")
        Optional<UserRecord> findByUsername(@Bind("username") Bound canonicalUsername);
    }

    interface Update {

        Optional<UpdateUserOutcome> update(Map<String, Bound> user, Bound expectedVersion);
    }

    interface Delete {

        @SqlUpdate("DELETE FROM <schema>.auth_users WHERE id = :id")
        boolean delete(@Bind("id") Bound id);
    }

    interface DeleteClosed {

        List<UserId> deleteClosed(Bound closedUpTo, Bound limit);
    }
}
