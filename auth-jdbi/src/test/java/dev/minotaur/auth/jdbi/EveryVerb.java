package dev.minotaur.auth.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.TokenWithUser;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;

/** Calls every verb once and looks that each does what it is for: for tests of the way there. */
final class EveryVerb {

    private EveryVerb() {}

    static void of(AuthStores stores) {
        of(stores, Samples.user());
    }

    static void of(AuthStores stores, UserRecord user) {
        users(stores, user);
        tokens(stores, user);
        attempts(stores);
        assertThat(stores.users().delete(user.id())).isTrue();
        UserRecord closed = user.toBuilder().status(UserStatus.CLOSED).build();
        stores.users().insert(closed);
        assertThat(stores.users().deleteClosed(closed.updatedAt(), 10)).containsExactly(user.id());
    }

    private static void users(AuthStores stores, UserRecord user) {
        UserRecord next = user.toBuilder().version(2).stamp(Samples.stamp()).build();
        assertThat(stores.users().insert(user)).isEqualTo(InsertUserOutcome.INSERTED);
        assertThat(stores.users().findById(user.id())).contains(user);
        assertThat(stores.users().update(next, 1)).isEqualTo(UpdateUserOutcome.UPDATED);
        assertThat(stores.users().findByEmail(user.email().canonical())).contains(next);
        assertThat(stores.users().findByUsername(user.username().orElseThrow().canonical()))
                .contains(next);
    }

    private static void tokens(AuthStores stores, UserRecord user) {
        StoredToken token = Samples.session(user);
        StoredToken rotated = token.toBuilder()
                .digest(Samples.digest())
                .lastUsedAt(Samples.NOW.plusSeconds(1))
                .build();
        StoredToken inSlot = Samples.inSlot(user, "slot");
        assertThat(stores.tokens().insert(token)).isEqualTo(InsertTokenOutcome.INSERTED);
        assertThat(stores.tokens().insertIntoSlot(inSlot, Samples.NOW)).isEqualTo(InsertTokenOutcome.INSERTED);
        assertThat(stores.tokens().find(token.id())).contains(token);
        assertThat(stores.findTokenWithUser(token.id()))
                .get()
                .extracting(TokenWithUser::token)
                .isEqualTo(token);
        assertThat(stores.tokens().touch(token.id(), Samples.NOW.plusSeconds(1)))
                .isTrue();
        assertThat(stores.tokens().rotate(rotated, token.digest())).isTrue();
        assertThat(stores.tokens().listByUser(user.id(), token.purpose())).containsExactly(rotated);
        assertThat(stores.tokens().delete(token.id())).isTrue();
        assertThat(stores.tokens().consume(inSlot.id(), inSlot.purpose(), inSlot.digest()))
                .contains(inSlot);
        assertThat(stores.tokens().deleteByUser(user.id(), TokenScope.of(token.purpose())))
                .isZero();
        stores.tokens().insert(token);
        assertThat(stores.tokens().deleteExpired(token.expiresAt(), 10)).isEqualTo(1);
    }

    private static void attempts(AuthStores stores) {
        AttemptKey key = Samples.key();
        assertThat(stores.attempts().record(key, 0, new Attempts(1, Samples.NOW)))
                .isTrue();
        assertThat(stores.attempts().record(key, 1, new Attempts(2, Samples.NOW)))
                .isTrue();
        assertThat(stores.attempts().find(key)).contains(new Attempts(2, Samples.NOW));
        assertThat(stores.attempts().clear(key)).isTrue();
        stores.attempts().record(key, 0, new Attempts(1, Samples.NOW));
        assertThat(stores.attempts().deleteOlder(Samples.NOW, 10)).isEqualTo(1);
    }
}
