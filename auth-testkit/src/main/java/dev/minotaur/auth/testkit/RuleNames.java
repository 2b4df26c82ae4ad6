package dev.minotaur.auth.testkit;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayNameGenerator;

/** Names a test by the id of its rule and the words of its method: "USR-4 repeated insert is recognised". */
final class RuleNames extends DisplayNameGenerator.Standard {

    @Override
    public String generateDisplayNameForMethod(
            List<Class<?>> enclosingInstanceTypes, Class<?> testClass, Method testMethod) {
        Rule rule = testMethod.getAnnotation(Rule.class);
        return rule == null
                ? super.generateDisplayNameForMethod(enclosingInstanceTypes, testClass, testMethod)
                : rule.id() + words(testMethod.getName());
    }

    private static String words(String methodName) {
        return methodName
                .replaceFirst("^[a-z]+[0-9]+", "")
                .replaceAll("([A-Z])", " $1")
                .toLowerCase(Locale.ROOT);
    }
}
