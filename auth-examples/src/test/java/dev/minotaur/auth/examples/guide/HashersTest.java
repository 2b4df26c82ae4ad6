package dev.minotaur.auth.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.password.BcryptSha256PasswordHasher;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.password.PasswordHasher;
import dev.minotaur.auth.password.PasswordVerification;
import dev.minotaur.auth.password.RawPassword;
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
    void argon2idReplacesTheDefault() {
        PasswordHasher hasher = Hashers.argon2id();

        assertThat(hasher.hash(PASSWORD).encoded()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(hasher.verify(PASSWORD, OF_THE_DEFAULT)).isEqualTo(PasswordVerification.SUCCEEDED_REHASH_NEEDED);
    }
}
