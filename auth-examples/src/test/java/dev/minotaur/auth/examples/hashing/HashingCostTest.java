package dev.minotaur.auth.examples.hashing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.argon2.Argon2idPasswordHasher;
import dev.minotaur.auth.password.BcryptSha256PasswordHasher;
import dev.minotaur.auth.password.PasswordHasher;
import dev.minotaur.auth.password.Pbkdf2PasswordHasher;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HashingCostTest {

    @Test
    void printsALineForEachSetting() {
        List<PasswordHasher> cheap = List.of(
                BcryptSha256PasswordHasher.insecurelyCheapForTests(4),
                Argon2idPasswordHasher.insecurelyCheapForTests(8),
                Pbkdf2PasswordHasher.insecurelyCheapForTests(10));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        HashingCost.print(cheap, new PrintStream(printed, true, StandardCharsets.UTF_8));

        List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSameSizeAs(cheap);
        for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i)).matches(" *\\d+\\.\\d ms  .+").endsWith("  " + cheap.get(i));
        }
    }
}
