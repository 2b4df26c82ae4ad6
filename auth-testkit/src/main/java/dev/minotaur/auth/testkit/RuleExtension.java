package dev.minotaur.auth.testkit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Stands around each rule: brings the fixture up, decides, sees to it that nobody in between changes the verdict, and keeps
 * what JUnit makes of it for the report. Other tests are left alone.
 */
final class RuleExtension
        implements BeforeAllCallback, InvocationInterceptor, AfterEachCallback, TestWatcher, AfterAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
        if (isContract(context)) {
            Conformances.of(context);
        }
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        Optional<Rule> rule = Rules.of(method.getExecutable());
        if (rule.isEmpty()) {
            invocation.proceed();
            return;
        }
        ContractBase contract = (ContractBase) context.getRequiredTestInstance();
        Conformances.ofTest(context)
                .decide(rule.get(), contract, invocation::proceed, () -> again(contract, method))
                .tell();
    }

    /** From the beginning: the clock shows again what it showed first. */
    private static void again(ContractBase contract, ReflectiveInvocationContext<Method> method) throws Throwable {
        contract.run().clock().set(Samples.T0);
        try {
            method.getExecutable().invoke(method.getTarget().orElseThrow());
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        Optional<Rule> rule = Rules.of(context.getRequiredTestMethod());
        if (rule.isEmpty()) {
            return;
        }
        Optional<Throwable> seen = context.getExecutionException();
        Optional<Verdict> verdict = Conformances.ofTest(context).verdict(rule.get());
        if (verdict.isPresent()) {
            verdict.get().insist(seen.orElse(null));
        } else if (seen.isEmpty()) {
            throw RuleReport.notRun(rule.get(), context.getRequiredTestClass());
        }
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        note(context, Conformance::passed);
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        note(context, (run, rule) -> run.failed(rule, cause));
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        note(context, (run, rule) -> run.aborted(rule, cause));
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        note(context, (run, rule) -> run.disabled(rule, reason));
    }

    private static void note(ExtensionContext context, BiConsumer<Conformance, Rule> noting) {
        Rules.of(context.getRequiredTestMethod()).ifPresent(rule -> noting.accept(Conformances.ofTest(context), rule));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (isContract(context)) {
            ReportFiles.chosenBy(context).ifPresent(files -> Conformances.of(context)
                    .reports(context)
                    .forEach(report -> RunSummary.of(context).add(report, files.write(report))));
        }
    }

    /** A class that is nested in an author's one inherits this extension too. */
    private static boolean isContract(ExtensionContext context) {
        return ContractBase.class.isAssignableFrom(context.getRequiredTestClass());
    }
}
