package dev.minotaur.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AttemptGuardTest {

    @Test
    void theKeyIsThatOfTheCanonicalFormWhoeverHasIt() {
        UserRecord ada = UserRecord.builder()
                .id(new UserId(UUID.randomUUID()))
                .version(1)
                .email(new EmailAddress("Ada@Example.com", "ada@example.com"))
                .status(UserStatus.ACTIVE)
                .stamp(new SecurityStamp(UUID.randomUUID()))
                .createdAt(Instant.EPOCH)
                .updatedAt(Instant.EPOCH)
                .build();

        assertThat(keyOf("ADA@example.com")).isEqualTo(keyOf("ada@example.com")).isEqualTo(AttemptGuard.keyOf(ada));
        assertThat(keyOf("Ada_L")).isEqualTo(keyOf("ada_l")).isNotEqualTo(keyOf("ada.l"));
    }

    /** Somebody who types the password into the wrong field must not find a digest of it in the table. */
    @Test
    void whatNobodyCanHaveLeavesTwoBytesOfItsDigest() {
        for (String entered : new String[] {"correct horse battery", "", "a@b@c", "x".repeat(10_000_000), "\uD800"}) {
            byte[] key = keyOf(entered).bytes();
            assertThat(Arrays.copyOfRange(key, 2, key.length)).containsOnly(0);
        }
        assertThat(keyOf("correct horse battery")).isNotEqualTo(keyOf("correct horse staple"));
    }

    private static AttemptKey keyOf(String entered) {
        return AttemptGuard.keyOf(Identifier.of(entered, EmailPolicy.asciiLocalPart(), UsernamePolicy.ascii()));
    }
}
