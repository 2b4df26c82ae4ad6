package dev.minotaur.auth.testkit;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.spi.AuthStores;
import java.time.Duration;

/** What the account rules work with: the rules of core, in the open or the strict form, with a cheap hasher and a clock that is set. */
abstract class AccountBase extends HistoryOfManyRules {

    static final String LIVE = "LIVE";
    static final String INVALID = "INVALID";
    static final String EXPIRED = "EXPIRED";
    static final String REVOKED = "REVOKED";
    static final String BAD_CREDENTIALS = "BAD_CREDENTIALS";
    static final String TOO_MANY_ATTEMPTS = "TOO_MANY_ATTEMPTS";
    static final String LINK_NOT_GOOD = "LINK_NOT_GOOD";

    AccountBase() {}

    final MutableClock clock() {
        return run().clock();
    }

    final CountingHasher hasher() {
        return run().hasher();
    }

    final Accounts accounts() {
        return settings(stores()).build();
    }

    /** The rules on one of the two handles, without a trace. */
    final Accounts accounts(int thread) {
        return settings(handle(thread)).build();
    }

    final Accounts.Builder settings(AuthStores stores) {
        return Accounts.builder(stores)
                .hasher(hasher())
                .hashingLimit(8, Duration.ofMinutes(1))
                .clock(clock())
                .allowUnconfirmedSignIn()
                .revealTakenEmail();
    }

    /** The rules with nothing loosened; mail is sent before the answer, on the calling thread. */
    final Accounts.Builder strict(AuthStores stores, Mailbox mailbox) {
        return Accounts.builder(stores)
                .hasher(hasher())
                .hashingLimit(8, Duration.ofMinutes(1))
                .clock(clock())
                .mailer(mailbox)
                .executor(Runnable::run);
    }

    static void expectCheck(Accounts accounts, String token, String outcome) {
        expect("check of the session", Person.check(accounts, token)).is(outcome);
    }
}
