package dev.minotaur.auth.testkit.broken;

import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.Username;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Compares identifiers after folding them, and gives them back as they were. */
final class Folding extends ForwardingUserStore {

    private final UnaryOperator<String> fold;
    private final Map<String, String> originals;

    private Folding(UserStore correct, UnaryOperator<String> fold, Map<String, String> originals) {
        super(correct);
        this.fold = fold;
        this.originals = originals;
    }

    static UnaryOperator<UserStore> by(UnaryOperator<String> fold) {
        Map<String, String> originals = new ConcurrentHashMap<>();
        return store -> new Folding(store, fold, originals);
    }

    @Override
    protected UserRecord in(UserRecord user) {
        return user.toBuilder()
                .email(new EmailAddress(
                        user.email().entered(),
                        folded(user.id() + "e", user.email().canonical())))
                .username(user.username()
                        .map(name -> new Username(name.entered(), folded(user.id() + "u", name.canonical())))
                        .orElse(null))
                .build();
    }

    @Override
    protected UserRecord out(UserRecord user) {
        return user.toBuilder()
                .email(new EmailAddress(
                        user.email().entered(),
                        original(user.id() + "e", user.email().canonical())))
                .username(user.username()
                        .map(name -> new Username(name.entered(), original(user.id() + "u", name.canonical())))
                        .orElse(null))
                .build();
    }

    private String folded(String key, String canonical) {
        String folded = fold.apply(canonical);
        originals.put(key + folded, canonical);
        return folded;
    }

    private String original(String key, String folded) {
        return originals.getOrDefault(key + folded, folded);
    }

    @Override
    protected String email(String canonical) {
        return fold.apply(canonical);
    }

    @Override
    protected String username(String canonical) {
        return fold.apply(canonical);
    }
}
