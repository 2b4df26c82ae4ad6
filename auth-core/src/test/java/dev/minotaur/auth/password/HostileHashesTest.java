package dev.minotaur.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Stored strings that nobody meant: whatever they say, no exception, and no more work than the strings allow. */
class HostileHashesTest {

    private static final String ODD = "$,=./+{}!-0123456789abyxZ~";
    private static final int MADE = 50_000;
    private static final int VERIFIED = 300;

    private final Random random = new Random(20261126);
    private final RawPassword password = RawPassword.ofString("correct horse battery staple");
    private final List<PasswordHash> sound = ToolHash.all().map(ToolHash::hash).toList();
    private final DelegatingPasswordHasher hasher = DelegatingPasswordHasher.builder(
                    BcryptSha256PasswordHasher.insecurelyCheapForTests(4))
            .upgradesKnownFormats()
            .build();

    @Test
    void anyStringIsReadOrNotWithoutAnException() {
        int readable = 0;
        for (int i = 0; i < MADE; i++) {
            readable += hasher.canRead(changed()) ? 1 : 0;
        }
        assertThat(readable).as("changes that leave a hash").isBetween(MADE / 20, MADE / 2);
    }

    @Test
    void whatCannotBeReadIsUnreadableAndWhatCanBeFails() {
        List<PasswordHash> strings = new ArrayList<>();
        while (strings.size() < VERIFIED) {
            PasswordHash string = changed();
            if (!sound.contains(string) && isCheap(string)) {
                strings.add(string);
            }
        }
        for (PasswordHash string : strings) {
            PasswordVerification found = hasher.verify(password, string);
            assertThat(found == PasswordVerification.UNREADABLE)
                    .as(string.encoded())
                    .isEqualTo(!hasher.canRead(string));
        }
    }

    @Test
    void everyBeginningOfAHashIsUnreadable() {
        for (PasswordHash hash : sound) {
            for (int end = 1; end < hash.encoded().length(); end++) {
                String beginning = hash.encoded().substring(0, end);
                assertThat(hasher.canRead(PasswordHash.of(beginning)))
                        .as(beginning)
                        .isFalse();
            }
        }
    }

    @Test
    void theLongestStringsAreReadOrNotAtOnce() {
        for (String beginning : List.of(
                "$2b$10$",
                "{bcrypt}$2b$10$",
                "$bcrypt-sha256$v=2,t=2b,r=10$",
                "$pbkdf2-sha256$1$",
                "pbkdf2_sha256$1$")) {
            for (String filling : List.of("$", "A", "=", "9", "{bcrypt}")) {
                String filled = beginning + filling.repeat(PasswordHash.MAX_LENGTH);
                assertThat(hasher.canRead(PasswordHash.of(filled.substring(0, PasswordHash.MAX_LENGTH))))
                        .isFalse();
            }
        }
    }

    /** A change may state any cost up to the bounds; the ones that take seconds are left to the tests of the bounds. */
    private static boolean isCheap(PasswordHash string) {
        String encoded = string.encoded();
        return !encoded.matches(".*(\\$1\\d\\$|,1\\d\\$|r=1\\d\\$|0[89]\\$|,[89]\\$|=[89]\\$|\\d{6,}\\$).*");
    }

    private PasswordHash changed() {
        StringBuilder text =
                new StringBuilder(sound.get(random.nextInt(sound.size())).encoded());
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int at = random.nextInt(text.length());
            char odd = ODD.charAt(random.nextInt(ODD.length()));
            switch (random.nextInt(5)) {
                case 0 -> text.setCharAt(at, odd);
                case 1 -> text.insert(at, odd);
                case 2 -> text.deleteCharAt(at);
                case 3 -> text.setLength(at + 1);
                default -> text.setCharAt(at, (char) ('!' + random.nextInt('~' - '!' + 1)));
            }
            if (text.isEmpty()) {
                text.append(odd);
            }
        }
        return PasswordHash.of(text.toString());
    }
}
