package dev.minotaur.auth.testkit;

import dev.minotaur.auth.UserId;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.Username;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The users of the {@link Model}. What the view does not show, it is told. */
final class ModelUsers implements UserStore {

    private final State state;
    private final View view;
    private final Told told;

    ModelUsers(State state, View view, Told told) {
        this.state = state;
        this.view = view;
        this.told = told;
    }

    @Override
    public InsertUserOutcome insert(UserRecord user) {
        boolean wasRefused = told.answer() != null && !told.is("INSERTED");
        if (!view.shows(user, told.outcome()) || (wasRefused && state.gone().contains(user.id()))) {
            return told.follow();
        }
        UserRecord same = state.users().get(user.id());
        if (same != null) {
            return same.equals(user) ? InsertUserOutcome.ALREADY_INSERTED : InsertUserOutcome.ID_TAKEN;
        }
        Optional<InsertUserOutcome> taken =
                taken(user, InsertUserOutcome.EMAIL_TAKEN, InsertUserOutcome.USERNAME_TAKEN);
        if (taken.isEmpty()) {
            put(user);
        }
        return taken.orElse(InsertUserOutcome.INSERTED);
    }

    @Override
    public UpdateUserOutcome update(UserRecord replacement, long expectedVersion) {
        if (!view.shows(replacement, told.outcome())) {
            return told.follow();
        }
        UserRecord stored = state.users().get(replacement.id());
        if (stored == null && view.shows(replacement.id())) {
            return UpdateUserOutcome.NOT_FOUND;
        } else if (stored != null && stored.version() != expectedVersion) {
            return UpdateUserOutcome.STALE;
        }
        Optional<UpdateUserOutcome> taken =
                taken(replacement, UpdateUserOutcome.EMAIL_TAKEN, UpdateUserOutcome.USERNAME_TAKEN);
        if (taken.isEmpty()) {
            put(replacement);
        }
        return taken.orElse(UpdateUserOutcome.UPDATED);
    }

    private void put(UserRecord user) {
        if (view.keeps(user)) {
            state.users().put(user.id(), user);
        } else {
            state.users().remove(user.id());
        }
    }

    /** Which identifier is another's; if both are, the one that was told. */
    private <T> Optional<T> taken(UserRecord user, T emailTaken, T usernameTaken) {
        String canonical = user.email().canonical();
        boolean email = view.showsEmail(canonical)
                ? findByEmail(state, canonical).filter(another(user)).isPresent()
                : told.is("EMAIL_TAKEN");
        boolean username = user.username()
                .map(Username::canonical)
                .filter(name -> view.showsUsername(name)
                        ? findByUsername(state, name).filter(another(user)).isPresent()
                        : told.is("USERNAME_TAKEN"))
                .isPresent();
        if (username && (!email || told.is("USERNAME_TAKEN"))) {
            return Optional.of(usernameTaken);
        }
        return email ? Optional.of(emailTaken) : Optional.empty();
    }

    private static Predicate<UserRecord> another(UserRecord user) {
        return other -> !other.id().equals(user.id());
    }

    @Override
    public boolean delete(UserId id) {
        boolean deletes = view.shows(id) ? state.users().containsKey(id) : told.<Boolean>follow();
        if (deletes) {
            state.users().remove(id);
            state.gone().add(id);
        }
        return deletes;
    }

    @Override
    public List<UserId> deleteClosed(Instant closedUpTo, int limit) {
        List<UserId> old = state.users().values().stream()
                .filter(user ->
                        user.status() == UserStatus.CLOSED && !user.updatedAt().isAfter(closedUpTo))
                .map(UserRecord::id)
                .toList();
        old.forEach(this::delete);
        boolean isSame = told.answer() instanceof List<?> answered
                && answered.size() == old.size()
                && Set.copyOf(old).equals(new HashSet<>(answered));
        return isSame ? told.follow() : Model.withinLimit(old, limit);
    }

    @Override
    public Optional<UserRecord> findById(UserId id) {
        return view.shows(id) ? Optional.ofNullable(state.users().get(id)) : told.follow();
    }

    @Override
    public Optional<UserRecord> findByEmail(String canonicalEmail) {
        return view.showsEmail(canonicalEmail) ? findByEmail(state, canonicalEmail) : told.follow();
    }

    @Override
    public Optional<UserRecord> findByUsername(String canonicalUsername) {
        return view.showsUsername(canonicalUsername) ? findByUsername(state, canonicalUsername) : told.follow();
    }

    private static Optional<UserRecord> findByEmail(State state, String canonical) {
        return state.users().values().stream()
                .filter(user -> user.email().canonical().equals(canonical))
                .findFirst();
    }

    private static Optional<UserRecord> findByUsername(State state, String canonical) {
        return state.users().values().stream()
                .filter(user -> user.username()
                        .filter(name -> name.canonical().equals(canonical))
                        .isPresent())
                .findFirst();
    }
}
