package dev.minotaur.auth.testkit;

import dev.minotaur.auth.SecurityStamp;
import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenDigest;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Calls about a few tokens of a few users, that want the same few slots. */
final class TokenCalls extends Calls {

    private static final List<TokenPurpose> PURPOSES = List.of(TokenPurpose.SESSION, Samples.RESET);
    private static final int TOKENS = 5;
    private static final int[] WEIGHTS = {30, 8, 6, 12, 16, 10, 8, 7, 7};
    private static final int[] MEETING = {24, 8, 3, 10, 16, 6, 7, 14, 14};

    private final Cast cast;
    private final int users;
    private final boolean meeting;
    private final int[] weights;
    private final int often;
    private final int oftenPercent;

    private TokenCalls(Cast cast, int users, boolean meeting) {
        super(cast);
        SplittableRandom random = cast.random('c', 0, 0);
        this.cast = cast;
        this.users = users;
        this.meeting = meeting;
        this.weights = meeting ? paired(random, MEETING) : skewed(random, WEIGHTS);
        this.often = random.nextInt(TOKENS);
        this.oftenPercent = !meeting ? 50 : chance(random, 50) ? 90 : 0;
    }

    /** About the tokens of some users. */
    static TokenCalls ofSome(Cast cast, int users) {
        return new TokenCalls(cast, users, false);
    }

    /**
     * About the tokens of one user, by callers that meet: each id has one slot, and no call gives a token another stamp, so
     * that what a call is about does not depend on the order of the others. Half are about one token, half about all; most
     * calls are about what is stored, with its digest, for others do not conflict.
     */
    static TokenCalls ofOne(Cast cast) {
        return new TokenCalls(cast, 1, true);
    }

    @Override
    Operation next(SplittableRandom random, State state) {
        int any = number(random);
        int verb = weighted(random, weights);
        int number = meeting && verb != 0 && chance(random, 80) ? stored(any, state) : any;
        TokenId id = living(number, state);
        Optional<StoredToken> stored = Optional.ofNullable(state.tokens().get(id));
        UserId user = cast.user(random.nextInt(users), 0);
        switch (verb) {
            case 0 -> {
                return insert(random, newcomer(number, id, random.nextInt(2)));
            }
            case 1 -> {
                TokenId found = chance(random, 30) ? cast.token(number, 0) : id;
                return stores -> stores.tokens().find(found);
            }
            case 2 -> {
                return stores -> stores.findTokenWithUser(id);
            }
            case 3 -> {
                TokenDigest digest = digest(random, stored);
                TokenPurpose purpose = stored.filter(token -> chance(random, 85))
                        .map(StoredToken::purpose)
                        .orElse(purpose(random));
                return stores -> stores.tokens().consume(id, purpose, digest);
            }
            case 4 -> {
                StoredToken next = renewed(random, number, id);
                TokenDigest expected = digest(random, stored);
                return stores -> stores.tokens().rotate(next, expected);
            }
            case 5 -> {
                Instant used = time(random);
                return stores -> stores.tokens().touch(id, used);
            }
            case 6 -> {
                return stores -> stores.tokens().delete(id);
            }
            case 7 -> {
                TokenScope scope = scope(random, id);
                return stores -> stores.tokens().deleteByUser(user, scope);
            }
            default -> {
                TokenPurpose purpose = purpose(random);
                return stores -> stores.tokens().listByUser(user, purpose);
            }
        }
    }

    @Override
    List<Operation> first(SplittableRandom random) {
        List<Operation> inserts = new ArrayList<>();
        UserRecord user = Samples.user(cast.email(0)).toBuilder()
                .id(cast.user(0, 0))
                .stamp(cast.stamp(0))
                .build();
        inserts.add(stores -> stores.users().insert(user));
        int many = oftenPercent == 0 ? 2 : 1 + random.nextInt(2);
        for (int count = 0; count < many; count++) {
            int number = meeting && chance(random, 40) ? beside(often) : number(random);
            inserts.add(insert(random, newcomer(number, cast.token(number, 0), 0)));
        }
        return inserts;
    }

    @Override
    List<Operation> last() {
        List<Operation> reads = new ArrayList<>();
        for (int number = 0; number < users; number++) {
            UserId user = cast.user(number, 0);
            PURPOSES.forEach(purpose -> reads.add(stores -> stores.tokens().listByUser(user, purpose)));
        }
        return reads;
    }

    private int number(SplittableRandom random) {
        return chance(random, oftenPercent) ? often : random.nextInt(TOKENS);
    }

    /** The given one, or if it is not stored, one that is. */
    private int stored(int number, State state) {
        return IntStream.concat(IntStream.of(number), IntStream.range(0, TOKENS))
                .filter(one -> state.tokens().containsKey(living(one, state)))
                .findFirst()
                .orElse(number);
    }

    /** The one that wants the same slot, if there is one. */
    private static int beside(int number) {
        return number == 4 ? number : number ^ 1;
    }

    private TokenId living(int number, State state) {
        int life = 0;
        while (state.gone().contains(cast.token(number, life))) {
            life++;
        }
        return cast.token(number, life);
    }

    private Operation insert(SplittableRandom random, StoredToken token) {
        Instant upTo = time(random);
        return token.slot().isPresent()
                ? stores -> stores.tokens().insertIntoSlot(token, upTo)
                : stores -> stores.tokens().insert(token);
    }

    /** One of two tokens with this id, so that a repeated insert is often a retry. */
    private StoredToken newcomer(int number, TokenId id, int variant) {
        return token(cast.random('t', number, variant), number, id);
    }

    private StoredToken renewed(SplittableRandom random, int number, TokenId id) {
        return token(random, number, id).toBuilder()
                .rotatedAt(anotherTime())
                .previousDigest(chance(random, 50) ? cast.digest(random.nextInt(4)) : null)
                .build();
    }

    private StoredToken token(SplittableRandom random, int number, TokenId id) {
        return StoredToken.builder()
                .id(id)
                .user(cast.user(random.nextInt(users), 0))
                .purpose(purpose(random))
                .slot(slot(meeting ? number : random.nextInt(TOKENS)))
                .digest(cast.digest(random.nextInt(4)))
                .issuedAt(time(random))
                .expiresAt(time(random))
                .lastUsedAt(time(random))
                .authenticatedAt(chance(random, 50) ? time(random) : null)
                .sentTo(chance(random, 50) ? "sent to " + random.nextInt(3) : null)
                .label(chance(random, 50) ? "label " + random.nextInt(3) : null)
                .stamp(stamp(meeting ? number : random.nextInt(TOKENS)))
                .build();
    }

    private static @Nullable String slot(int number) {
        return number < 2 ? null : number == 4 ? "other-slot" : "slot";
    }

    private @Nullable SecurityStamp stamp(int number) {
        return number % 3 == 0 ? null : cast.stamp(number % 3);
    }

    private TokenPurpose purpose(SplittableRandom random) {
        return PURPOSES.get(random.nextInt(meeting ? 4 : 2) == 1 ? 1 : 0);
    }

    private TokenDigest digest(SplittableRandom random, Optional<StoredToken> stored) {
        return stored.filter(token -> chance(random, meeting ? 95 : 80))
                .map(StoredToken::digest)
                .orElse(cast.digest(random.nextInt(4)));
    }

    private TokenScope scope(SplittableRandom random, TokenId id) {
        TokenScope scope = chance(random, 50) ? TokenScope.everything() : TokenScope.of(purpose(random));
        TokenScope someLeft = chance(random, 30) ? scope.butNot(id) : scope;
        return chance(random, 30) ? someLeft.endedBy(cast.stamp(1)) : someLeft;
    }
}
