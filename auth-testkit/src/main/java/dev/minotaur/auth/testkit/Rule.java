package dev.minotaur.auth.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;

/** The test of one numbered rule. The page docs/contract.md has the same ids, promises and reasons; a test holds it to that. */
@Test
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Rule {

    /** The number, for example USR-1; never given to another rule. */
    String id();

    /** What a store must do, in one sentence. */
    String promise();

    /** What harm follows for an application and its users if a store does not. */
    String why();
}
