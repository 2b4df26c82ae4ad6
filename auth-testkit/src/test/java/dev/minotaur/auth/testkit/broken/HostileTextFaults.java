package dev.minotaur.auth.testkit.broken;

import static dev.minotaur.auth.testkit.broken.Fault.attempts;
import static dev.minotaur.auth.testkit.broken.Fault.tokens;
import static dev.minotaur.auth.testkit.broken.Fault.users;

import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenDigest;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Stores that take some text for more than text, or some bytes for less than bytes. */
final class HostileTextFaults {

    private static final Set<String> NOTHING = Set.of("nil", "undefined", "none", "(null)");

    private HostileTextFaults() {}

    static List<Fault> all() {
        return Fault.list(
                labels("labels that say nothing are nothing", HostileTextFaults::somethingOrNull, "STO-17"),
                labels("labels that are numbers are numbers", HostileTextFaults::number, "STO-17"),
                labels("mark-up in labels is escaped", label -> label.replace("<", "&lt;"), "STO-17"),
                users(
                        "backslashes in a password hash are taken for escapes",
                        BreakUsers.storing(user -> user.toBuilder()
                                .passwordHash(user.passwordHash()
                                        .map(hash ->
                                                PasswordHash.of(hash.encoded().replace("\\\\", "\\")))
                                        .orElse(null))
                                .build()),
                        "STO-17"),
                users(
                        "variables in an entered address are filled in",
                        BreakUsers.storing(user -> user.toBuilder()
                                .email(new EmailAddress(
                                        user.email().entered().replace("$HOME", "/home"),
                                        user.email().canonical()))
                                .build()),
                        "STO-17"),
                labels(
                        "labels are cut at 100 code points beyond the first plane",
                        HostileTextFaults::cut,
                        "STO-18",
                        "STO-19"),
                labels(
                        "labels are cut at 399 bytes if every character takes two",
                        label -> label.chars().allMatch(c -> c >= 0x80 && c < 0x800)
                                        && label.chars().distinct().count() <= 2
                                ? label.substring(0, Math.min(label.length(), 199))
                                : label,
                        "STO-18"),
                users(
                        "canonical addresses of four-byte characters are compared up to the 253rd char",
                        Folding.by(text ->
                                text.length() == EmailAddress.MAX_LENGTH && Character.isLowSurrogate(text.charAt(101))
                                        ? text.substring(0, EmailAddress.MAX_LENGTH - 2)
                                        : text),
                        "STO-18"),
                labels(
                        "private letters are replaced in labels",
                        label -> label.replaceAll("[\ue123-\uf000]", "?"),
                        "STO-19"),
                labels(
                        "letters that this Java does not know are replaced in labels",
                        label -> label.replaceAll("\\p{Cn}", "?"),
                        "STO-10",
                        "STO-17",
                        "STO-19"),
                tokens(
                        "a digest of zeros is none",
                        BreakTokens.storing(token -> token.toBuilder()
                                .digest(
                                        token.digest().equals(TokenDigest.of(new byte[TokenDigest.LENGTH]))
                                                ? TokenDigest.of(token.user()
                                                        .toString()
                                                        .substring(0, TokenDigest.LENGTH)
                                                        .getBytes(StandardCharsets.US_ASCII))
                                                : token.digest())
                                .build()),
                        "STO-20"),
                attempts("a key ends at a run of zeros", UntilZeros::new, "STO-20"));
    }

    private static Fault labels(String name, UnaryOperator<String> change, String... caughtBy) {
        return tokens(
                name,
                BreakTokens.storing(token -> token.toBuilder()
                        .label(token.label().map(change).orElse(null))
                        .build()),
                caughtBy);
    }

    private static String somethingOrNull(String label) {
        return NOTHING.contains(label.toLowerCase(Locale.ROOT)) ? null : label;
    }

    private static String number(String label) {
        return label.matches("[0-9]+([.][0-9]+)?([eE][0-9]+)?") ? new BigDecimal(label).toPlainString() : label;
    }

    /** As a column that counts a character of four bytes twice. */
    private static String cut(String label) {
        long beyond =
                label.codePoints().filter(Character::isSupplementaryCodePoint).count();
        return label.length() >= StoredToken.MAX_LABEL_LENGTH - 1 && beyond >= 99 ? label.substring(0, 198) : label;
    }

    private static final class UntilZeros extends ForwardingAttemptStore {

        UntilZeros(AttemptStore correct) {
            super(correct);
        }

        @Override
        protected AttemptKey key(AttemptKey key) {
            byte[] bytes = key.bytes();
            for (int i = 0; i + 8 < bytes.length; i++) {
                if (Arrays.equals(bytes, i, i + 8, new byte[8], 0, 8)) {
                    Arrays.fill(bytes, i, bytes.length, (byte) 0);
                }
            }
            return AttemptKey.of(bytes);
        }
    }
}
