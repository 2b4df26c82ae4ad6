package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.spi.UpdateUserOutcome.UPDATED;
import static dev.minotaur.auth.testkit.Race.ROUNDS;
import static dev.minotaur.auth.testkit.Samples.T0;

import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.Username;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenDigest;
import dev.minotaur.auth.spi.UserRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Text and bytes that are known to break software: whatever core lets through comes back, and is found by itself only. */
abstract class HostileTextRules extends AttemptRaceRules {

    /** A character of one, two, three and four bytes, and another one. */
    private static final List<String> WIDTHS =
            List.of("ab", "\u00e9\u00e8", "\u4e2d\u4e2e", "\ud83d\ude00\ud83d\ude01");

    HostileTextRules() {}

    @Rule(
            id = "STO-17",
            promise = "Text that is known to break software MUST come back char by char from every component that may"
                    + " hold it, and find its user.",
            why = "Somebody is called Null, or chooses a name that reads like a number, a date or a command.")
    public final void sto17NaughtyTextIsOrdinary() {
        int count = 0;
        for (String text : NaughtyStrings.all()) {
            if (count++ % 4 == 0) {
                expectOrdinaryInChanges(text);
            }
            Optional<Username> username =
                    accepted(() -> new Username(text, text + Samples.unique().substring(0, 16)));
            UserRecord user = inserted(Samples.user(new EmailAddress(text, Samples.unique() + text)).toBuilder()
                    .username(username.orElse(null))
                    .passwordHash(accepted(() -> PasswordHash.of(text)).orElse(null))
                    .build());
            expect("findByEmail", users().findByEmail(user.email().canonical())).is(Optional.of(user));
            username.ifPresent(name -> expect("findByUsername", users().findByUsername(name.canonical()))
                    .is(Optional.of(user)));
            StoredToken.Builder token = Samples.session().toBuilder().sentTo(text);
            if (text.length() <= StoredToken.MAX_LABEL_LENGTH) {
                token.label(text);
            }
            accepted(() -> new TokenPurpose(text)).ifPresent(token::purpose);
            expectStored(inserted(token.build()));
            accepted(() -> token.id(Samples.tokenId()).slot(text).build())
                    .ifPresent(slotted -> expectStored(inSlot(slotted)));
        }
    }

    private void expectOrdinaryInChanges(String text) {
        String canonical = Samples.unique() + text;
        UserRecord user = Samples.user(new EmailAddress(text, canonical));
        expectStored(broughtByUpdate(user));
        expect("findByEmail", users().findByEmail(canonical).map(UserRecord::id))
                .is(Optional.of(user.id()));
        if (text.length() <= StoredToken.MAX_LABEL_LENGTH) {
            expectStored(
                    broughtByRotate(Samples.session().toBuilder().label(text).build()));
        }
    }

    @Rule(
            id = "STO-18",
            promise =
                    "Text of the greatest length in chars MUST be stored and compared whole, whether a character of it"
                            + " takes one, two, three or four bytes, also when all components are that long.",
            why = "A column that counts bytes where chars are meant, or the reverse, refuses some people or cuts their"
                    + " address.")
    public final void sto18LongestTextOfEveryWidthIsWhole() {
        for (String pair : WIDTHS) {
            String one = pair.substring(0, pair.length() / 2);
            String two = pair.substring(pair.length() / 2);
            String unique = Samples.unique();
            String uniqueToUpdates = Samples.unique();
            List<UserRecord> users = new ArrayList<>();
            Map<StoredToken, UserRecord> all = new LinkedHashMap<>();
            for (String last : List.of(one, two)) {
                users.add(inserted(longestUser(unique, one, last)));
                users.add(broughtByUpdate(longestUser(uniqueToUpdates, one, last)));
                for (UserRecord user : users.subList(users.size() - 2, users.size())) {
                    all.put(inserted(longestToken(user, one, last)), user);
                    all.put(broughtByRotate(longestToken(user, one, last)), user);
                    all.put(
                            inSlot(longestToken(user, one, last).toBuilder()
                                    .slot("s".repeat(StoredToken.MAX_SLOT_LENGTH))
                                    .build()),
                            user);
                }
            }
            users.forEach(this::expectFound);
            String shorter = filled(unique, one, EmailAddress.MAX_LENGTH - one.length());
            expect("findByEmail of all but the last character", users().findByEmail(shorter))
                    .is(Optional.empty());
            all.forEach(this::expectReadWhole);
        }
    }

    @Rule(
            id = "STO-19",
            promise = "Every code point but NUL and surrogates MUST come back as itself, assigned or not.",
            why = "A store that knows the letters of some year drops or replaces those of the next.")
    public final void sto19EveryCodePointComesBack() {
        CodePoints codePoints = new CodePoints(Math.max(1, 425 / ROUNDS));
        int count = 0;
        for (String sentTo = codePoints.take(EmailAddress.MAX_LENGTH); !sentTo.isEmpty(); ) {
            StoredToken token = inserted(Samples.session().toBuilder()
                    .sentTo(sentTo)
                    .label(orSpace(codePoints.take(StoredToken.MAX_LABEL_LENGTH)))
                    .build());
            String unique = Samples.unique();
            String canonical = unique + codePoints.take(EmailAddress.MAX_LENGTH - unique.length());
            String entered = orSpace(codePoints.take(EmailAddress.MAX_LENGTH));
            UserRecord user = inserted(Samples.user(new EmailAddress(entered, canonical)));
            expectText(token);
            expectText(user);
            if (count++ % 2 == 0) {
                expect("rotate", tokens().rotate(rotated(token, T0), token.digest()))
                        .is(true);
                expectText(token);
                String another = Samples.unique() + canonical.substring(unique.length());
                UserRecord next = user.toBuilder()
                        .version(2)
                        .email(new EmailAddress(entered, another))
                        .build();
                expect("the update", users().update(next, 1)).is(UPDATED);
                expectText(next);
            }
            sentTo = codePoints.take(EmailAddress.MAX_LENGTH);
        }
    }

    private void expectText(StoredToken token) {
        StoredToken found = tokens().find(token.id()).orElse(Samples.session());
        expectText("sentTo", found.sentTo(), token.sentTo());
        expectText("label", found.label(), token.label());
    }

    private void expectText(UserRecord user) {
        String canonical = user.email().canonical();
        Optional<EmailAddress> email = users().findByEmail(canonical).map(UserRecord::email);
        expectText("the canonical address", email.map(EmailAddress::canonical), Optional.of(canonical));
        expectText(
                "the entered address",
                email.map(EmailAddress::entered),
                Optional.of(user.email().entered()));
    }

    @Rule(
            id = "STO-20",
            promise = "Every byte of a digest and of a key MUST come back and count, whatever its value and its place.",
            why =
                    "Bytes that a store takes for text, for a number or for the end of one let a wrong secret pass for the"
                            + " right one.")
    public final void sto20EveryByteCounts() {
        for (byte[] bytes : byteStrings()) {
            byte[] other = bytes.clone();
            other[other.length - 1] ^= 0x20;
            StoredToken token = inserted(Samples.session().toBuilder()
                    .digest(TokenDigest.of(bytes))
                    .previousDigest(TokenDigest.of(other))
                    .build());
            expectStored(token);
            expect(
                            "consume with another last byte",
                            tokens().consume(token.id(), token.purpose(), TokenDigest.of(other)))
                    .is(Optional.empty());
            expect("rotate with another last byte", tokens().rotate(token, TokenDigest.of(other)))
                    .is(false);
            expect("consume", consume(token)).is(Optional.of(token));
            byte[] random = Samples.bytes32();
            System.arraycopy(random, 0, bytes, 12, 8);
            System.arraycopy(random, 0, other, 12, 8);
            AttemptKey key = AttemptKey.of(bytes);
            AttemptKey otherKey = AttemptKey.of(other);
            expectRecorded(key, 0, new Attempts(1, T0));
            expect("find of a key with another last byte", attempts().find(otherKey))
                    .is(Optional.empty());
            expectRecorded(otherKey, 0, new Attempts(2, T0));
            expect("find of the first key", attempts().find(key)).is(Optional.of(new Attempts(1, T0)));
        }
    }

    private static String orSpace(String text) {
        return text.isEmpty() ? " " : text;
    }

    /** What core refuses to make reaches no store. */
    private static <T> Optional<T> accepted(Supplier<T> value) {
        try {
            return Optional.of(value.get());
        } catch (IllegalArgumentException refused) {
            return Optional.empty();
        }
    }

    /** Shows a long text from where it differs on. */
    private static void expectText(String subject, Optional<String> observed, Optional<String> expected) {
        String found = observed.orElse("");
        String given = expected.orElse("");
        int same = 0;
        while (same < Math.min(found.length(), given.length()) && found.charAt(same) == given.charAt(same)) {
            same++;
        }
        expect(subject + " from char " + same + " on", found.substring(same)).is(given.substring(same));
    }

    private static UserRecord longestUser(String unique, String fill, String last) {
        String email = filled("", fill, EmailAddress.MAX_LENGTH);
        String name = filled("", fill, Username.MAX_LENGTH);
        String canonicalEmail = filled(unique, fill, EmailAddress.MAX_LENGTH - last.length()) + last;
        String canonicalName = filled(unique, fill, Username.MAX_LENGTH - last.length()) + last;
        return Samples.user(new EmailAddress(email, canonicalEmail)).toBuilder()
                .username(new Username(name, canonicalName))
                .passwordHash(PasswordHash.of("h".repeat(PasswordHash.MAX_LENGTH)))
                .build();
    }

    private static StoredToken longestToken(UserRecord user, String fill, String last) {
        return Samples.fullSession().toBuilder()
                .user(user.id())
                .purpose(new TokenPurpose("p".repeat(TokenPurpose.MAX_LENGTH)))
                .sentTo(filled("", fill, EmailAddress.MAX_LENGTH - last.length()) + last)
                .label(filled("", fill, StoredToken.MAX_LABEL_LENGTH - last.length()) + last)
                .build();
    }

    private static String filled(String start, String fill, int length) {
        return start + fill.repeat((length - start.length()) / fill.length());
    }

    /** Each byte once, each of the awkward ones from end to end, and zeros with one other byte first or last. */
    private static List<byte[]> byteStrings() {
        List<byte[]> all = new ArrayList<>();
        for (int first = 0; first < 256; first += TokenDigest.LENGTH) {
            byte[] bytes = new byte[TokenDigest.LENGTH];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (first + i);
            }
            all.add(bytes);
        }
        for (char value : "\0 %'0\\\u007f\u0080\u00ff".toCharArray()) {
            byte[] bytes = new byte[TokenDigest.LENGTH];
            Arrays.fill(bytes, (byte) value);
            all.add(bytes);
        }
        for (int place : List.of(0, TokenDigest.LENGTH - 1)) {
            byte[] bytes = new byte[TokenDigest.LENGTH];
            bytes[place] = 1;
            all.add(bytes);
        }
        return all;
    }
}
