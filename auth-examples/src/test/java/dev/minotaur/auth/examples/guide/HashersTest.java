package dev.minotaur.auth.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.password.BcryptSha256PasswordHasher;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.password.PasswordHasher;
import dev.minotaur.auth.password.PasswordVerification;
import dev.minotaur.auth.password.PepperedPasswordHasher;
import dev.minotaur.auth.password.RawPassword;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HashersTest {

    private static final RawPassword PASSWORD = RawPassword.ofString("correct horse battery staple");
    private static final PasswordHash OF_THE_DEFAULT =
            BcryptSha256PasswordHasher.insecurelyCheapForTests(4).hash(PASSWORD);

    @Test
    void aSharedTableIsOfPlainBcrypt() {
        PasswordHasher hasher = Hashers.sharedTable();

        assertThat(hasher.hash(PASSWORD).encoded()).startsWith("$2b$12$").hasSize(60);
        assertThat(hasher.maxUtf8Bytes()).isEqualTo(72);
        assertThat(hasher.verify(PASSWORD, OF_THE_DEFAULT)).isEqualTo(PasswordVerification.SUCCEEDED_REHASH_NEEDED);
    }

    @Test
    void aPepperIsNamedAndReplacesFormerOnes() {
        byte[] key = "a key of thirty-two bytes or more".getBytes(StandardCharsets.US_ASCII);
        byte[] former = "a former key of as many bytes as that".getBytes(StandardCharsets.US_ASCII);
        PasswordHasher hasher = Hashers.peppered(key, former);
        PasswordHasher before = PepperedPasswordHasher.builder(
                        BcryptSha256PasswordHasher.ofDefaultCost(), "2025-02", former)
                .build();

        assertThat(hasher.hash(PASSWORD).encoded()).startsWith("$pepper$v=1,k=2026-11$$bcrypt-sha256$v=2,t=2b,r=12$");
        for (PasswordHash old : List.of(before.hash(PASSWORD), OF_THE_DEFAULT)) {
            assertThat(hasher.verify(PASSWORD, old)).isEqualTo(PasswordVerification.SUCCEEDED_REHASH_NEEDED);
        }
    }

    @Test
    void argon2idReplacesTheDefault() {
        PasswordHasher hasher = Hashers.argon2id();

        assertThat(hasher.hash(PASSWORD).encoded()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(hasher.verify(PASSWORD, OF_THE_DEFAULT)).isEqualTo(PasswordVerification.SUCCEEDED_REHASH_NEEDED);
    }
}
