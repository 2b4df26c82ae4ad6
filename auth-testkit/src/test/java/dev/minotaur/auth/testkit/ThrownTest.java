package dev.minotaur.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Wherever an exception may carry a text, it is looked for. */
class ThrownTest {

    @Test
    void everyExceptionThatHangsOnOneIsRead() {
        SQLException chained = new SQLException("first of the chain");
        chained.setNextException(new SQLException("second of the chain", new IllegalStateException("its cause")));
        RuntimeException thrown = new IllegalStateException("message", new IllegalStateException("cause", chained));
        thrown.addSuppressed(new IllegalStateException("suppressed"));
        assertThat(Thrown.inFull(thrown))
                .contains("message", "cause", "first of the chain", "second of the chain", "its cause", "suppressed");
    }

    @Test
    void whatOneSaysOnlyWhenAskedIsRead() {
        RuntimeException thrown = new IllegalStateException("message") {
            private static final long serialVersionUID = 1L;

            @Override
            public String getLocalizedMessage() {
                return "localized";
            }
        };
        assertThat(Thrown.inFull(thrown)).contains("localized", "message");
    }

    @Test
    void circleEnds() {
        RuntimeException first = new IllegalStateException("first");
        RuntimeException second = new IllegalStateException("second", first);
        first.initCause(second);
        assertThat(Thrown.inFull(second)).contains("first", "second");
    }
}
