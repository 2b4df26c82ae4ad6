package dev.minotaur.auth.testkit.broken;

import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.Username;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;

/** Lets a second user have an identifier that is taken, under a mark that it hides. */
final class Ambiguous extends ForwardingUserStore {

    private static final String MARK = "\u0001|\u0002";

    /** Which identifier. */
    enum Of {
        EMAIL,
        USERNAME
    }

    private final Of of;
    private final boolean onInsert;
    private final boolean onUpdate;

    Ambiguous(UserStore correct, Of of, boolean onInsert, boolean onUpdate) {
        super(correct);
        this.of = of;
        this.onInsert = onInsert;
        this.onUpdate = onUpdate;
    }

    @Override
    public InsertUserOutcome insert(UserRecord user) {
        InsertUserOutcome outcome = correct.insert(user);
        return onInsert
                        && outcome
                                == (of == Of.EMAIL ? InsertUserOutcome.EMAIL_TAKEN : InsertUserOutcome.USERNAME_TAKEN)
                ? correct.insert(marked(user))
                : outcome;
    }

    @Override
    public UpdateUserOutcome update(UserRecord replacement, long expectedVersion) {
        UpdateUserOutcome outcome = correct.update(replacement, expectedVersion);
        return onUpdate
                        && outcome
                                == (of == Of.EMAIL ? UpdateUserOutcome.EMAIL_TAKEN : UpdateUserOutcome.USERNAME_TAKEN)
                ? correct.update(marked(replacement), expectedVersion)
                : outcome;
    }

    private UserRecord marked(UserRecord user) {
        return of == Of.EMAIL
                ? user.toBuilder()
                        .email(new EmailAddress(
                                user.email().entered(), user.email().canonical() + MARK + user.id()))
                        .build()
                : user.toBuilder()
                        .username(user.username()
                                .map(name -> new Username(
                                        name.entered(),
                                        name.canonical()
                                                + MARK
                                                + user.id().toString().substring(0, 8)))
                                .orElseThrow())
                        .build();
    }

    @Override
    protected UserRecord out(UserRecord user) {
        return user.toBuilder()
                .email(new EmailAddress(
                        user.email().entered(), unmarked(user.email().canonical())))
                .username(user.username()
                        .map(name -> new Username(name.entered(), unmarked(name.canonical())))
                        .orElse(null))
                .build();
    }

    private static String unmarked(String canonical) {
        int mark = canonical.indexOf(MARK);
        return mark < 0 ? canonical : canonical.substring(0, mark);
    }
}
