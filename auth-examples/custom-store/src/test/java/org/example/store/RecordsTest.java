package org.example.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.StoreException;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** What earlier versions have written can be read, and what later ones have added does not disturb. */
class RecordsTest {

    private static final Attempts ATTEMPTS = new Attempts(3, Instant.parse("2096-05-04T10:00:00.000001Z"));

    // Format 1; component 1, 8 bytes: 3; component 2, 12 bytes: a second and 1,000 ns.
    private static final String BYTES =
            "01" + "010008" + "0000000000000003" + "02000c" + "80000000eda43e20" + "000003e8";

    @Test
    void theFormatStays() {
        assertArrayEquals(bytes(BYTES), Records.bytes(ATTEMPTS));
        assertEquals(ATTEMPTS, Records.attempts(bytes(BYTES)));
    }

    // region later
    @Test
    void aComponentAddedLaterIsPassedOver() {
        String later = BYTES + "03" + "0002" + "ffff";
        assertEquals(ATTEMPTS, Records.attempts(bytes(later)));
    }
    // end region

    @Test
    void anotherFormatIsAFailureAndNotAnAnswer() {
        byte[] next = bytes(BYTES);
        next[0] = 2;
        assertThrows(StoreException.class, () -> Records.attempts(next));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
