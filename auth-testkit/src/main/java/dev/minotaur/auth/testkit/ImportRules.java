package dev.minotaur.auth.testkit;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.ImportedUser;
import dev.minotaur.auth.password.BcryptPasswordHasher;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.spi.UserRecord;
import java.util.List;
import java.util.Optional;

/** How users of another system are brought over, over the stores. */
abstract class ImportRules extends OwnerRules {

    ImportRules() {}

    @Rule(
            id = "OWN-6",
            promise =
                    "An imported user MUST sign in by either identifier with the password of before, whichever of its names"
                            + " the hash is stored under, and a hash that is cheaper than today's MUST be replaced then, which"
                            + " ends no session.",
            why = "Everybody who is brought over would have to reset the password, or keep a hash that is too weak.")
    public final void own6AnImportedHashSignsIn() {
        Accounts accounts = accounts();
        Accounts costlier = settings(stores())
                .hasher(BcryptPasswordHasher.insecurelyCheapForTests(5))
                .build();
        for (String name : List.of("$2a$", "$2b$", "$2y$")) {
            Person ada = new Person();
            PasswordHash hash = hash(name);
            expect("the import", Words.of(accounts.userImport().add(imported(ada, hash))))
                    .is("IMPORTED");
            UserRecord before = record(ada);
            expect("the hash as it was", before.passwordHash()).is(Optional.of(hash));
            String session = signedIn(accounts, upper(ada.email()));
            expectCheck(accounts(1), signedIn(accounts(1), upper(ada.username())), LIVE);
            expect("a sign-in with another password", Person.told(ada.signIn(accounts, Person.NEXT_PASSWORD)))
                    .is(BAD_CREDENTIALS);
            expect("findById", recordOf(before)).is(Optional.of(before));
            String next = signedIn(costlier, ada.email());
            UserRecord after = record(ada);
            expect(
                            "the beginning of the hash then",
                            after.passwordHash().orElseThrow().encoded().substring(0, 7))
                    .is("$2b$05$");
            expect("the stamp then", after.stamp()).is(before.stamp());
            expectCheck(accounts(1), session, LIVE);
            expectCheck(accounts(1), next, LIVE);
            expectCheck(accounts(1), signedIn(costlier, ada.username()), LIVE);
            expect("findById after one more sign-in", recordOf(before)).is(Optional.of(after));
        }
    }

    @Rule(
            id = "OWN-7",
            promise =
                    "A user who is imported without proof of the address, or without a password, MUST sign in when a reset"
                            + " has proven the address and not before, unless the open form allows it; one whose address is"
                            + " proven MUST sign in at once.",
            why = "Whoever registered in the other system with somebody else's address would be brought over with it.")
    public final void own7AnUnprovenImportWaitsForAReset() {
        Accounts accounts = strict(stores(), new Mailbox()).build();
        PasswordHash hash = hash("$2b$");
        Person ada = new Person();
        Person bob = new Person();
        Person cyd = new Person();
        expect("the import", Words.of(accounts.userImport().add(imported(ada, hash))))
                .is("IMPORTED");
        expect("the import without a password", Words.of(accounts.userImport().add(ImportedUser.of(bob.email()))))
                .is("IMPORTED");
        expect(
                        "the proven import",
                        Words.of(accounts.userImport().add(imported(cyd, hash).emailProven())))
                .is("IMPORTED");
        expect("a sign-in of the proven one", Person.told(cyd.signIn(accounts, Person.PASSWORD)))
                .is("SIGNED_IN");
        for (Person person : List.of(ada, bob)) {
            expect("when the address was confirmed", record(person).emailConfirmedAt())
                    .is(Optional.empty());
            expect("a sign-in before the reset", Person.told(person.signIn(accounts, Person.PASSWORD)))
                    .is(BAD_CREDENTIALS);
            expect("the reset", Person.told(person.reset(accounts, resetLink(person))))
                    .is("RESET");
            expect("a sign-in after it", Person.told(person.signIn(accounts, Person.NEXT_PASSWORD)))
                    .is("SIGNED_IN");
        }
    }

    @Rule(
            id = "OWN-8",
            promise =
                    "An import of a taken address or username, of the same user once more, or with a hash that cannot be read"
                            + " MUST be told so, store nobody and change nobody.",
            why = "An import that was broken off could not be run again, or would undo what users have changed since.")
    public final void own8ARefusedImportChangesNothing() {
        Accounts accounts = accounts();
        Person ada = new Person();
        PasswordHash hash = hash("$2b$");
        expect("the import", Words.of(accounts.userImport().add(imported(ada, hash))))
                .is("IMPORTED");
        ada.changed(accounts, ada.token(accounts));
        UserRecord before = record(ada);
        expect("the same import again", Words.of(accounts.userImport().add(imported(ada, hash))))
                .isOneOf("EMAIL_TAKEN", "USERNAME_TAKEN");
        Person bob = new Person();
        expect(
                        "an import with her address",
                        Words.of(accounts.userImport()
                                .add(ImportedUser.of(upper(ada.email())).username(bob.username()))))
                .is("EMAIL_TAKEN");
        expect(
                        "an import with her username",
                        Words.of(accounts.userImport()
                                .add(ImportedUser.of(bob.email()).username(upper(ada.username())))))
                .is("USERNAME_TAKEN");
        for (String unreadable : List.of("$2x$" + hash.encoded().substring(4), "$argon2id$v=19$m=1,t=1,p=1$c2E$aGE")) {
            expect(
                            "an import with a hash that cannot be read",
                            Words.of(accounts.userImport().add(imported(bob, PasswordHash.of(unreadable)))))
                    .is("HASH_NOT_ACCEPTED");
        }
        expect("findById", recordOf(before)).is(Optional.of(before));
        for (String identifier : List.of(bob.email(), bob.username())) {
            expect("find of who was refused", accounts.administration().find(identifier))
                    .is(Optional.empty());
        }
        expect("the import of who was refused", Words.of(accounts.userImport().add(imported(bob, hash))))
                .is("IMPORTED");
    }

    static ImportedUser imported(Person person, PasswordHash hash) {
        return ImportedUser.of(person.email()).username(person.username()).passwordHash(hash);
    }

    /** The hash of everybody's password as another system has it: bcrypt under one of its names. */
    final PasswordHash hash(String name) {
        PasswordHash bcrypt = BcryptPasswordHasher.insecurelyCheapForTests(4).hash(password(Person.PASSWORD));
        return PasswordHash.of(name + bcrypt.encoded().substring(4));
    }
}
