package dev.minotaur.auth.testkit.broken;

import static dev.minotaur.auth.testkit.broken.Fault.users;

import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.Username;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Stores of users that take different identifiers for one. */
final class IdentifierFaults {

    private IdentifierFaults() {}

    static List<Fault> all() {
        return Fault.list(
                users(
                        "identifiers are folded to lower case",
                        Folding.by(text -> text.toLowerCase(Locale.ROOT)),
                        "USR-13",
                        "USR-15",
                        "USR-16",
                        "USR-18"),
                users(
                        "identifiers are folded to upper case",
                        Folding.by(text -> text.toUpperCase(Locale.ROOT)),
                        "USR-13",
                        "USR-15",
                        "USR-16",
                        "STO-19",
                        "USR-18"),
                users("ASCII letters are folded", Folding.by(IdentifierFaults::asciiLowerCase), "USR-13", "USR-15"),
                users(
                        "accents are stripped",
                        Folding.by(IdentifierFaults::withoutAccents),
                        "USR-16",
                        "USR-18",
                        "STO-18",
                        "STO-19",
                        "USR-17"),
                users("identifiers are trimmed", Folding.by(IdentifierFaults::trimmed), "USR-17"),
                users(
                        "invisible characters are ignored",
                        Folding.by(text -> text.replaceAll("[\u200b\u00ad]", "")),
                        "USR-17"),
                users(
                        "identifiers are normalised",
                        Folding.by(text -> Normalizer.normalize(text, Normalizer.Form.NFC)),
                        "USR-18",
                        "STO-19"),
                users(
                        "identifiers are normalised with compatibility",
                        Folding.by(text -> Normalizer.normalize(text, Normalizer.Form.NFKC)),
                        "USR-16",
                        "USR-17",
                        "USR-18",
                        "STO-17",
                        "STO-19"),
                users(
                        "punctuation is passed over",
                        Folding.by(text -> text.replaceAll("(?<=o)[-'\u2010\u2019](?=o)", "")),
                        "USR-45"),
                users(
                        "digits are taken for numbers",
                        Folding.by(text -> text.replaceAll("(?<=[0-9a-f]{32})0+(?=7$)", "")),
                        "USR-45"),
                users("symbols are passed over", Folding.by(text -> text.replaceAll("[\u2665\u20ac]", "")), "USR-45"),
                users(
                        "identifiers are looked up by LIKE",
                        store -> new ForwardingUserStore(store) {
                            private final Set<String> emails = ConcurrentHashMap.newKeySet();

                            @Override
                            public InsertUserOutcome insert(UserRecord user) {
                                emails.add(user.email().canonical());
                                return correct.insert(user);
                            }

                            @Override
                            public Optional<UserRecord> findByEmail(String canonicalEmail) {
                                Optional<UserRecord> found = correct.findByEmail(canonicalEmail);
                                return found.isPresent()
                                        ? found
                                        : emails.stream()
                                                .filter(like(canonicalEmail).asMatchPredicate())
                                                .findFirst()
                                                .flatMap(correct::findByEmail);
                            }
                        },
                        "USR-19",
                        "USR-45"),
                users(
                        "supplementary characters are all equal",
                        Folding.by(text -> text.replaceAll("[\\x{10000}-\\x{10ffff}]", "\ufffd")),
                        "USR-20",
                        "STO-18",
                        "USR-16"),
                users(
                        "identifiers are cut at supplementary characters",
                        Folding.by(text -> text.replaceAll("[\\x{10000}-\\x{10ffff}].*", "")),
                        "USR-20",
                        "STO-17",
                        "STO-18",
                        "USR-16",
                        "USR-17"),
                users("addresses are cut at 250 chars", Folding.by(text -> cut(text, 250)), "USR-21", "STO-18"),
                users(
                        "usernames are cut at 191 bytes",
                        Folding.by(text -> cut(text, 63)),
                        "USR-21",
                        "STO-17",
                        "STO-18",
                        "STO-19"),
                users(
                        "password hashes are cut at 511 chars",
                        store -> new ForwardingUserStore(store) {
                            @Override
                            protected UserRecord in(UserRecord user) {
                                return user.toBuilder()
                                        .passwordHash(user.passwordHash()
                                                .map(hash -> PasswordHash.of(cut(hash.encoded(), 511)))
                                                .orElse(null))
                                        .build();
                            }
                        },
                        "USR-21",
                        "STO-18"),
                users(
                        "the entered forms are cut at 255 bytes",
                        store -> new ForwardingUserStore(store) {
                            @Override
                            protected UserRecord in(UserRecord user) {
                                EmailAddress email = user.email();
                                return user.toBuilder()
                                        .email(new EmailAddress(cut(email.entered(), 85), email.canonical()))
                                        .username(user.username()
                                                .map(name -> new Username(cut(name.entered(), 63), name.canonical()))
                                                .orElse(null))
                                        .build();
                            }
                        },
                        "USR-21",
                        "STO-17",
                        "STO-18",
                        "STO-19"));
    }

    private static String asciiLowerCase(String text) {
        StringBuilder folded = new StringBuilder();
        text.chars().forEach(c -> folded.append((char) (c >= 'A' && c <= 'Z' ? c + 32 : c)));
        return folded.toString();
    }

    private static String withoutAccents(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
    }

    private static String trimmed(String text) {
        return text.isBlank() ? text : text.trim();
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }

    private static Pattern like(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString());
    }
}
