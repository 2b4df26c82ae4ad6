package dev.minotaur.auth.examples.web;

import dev.minotaur.auth.AuthEvent;
import dev.minotaur.auth.Session;
import dev.minotaur.auth.SessionCheck;
import dev.minotaur.auth.Sessions;
import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.UserId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Connections that outlast a request, each tied to the session it was opened in. When that session ends, the connection is
 * closed: at once if this process ended it, at the next {@link #recheckAll} otherwise.
 */
final class LiveConnections {

    /** One open connection. */
    static final class Connection implements AutoCloseable {
        private final UserId user;
        private final TokenId session;
        private final Runnable disconnect;
        private final Set<Connection> all;

        private Connection(SessionCheck.Live who, Runnable disconnect, Set<Connection> all) {
            this.user = who.user().id();
            this.session = who.session().id();
            this.disconnect = disconnect;
            this.all = all;
        }

        @Override
        public void close() {
            all.remove(this);
        }
    }

    private final Sessions sessions;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();

    LiveConnections(Sessions sessions) {
        this.sessions = sessions;
    }

    // region live
    /** Looks once more after adding: the session may have ended since the request was let in. */
    Connection add(SessionCheck.Live who, Runnable disconnect) {
        Connection connection = new Connection(who, disconnect, open);
        open.add(connection);
        recheck(connection.user);
        return connection;
    }

    void on(AuthEvent event) {
        if (event.type() == AuthEvent.Type.AUTHN_TOKEN_REVOKED) {
            event.user().ifPresent(this::recheck);
        }
    }

    /** For what no event tells: another process ended the session, or its time is over. */
    void recheckAll() {
        open.stream().map(connection -> connection.user).distinct().forEach(this::recheck);
    }

    /** Lists the sessions last: a connection that is added meanwhile has a session that the list may not have yet. */
    private void recheck(UserId user) {
        List<Connection> before =
                open.stream().filter(connection -> connection.user.equals(user)).toList();
        Set<TokenId> good = sessions.list(user).stream().map(Session::id).collect(Collectors.toSet());
        before.stream()
                .filter(connection -> !good.contains(connection.session))
                .forEach(connection -> connection.disconnect.run());
    }
    // end region
}
