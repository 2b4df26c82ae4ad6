package dev.minotaur.auth.examples.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

final class ReadmeExampleTest {

    @Test
    @ResourceLock(Resources.SYSTEM_OUT)
    void theExampleSignsInAndOut() throws InterruptedException {
        PrintStream before = System.out;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
        try {
            ReadmeExample.main(new String[0]);
        } finally {
            System.setOut(before);
        }
        assertThat(written.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("signed in: Ada@Example.org", "afterwards: Refused[reason=INVALID]");
    }
}
