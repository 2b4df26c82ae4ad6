package dev.minotaur.auth.testkit;

import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenStore;
import dev.minotaur.auth.spi.TokenWithUser;
import dev.minotaur.auth.spi.UserStore;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The reference: stores on a few small maps that are told what the stores under test answered, and answer the same wherever
 * the contract lets them. So an answer is right if the model repeats it. A model is asked once.
 */
final class Model implements AuthStores {

    private final State state;
    private final View view;
    private final Told told;
    private final ModelUsers users;
    private final ModelTokens tokens;
    private final ModelAttempts attempts;

    private Model(State before, View view, Told told, int choice) {
        this.state = before.copy();
        this.view = view;
        this.told = told;
        this.users = new ModelUsers(state, view, told);
        this.tokens = new ModelTokens(state, told, choice);
        this.attempts = new ModelAttempts(state);
    }

    /** The states in which a call that was answered so may leave what the view shows; none if the answer is wrong. */
    static List<State> after(State before, View view, Operation call, Told told) {
        List<State> states = new ArrayList<>();
        int choices = 1;
        for (int choice = 0; choice < choices; choice++) {
            Model model = new Model(before, view, told, choice);
            if (Objects.equals(call.on(model), told.answer())) {
                states.add(model.state);
            }
            choices = model.tokens.choices();
        }
        return states;
    }

    /** The state after a call that nobody has answered yet. */
    static State after(State before, Operation call) {
        Model model = new Model(before, View.EVERYTHING, Told.NOTHING, 0);
        call.on(model);
        return model.state;
    }

    /**
     * The answers that are right, to one caller at a time; where there is more than one, all are outcomes like the observed
     * one.
     */
    static Set<@Nullable Object> rightAnswers(State before, Operation call, @Nullable Object observed) {
        Set<@Nullable Object> right = new LinkedHashSet<>();
        right.add(call.on(new Model(before, View.EVERYTHING, Told.NOTHING, 0)));
        if (observed instanceof Enum<?> outcome) {
            for (Object other : outcome.getDeclaringClass().getEnumConstants()) {
                right.add(call.on(new Model(before, View.EVERYTHING, Told.alone(other), 0)));
            }
        }
        return right;
    }

    /** What a purge takes; which of too many it takes would be open, so histories purge by limits that reach all. */
    static <T> List<T> withinLimit(List<T> old, int limit) {
        if (old.size() > limit) {
            throw new IllegalArgumentException("the limit does not reach all");
        }
        return old;
    }

    @Override
    public UserStore users() {
        return users;
    }

    @Override
    public TokenStore tokens() {
        return tokens;
    }

    @Override
    public AttemptStore attempts() {
        return attempts;
    }

    @Override
    public Optional<TokenWithUser> findTokenWithUser(TokenId id) {
        Optional<StoredToken> token = tokens.find(id);
        if (token.isPresent() && !view.shows(token.get().user())) {
            return told.follow();
        }
        return token.flatMap(found -> users.findById(found.user()).map(user -> new TokenWithUser(found, user)));
    }
}
