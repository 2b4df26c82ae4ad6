package dev.minotaur.auth.testkit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Brings the fixture up around a rule and turns whatever goes wrong into a {@link RuleReport}. Other tests are left alone. */
final class RuleExtension implements InvocationInterceptor {

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        Rule rule = method.getExecutable().getAnnotation(Rule.class);
        if (rule == null) {
            invocation.proceed();
            return;
        }
        ContractBase contract = (ContractBase) context.getRequiredTestInstance();
        RuleRun run = opened(contract);
        try {
            contract.begin(run);
            long start = System.nanoTime();
            invocation.proceed();
            while (run.hasRaced() && System.nanoTime() - start < Race.LEAST.toNanos()) {
                again(method);
            }
        } catch (Throwable thrown) {
            closeAfter(thrown, run);
            List<String> done = run.done();
            throw RuleReport.of(rule, context.getRequiredTestClass(), done, thrown);
        } finally {
            contract.end();
        }
        run.close();
    }

    /** Windows on the heap are nanoseconds wide: what takes no time is tried until it has taken some. */
    private static void again(ReflectiveInvocationContext<Method> method) throws Throwable {
        try {
            method.getExecutable().invoke(method.getTarget().orElseThrow());
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    /** An aborted assumption in a fixture would pass for a skipped test: a backend that is not there is a failure. */
    private static RuleRun opened(ContractBase contract) {
        try {
            return new RuleRun(contract.fixture());
        } catch (Throwable thrown) {
            throw new IllegalStateException("the fixture could not be opened", thrown);
        }
    }

    private static void closeAfter(Throwable thrown, RuleRun run) {
        try {
            run.close();
        } catch (RuntimeException closing) {
            thrown.addSuppressed(closing);
        }
    }
}
