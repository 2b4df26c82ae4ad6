package dev.minotaur.auth.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares on a class that extends {@link AuthStoresContract} that its store breaks a rule. It holds for the class and for
 * those that extend it, and may be repeated for other rules.
 *
 * <p>The rule runs all the same. If it fails, its test is aborted with the reason and the failure, so that reports show it as
 * skipped. If it passes, its test fails: the declaration is out of date. A rule with callers that meet, or with random
 * cases, is run up to 20 times before that is said. What counts is a failure of the rule; a fixture that cannot be opened,
 * restarted or closed fails the test as ever.
 *
 * <p>A declaration that cannot be meant fails every rule of the class: of a rule that is not there, without a reason, or the
 * second one of the same rule.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(KnownDeviation.All.class)
public @interface KnownDeviation {

    /**
     * The number of the rule.
     *
     * @return the number, for example USR-1
     */
    String rule();

    /**
     * Why the store breaks it, for whoever reads a report.
     *
     * @return the reason, which is not blank
     */
    String reason();

    /** The declarations of a class that has several. */
    @Documented
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    @interface All {

        /**
         * The declarations.
         *
         * @return one for each rule
         */
        KnownDeviation[] value();
    }
}
