package dev.minotaur.auth.testkit;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.testkit.FaultRun.Outcome;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** How a user gets another e-mail address, while a call of the backend, or of a store, fails. */
abstract class EmailChangeFaultRules extends EmailChangeRaceRules {

    static final String SESSION = "the session";
    static final String LINK = "the link";

    private static final String ADDRESS = "the address";
    private static final String ACCOUNT_OF_OLD = "who has the old address";

    EmailChangeFaultRules() {}

    @Rule(
            id = "EML-19",
            promise =
                    "A request to change the address that meets a failure MUST send a good link or none, leave the newest"
                            + " link good, change nothing of the account, and MUST send one when it is made again after the"
                            + " wait.",
            why =
                    "The mail would lead to nothing, or a failure would end a session or a link that is about to be used.")
    public final void eml19ARequestSendsGoodLinks() {
        withPerson("ask for a link to a new address", (run, ada) -> {
            Mailbox mailbox = new Mailbox();
            Accounts quiet = mailing(handle(1), mailbox).build();
            Accounts accounts = mailing(run.stores(), mailbox).build();
            String session = ada.token(quiet);
            String next = freshEmail();
            expect("the first request", Words.of(quiet.emailChange().request(session, next)))
                    .is(ACCEPTED);
            clock().advance(INTERVAL);
            Sight before = witness(ada).look();
            Outcome outcome = run.attempt(() -> Words.of(accounts.emailChange().request(session, next)));
            if (outcome.failure() == null) {
                expect("the request", outcome.answer()).is(ACCEPTED);
            }
            witness(ada).look().expectOneOf("what another handle sees of the account", List.of(before));
            List<String> links = mailbox.tokens(next);
            expect("links in mails", links.size()).isOneOf(1, 2);
            expect(
                            "good links of " + links.size(),
                            links.stream()
                                    .filter(link ->
                                            quiet.emailChange().look(link).isPresent())
                                    .toList())
                    .is(List.of(links.get(links.size() - 1)));
            clock().advance(INTERVAL);
            expect(
                            "the request of who asks again",
                            Words.of(accounts.emailChange().request(session, next)))
                    .is(ACCEPTED);
            expect("links in mails then", mailbox.tokens(next).size()).is(links.size() + 1);
            expectConfirmed(quiet, mailbox.token(next));
        });
    }

    @Rule(
            id = "EML-20",
            promise =
                    "A change of address that meets a failure MUST leave the old one with its sessions and the link good, or"
                            + " the new one, no session, and the link of no use: never both addresses, and never neither.",
            why =
                    "The owner would be found by neither address, or a session would outlive the change that was to end it.")
    public final void eml20AnAddressIsChangedWholly() {
        withPerson("change the address by its link", (run, ada) -> {
            String next = freshEmail();
            String session = ada.token(accounts(1));
            String link = changeLink(ada, session, next);
            Accounts quiet = mailing(handle(1), new Mailbox()).build();
            Accounts accounts = mailing(run.stores(), new Mailbox()).build();
            Supplier<Sight> look = () -> new Sight()
                    .with(ADDRESS, addressOf(quiet, ada))
                    .with("who has the new address", named(quiet, next))
                    .with(ACCOUNT_OF_OLD, named(quiet, ada.email()))
                    .with(SESSION, Person.check(quiet, session).equals(LIVE) ? GOOD : ENDED)
                    .with(LINK, quiet.emailChange().look(link).isPresent() ? GOOD : ENDED);
            Deed deed = Deed.of(
                    () -> Words.of(accounts.emailChange().confirm(link)),
                    "CHANGED",
                    LINK_NOT_GOOD,
                    Map.of(
                            ADDRESS,
                            next,
                            "who has the new address",
                            ada.username(),
                            ACCOUNT_OF_OLD,
                            "none",
                            SESSION,
                            ENDED,
                            LINK,
                            ENDED));
            expectAllOrNothing(run, look, deed);
        });
    }

    private static String addressOf(Accounts accounts, Person person) {
        return accounts.administration()
                .find(person.username())
                .map(user -> user.email().entered())
                .orElse("none");
    }

    /** The username of who has an address. */
    private static String named(Accounts accounts, String email) {
        return accounts.administration()
                .find(email)
                .flatMap(user -> user.username())
                .map(name -> name.entered())
                .orElse("none");
    }
}
