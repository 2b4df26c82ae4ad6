package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.spi.InsertUserOutcome.EMAIL_TAKEN;
import static dev.minotaur.auth.spi.InsertUserOutcome.INSERTED;
import static dev.minotaur.auth.spi.InsertUserOutcome.USERNAME_TAKEN;
import static dev.minotaur.auth.spi.UpdateUserOutcome.UPDATED;

import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.Username;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.spi.UserRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Which identifiers of users are the same: those with equal chars in their canonical form, and no others. */
abstract class UserIdentifierRules extends UserInsertRules {

    UserIdentifierRules() {}

    @Rule(
            id = "USR-13",
            promise = "A find by e-mail address or username MUST compare the canonical form only: the entered form of a"
                    + " user finds nobody.",
            why = "A user found by what was typed, and not by what is unique, may be another one than the rules meant.")
    public final void usr13OnlyTheCanonicalFormIsFound() {
        for (UnaryOperator<UserRecord> way : userWays()) {
            UserRecord user = way.apply(Samples.fullUser());
            expect(
                            "findByEmail of the canonical form",
                            users().findByEmail(user.email().canonical()))
                    .is(Optional.of(user));
            expect(
                            "findByEmail of the entered form",
                            users().findByEmail(user.email().entered()))
                    .is(Optional.empty());
            Username username = user.username().orElseThrow();
            expect("findByUsername of the canonical form", users().findByUsername(username.canonical()))
                    .is(Optional.of(user));
            expect("findByUsername of the entered form", users().findByUsername(username.entered()))
                    .is(Optional.empty());
        }
    }

    @Rule(
            id = "USR-14",
            promise =
                    "Only the canonical forms of e-mail address and username MUST be unique: entered forms may be equal,"
                            + " and differing entered forms do not make one canonical form two.",
            why = "Uniqueness of the wrong column lets two users have one identifier.")
    public final void usr14OnlyTheCanonicalFormIsUnique() {
        String text = Samples.unique();
        for (UnaryOperator<UserRecord> way : userWays()) {
            for (String unique : List.of(Samples.unique(), Samples.unique())) {
                expectStored(way.apply(Samples.user(new EmailAddress("same@example.org", unique)).toBuilder()
                        .username(new Username("Same", unique))
                        .build()));
            }
        }
        inserted(Samples.user(new EmailAddress("same@example.org", text + "@a.example")));
        UserRecord sameEmail = Samples.user(new EmailAddress("other@example.org", text + "@a.example"));
        expect("the insert with an equal canonical address", users().insert(sameEmail))
                .is(EMAIL_TAKEN);
        inserted(Samples.user(new Username("Same", text)));
        UserRecord sameUsername = Samples.user(new Username("Other", text));
        expect("the insert with an equal canonical username", users().insert(sameUsername))
                .is(USERNAME_TAKEN);
    }

    @Rule(
            id = "USR-15",
            promise = "Identifiers that differ in the case of ASCII letters MUST be different.",
            why =
                    "Core has already folded what is to be folded; a store that folds once more gives one person's look-up"
                            + " another person's account.")
    public final void usr15AsciiCaseCounts() {
        expectAllDifferent(List.of("#ai", "#Ai", "#aI", "#AI"));
    }

    @Rule(
            id = "USR-16",
            promise = "Identifiers that differ in letters beyond ASCII MUST be different, also where case folding, a"
                    + " collation or a look-alike makes them one.",
            why = "Accounts have been taken over by registering a look-alike of the victim's address and asking for its"
                    + " password reset.")
    public final void usr16LettersBeyondAsciiCount() {
        expectAllDifferent(List.of("#i", "#\u0130", "#\u0131", "#i\u0307"));
        expectAllDifferent(List.of("#k", "#\u212a", "#ke", "#k\u00e9"));
        expectAllDifferent(List.of("#s", "#\u017f", "#ss", "#\u00df", "#\u1e9e"));
        expectAllDifferent(List.of("#\u03c3", "#\u03c2", "#a", "#\u0430", "#\uff41"));
        expectAllDifferent(List.of("#\u01c4", "#\u01c5", "#\u01c6", "#d\u017e", "#\u00fe", "#th"));
        expectAllDifferent(List.of("#\u00e4", "#ae", "#\u00e6", "#o", "#\u00f8", "#l", "#\u0142"));
        expectAllDifferent(List.of("#\u304b", "#\u30ab", "#\uff76", "#\u304c", "#\u3041", "#\u3042"));
        expectAllDifferent(List.of("#\u0627", "#\u0623", "#\u0627\u064e", "#\u0627\u0640", "#\u05d0", "#\u05d0\u05b7"));
        expectAllDifferent(List.of("#\ud801\udc00", "#\ud801\udc28", "#\u13a0", "#\uab70", "#\u10d0", "#\u1c90"));
    }

    @Rule(
            id = "USR-17",
            promise = "White space and invisible characters in an identifier, at its ends too, MUST count.",
            why = "A column that pads, or a store that trims, takes two identifiers for one.")
    public final void usr17WhiteSpaceCounts() {
        expectAllDifferent(List.of("#", "# ", "#  ", " #", "#\t", "#\u00a0", "#\u200b", "#\u00ad"));
        expectAllDifferent(
                List.of("#x", "#\u200dx", "#\u200cx", "#\u2060x", "#\ufeffx", "#\u200ex", "#x\ufe0f", "#\u034fx"));
        expectAllDifferent(
                List.of("#-", "#-\u3000", "#-\n", "#-\r\n", "#-\u0001", "#-\u007f", "#-\udb40\udc41", "#-\uffff"));
    }

    @Rule(
            id = "USR-18",
            promise = "Identifiers that differ in their Unicode normal form MUST be different.",
            why = "Core has already normalised what is to be normalised; a store that normalises once more drifts apart"
                    + " from every other store.")
    public final void usr18NormalFormCounts() {
        expectAllDifferent(List.of("#\u00e9", "#e\u0301"));
        expectAllDifferent(List.of("#\u00c5", "#\u212b", "#A\u030a"));
        expectAllDifferent(List.of("#q\u0323\u0307", "#q\u0307\u0323", "#\ud55c", "#\u1112\u1161\u11ab"));
        expectAllDifferent(
                List.of("#\ufb01", "#fi", "#\u2460", "#1", "#\uff11", "#\u00b9", "#\u0661", "#\u338f", "#kg"));
        expectAllDifferent(List.of("#\u4e3d", "#\ud87e\udc00", "#\u2126", "#\u03a9", "#\u0958", "#\u0915\u093c"));
    }

    @Rule(
            id = "USR-19",
            promise = "Characters that mean something to a query language MUST be taken as themselves.",
            why = "A look-up that matches a pattern finds a user without knowing the identifier, and one that can be"
                    + " escaped from runs what the user typed.")
    public final void usr19PatternCharactersAreOrdinary() {
        expectAllDifferent(List.of(
                "#abc", "#a_c", "#a%", "#a*", "#a?c", "#a.c", "#a[b]c", "#a\\bc", "#a' or ''='", "#a:b", "#a{b}"));
    }

    @Rule(
            id = "USR-20",
            promise = "Identifiers that differ in a character of four UTF-8 bytes MUST be storable and different.",
            why = "Some columns refuse such characters, cut the text before them, or compare them all as equal.")
    public final void usr20FourByteCharactersCount() {
        expectAllDifferent(List.of("#", "#\ud83d\ude00", "#\ud83d\ude01", "#\ud83d\ude00x"));
        expectAllDifferent(List.of("#\ud83d\udc4d", "#\ud83d\udc4d\ud83c\udffb", "#\ud83d\udc4d\ud83c\udfff"));
    }

    @Rule(
            id = "USR-21",
            promise =
                    "Identifiers and password hashes of the greatest length MUST be stored whole and compared whole, also"
                            + " when they take three bytes a char.",
            why = "A value cut short is another value: WordPress once gave out a second \"admin\" that way.")
    public final void usr21LongestTextIsStoredWhole() {
        String email = "\u4e2d".repeat(EmailAddress.MAX_LENGTH - 33);
        String username = "\u4e2d".repeat(Username.MAX_LENGTH - 33);
        expectAllDifferent(
                List.of("#" + email + "a", "#" + email + "b", "#" + email),
                List.of("#" + username + "a", "#" + username + "b", "#" + username));
        for (UnaryOperator<UserRecord> way : userWays()) {
            String entered = "\u4e2d".repeat(EmailAddress.MAX_LENGTH);
            expectStored(way.apply(Samples.user(new EmailAddress(entered, Samples.unique())).toBuilder()
                    .username(new Username("\u4e2d".repeat(Username.MAX_LENGTH), Samples.unique()))
                    .passwordHash(PasswordHash.of("h".repeat(PasswordHash.MAX_LENGTH - 1) + "!"))
                    .build()));
        }
    }

    @Rule(
            id = "USR-45",
            promise = "Punctuation, symbols and digits in an identifier MUST count, each as itself.",
            why =
                    "Collations pass over hyphens and apostrophes, and some take digits for the numbers they write: co-op and"
                            + " coop, or ann7 and ann007, would be one person.")
    public final void usr45PunctuationAndDigitsCount() {
        expectAllDifferent(List.of("#coop", "#co-op", "#co\u2010op", "#co'op", "#co\u2019op", "#co.op", "#co_op"));
        expectAllDifferent(List.of("#7", "#07", "#007", "#7.0", "#+7", "#7e0"));
        expectAllDifferent(List.of("#,", "#;", "#!", "#\u2665", "#\u20ac", "#\ue000", "#\u0378", "#\ud83f\udffe"));
    }

    /** Each '#' stands for text that no other test has. */
    private void expectAllDifferent(List<String> patterns) {
        expectAllDifferent(patterns, patterns);
    }

    /** As many addresses as usernames come in by an insert, and once more by an update. */
    private void expectAllDifferent(List<String> emailPatterns, List<String> usernamePatterns) {
        List<UserRecord> users = expectEmailsDifferent(unique(emailPatterns));
        expectUsernamesDifferent(unique(usernamePatterns));
        List<String> emails = unique(emailPatterns);
        List<String> usernames = unique(usernamePatterns);
        List<UserRecord> updated = new ArrayList<>();
        for (UserRecord user : users) {
            String email = emails.get(updated.size());
            String username = usernames.get(updated.size());
            UserRecord next = user.toBuilder()
                    .version(2)
                    .email(Samples.email(email))
                    .username(Samples.username(username))
                    .build();
            expect("the update to " + Shown.of(email) + " and " + Shown.of(username), users().update(next, 1))
                    .is(UPDATED);
            updated.add(next);
        }
        updated.forEach(this::expectFound);
    }

    private static List<String> unique(List<String> patterns) {
        String unique = Samples.unique();
        return patterns.stream().map(text -> text.replace("#", unique)).toList();
    }

    private List<UserRecord> expectEmailsDifferent(List<String> emails) {
        List<UserRecord> all =
                emails.stream().map(text -> Samples.user(Samples.email(text))).toList();
        for (UserRecord user : all) {
            String email = user.email().canonical();
            expect("findByEmail before " + Shown.of(email) + " is inserted", users().findByEmail(email))
                    .is(Optional.empty());
            expect("the insert of " + Shown.of(email), users().insert(user)).is(INSERTED);
        }
        for (UserRecord user : all) {
            expect("findByEmail", users().findByEmail(user.email().canonical())).is(Optional.of(user));
        }
        return all;
    }

    private void expectUsernamesDifferent(List<String> usernames) {
        List<UserRecord> all = usernames.stream()
                .map(text -> Samples.user(Samples.username(text)))
                .toList();
        for (UserRecord user : all) {
            String username = usernameOf(user);
            expect("findByUsername before " + Shown.of(username) + " is inserted", users().findByUsername(username))
                    .is(Optional.empty());
            expect("the insert of " + Shown.of(username), users().insert(user)).is(INSERTED);
        }
        for (UserRecord user : all) {
            expect("findByUsername", users().findByUsername(usernameOf(user))).is(Optional.of(user));
        }
    }

    final void expectFound(UserRecord user) {
        expect("findByEmail", users().findByEmail(user.email().canonical())).is(Optional.of(user));
        expect("findByUsername", users().findByUsername(usernameOf(user))).is(Optional.of(user));
    }
}
