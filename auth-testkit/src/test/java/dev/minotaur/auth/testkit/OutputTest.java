package dev.minotaur.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** What is printed and logged is kept while an output is open, and everything is as it was afterwards. */
@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
class OutputTest {

    @Test
    void loggedIsKeptDownToTheLevelBeforeTheFinest() {
        Logger logger = Logger.getLogger("dev.minotaur.auth.testkit.OutputTest");
        try (Output output = new Output()) {
            assertThat(output.sees("own")).isTrue();
            logger.log(Level.FINER, "message {0}", new Object[] {"parameter"});
            logger.log(Level.FINE, "thrown", new IllegalStateException("exception"));
            logger.log(Level.FINE, "not formatted", new Object[] {"silent parameter"});
            logger.finest("the wire");
            System.getLogger("dev.minotaur.auth.testkit.OutputTest").log(System.Logger.Level.DEBUG, "by the platform");
            assertThat(output.text())
                    .contains("message parameter", "exception", "silent parameter", "by the platform")
                    .doesNotContain("the wire");
        }
    }

    @Test
    void loggerThatStandsAloneIsHeard() {
        Logger logger = Logger.getLogger("dev.minotaur.auth.testkit.OutputTest.alone");
        logger.setUseParentHandlers(false);
        try (Output output = new Output()) {
            logger.info("alone");
            assertThat(output.text()).contains("alone");
        }
        assertThat(logger.getHandlers()).isEmpty();
    }

    @Test
    void everythingIsAsItWas() {
        PrintStream out = System.out;
        PrintStream err = System.err;
        Logger root = Logger.getLogger("");
        Level level = root.getLevel();
        int handlers = root.getHandlers().length;
        try (Output output = new Output()) {
            assertThat(System.out).isNotSameAs(out);
            assertThat(output.sees("own")).isTrue();
        }
        assertThat(System.out).isSameAs(out);
        assertThat(System.err).isSameAs(err);
        assertThat(root.getLevel()).isEqualTo(level);
        assertThat(root.getHandlers()).hasSize(handlers);
    }
}
