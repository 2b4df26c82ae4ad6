package dev.minotaur.auth.testkit;

import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.Username;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.UserRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Calls about a few users, who want the same few e-mail addresses and usernames. */
final class UserCalls extends Calls {

    /** The first user's, which is never changed: the joined read of it reads the user. */
    private static final int TOKEN = 9;

    private static final int[] WEIGHTS = {22, 34, 8, 12, 12, 12, 6};

    private static final List<UserStatus> STATUSES = List.of(UserStatus.values());

    private final Cast cast;
    private final int many;
    private final int[] weights;

    private UserCalls(Cast cast, int many, boolean meeting) {
        super(cast);
        this.cast = cast;
        this.many = many;
        SplittableRandom random = cast.random('c', 0, 0);
        this.weights = meeting ? paired(random, WEIGHTS) : skewed(random, WEIGHTS);
    }

    /** About as many users, as many addresses and as many usernames. */
    static UserCalls ofSome(Cast cast, int users) {
        return new UserCalls(cast, users, false);
    }

    /** About two users, by callers that meet. */
    static UserCalls ofTwo(Cast cast) {
        return new UserCalls(cast, 2, true);
    }

    @Override
    Operation next(SplittableRandom random, State state) {
        int number = chance(random, 40) ? 0 : random.nextInt(many);
        UserId id = living(number, state);
        switch (weighted(random, weights)) {
            case 0 -> {
                UserRecord user = newcomer(number, id, random.nextInt(2));
                return stores -> stores.users().insert(user);
            }
            case 1 -> {
                return update(random, chance(random, 10) ? cast.user(number, 0) : id, state);
            }
            case 2 -> {
                return stores -> stores.users().delete(id);
            }
            case 3 -> {
                return stores -> stores.users().findById(id);
            }
            case 4 -> {
                String email = cast.email(number).canonical();
                return stores -> stores.users().findByEmail(email);
            }
            case 5 -> {
                String username = cast.username(number).canonical();
                return stores -> stores.users().findByUsername(username);
            }
            default -> {
                TokenId token = cast.token(TOKEN, 0);
                return stores -> stores.findTokenWithUser(token);
            }
        }
    }

    @Override
    List<Operation> first(SplittableRandom random) {
        List<Operation> inserts = new ArrayList<>();
        for (int number = 0; number < 1 + random.nextInt(2); number++) {
            UserRecord user = newcomer(number, cast.user(number, 0), 0);
            inserts.add(stores -> stores.users().insert(user));
        }
        StoredToken token = Samples.session(cast.user(0, 0)).toBuilder()
                .id(cast.token(TOKEN, 0))
                .digest(cast.digest(0))
                .build();
        inserts.add(stores -> stores.tokens().insert(token));
        return inserts;
    }

    @Override
    List<Operation> last() {
        List<Operation> reads = new ArrayList<>();
        cast.users().forEach(id -> reads.add(stores -> stores.users().findById(id)));
        for (int number = 0; number < many; number++) {
            String email = cast.email(number).canonical();
            String username = cast.username(number).canonical();
            reads.add(stores -> stores.users().findByEmail(email));
            reads.add(stores -> stores.users().findByUsername(username));
        }
        return reads;
    }

    /** The parts of the users that have an order of their own. */
    List<View> views() {
        List<View> views = new ArrayList<>();
        cast.users().forEach(id -> views.add(View.of(id)));
        for (int number = 0; number < many; number++) {
            views.add(View.ofEmail(cast.email(number).canonical()));
            views.add(View.ofUsername(cast.username(number).canonical()));
        }
        return views;
    }

    private UserId living(int number, State state) {
        int life = 0;
        while (state.gone().contains(cast.user(number, life))) {
            life++;
        }
        return cast.user(number, life);
    }

    /** One of two records with this id, so that a repeated insert is often a retry. */
    private UserRecord newcomer(int number, UserId id, int variant) {
        SplittableRandom random = cast.random('u', number, variant);
        EmailAddress email = cast.email(chance(random, 60) ? number : random.nextInt(many));
        return record(random, id, 1, email, username(random, Optional.empty()));
    }

    private Operation update(SplittableRandom random, UserId id, State state) {
        Optional<UserRecord> stored = Optional.ofNullable(state.users().get(id));
        long current = stored.map(UserRecord::version).orElse(1L);
        long expected = chance(random, 80) ? current : 1 + random.nextInt(4);
        EmailAddress email = stored.filter(user -> chance(random, 50))
                .map(UserRecord::email)
                .orElse(cast.email(random.nextInt(many)));
        Username username = username(random, stored.flatMap(UserRecord::username));
        UserRecord next = record(random, id, expected + 1, email, username).toBuilder()
                .updatedAt(anotherTime())
                .build();
        return stores -> stores.users().update(next, expected);
    }

    private @Nullable Username username(SplittableRandom random, Optional<Username> stored) {
        return switch (weighted(random, 40, 20, 40)) {
            case 0 -> stored.orElse(cast.username(0));
            case 1 -> null;
            default -> cast.username(random.nextInt(many));
        };
    }

    private UserRecord record(
            SplittableRandom random, UserId id, long version, EmailAddress email, @Nullable Username username) {
        return UserRecord.builder()
                .id(id)
                .version(version)
                .email(email)
                .username(username)
                .passwordHash(chance(random, 50) ? PasswordHash.of("$2b$04$" + random.nextInt(3)) : null)
                .status(STATUSES.get(random.nextInt(STATUSES.size())))
                .emailConfirmedAt(chance(random, 50) ? time(random) : null)
                .stamp(cast.stamp(random.nextInt(2)))
                .createdAt(time(random))
                .updatedAt(time(random))
                .build();
    }
}
