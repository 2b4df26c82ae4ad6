package dev.minotaur.auth.testkit;

import dev.minotaur.auth.CloseResult;
import dev.minotaur.auth.EmailChangeRequest;
import dev.minotaur.auth.EmailChangeResult;
import dev.minotaur.auth.ImportResult;
import dev.minotaur.auth.UsernameChangeResult;

/** Results in one word: what was done, or why it is refused. */
final class Words {

    private Words() {}

    static String of(EmailChangeRequest result) {
        return result instanceof EmailChangeRequest.Refused refused
                ? refused.reason().name()
                : "ACCEPTED";
    }

    static String of(EmailChangeResult result) {
        return result instanceof EmailChangeResult.Refused refused
                ? refused.reason().name()
                : "CHANGED";
    }

    static String of(UsernameChangeResult result) {
        return result instanceof UsernameChangeResult.Refused refused
                ? refused.reason().name()
                : "CHANGED";
    }

    static String of(CloseResult result) {
        return result instanceof CloseResult.Refused refused ? refused.reason().name() : "CLOSED";
    }

    static String of(ImportResult result) {
        return result instanceof ImportResult.Refused refused ? refused.reason().name() : "IMPORTED";
    }
}
