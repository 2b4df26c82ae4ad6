package dev.minotaur.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the kit promises to whoever extends its one class: all rules run, and none can be left out or changed. */
class RuleBookTest {

    @Test
    void everyTestOfTheKitCarriesARule() {
        List<Method> tests = publicMethodsOfTheKit();
        assertThat(tests).allMatch(method -> method.isAnnotationPresent(Rule.class));
        assertThat(tests).hasSameSizeAs(RuleBook.all());
    }

    @Test
    void noTestCanBeOverriddenOrHidden() {
        for (RuleBook.Entry rule : RuleBook.all()) {
            int modifiers = rule.method().getModifiers();
            assertThat(Modifier.isFinal(modifiers) && Modifier.isPublic(modifiers))
                    .as(rule.method().getName())
                    .isTrue();
        }
    }

    @Test
    void nothingButTheFixtureIsLeftToAnAuthor() {
        List<String> abstractMethods = Arrays.stream(AuthStoresContract.class.getDeclaredMethods())
                .filter(method -> !Modifier.isPrivate(method.getModifiers()))
                .map(Method::getName)
                .toList();
        assertThat(abstractMethods).containsExactly("fixture");
    }

    @Test
    void idsAreUniqueAndWithoutGaps() {
        Set<String> ids = new HashSet<>();
        RuleBook.all()
                .forEach(rule -> assertThat(ids.add(rule.id())).as(rule.id()).isTrue());
        Set<String> groups = RuleBook.all().stream().map(RuleBook.Entry::group).collect(Collectors.toSet());
        for (String group : groups) {
            long size = ids.stream().filter(id -> id.startsWith(group)).count();
            for (int number = 1; number <= size; number++) {
                assertThat(ids).contains(group + "-" + number);
            }
        }
    }

    @Test
    void aMethodIsNamedByItsRule() {
        for (RuleBook.Entry rule : RuleBook.all()) {
            String prefix = rule.id().replace("-", "").toLowerCase(Locale.ROOT);
            assertThat(rule.method().getName()).matches(prefix + "[A-Z].*");
        }
    }

    @Test
    void aPromiseIsOneSentenceThatSaysMust() {
        for (RuleBook.Entry rule : RuleBook.all()) {
            assertThat(rule.promise()).as(rule.id()).contains("MUST").endsWith(".");
            assertThat(rule.why()).as(rule.id()).endsWith(".");
        }
    }

    /** A class of rules that a later version adds joins by itself, or this fails. */
    @Test
    void everyClassWithRulesIsInherited() throws IOException, ClassNotFoundException, URISyntaxException {
        Set<String> withRules = new HashSet<>();
        for (Class<?> type : classesOfTheKit()) {
            if (Arrays.stream(type.getDeclaredMethods()).anyMatch(method -> method.isAnnotationPresent(Rule.class))) {
                assertThat(type).isAssignableFrom(AuthStoresContract.class);
                withRules.add(type.getSimpleName());
            }
        }
        assertThat(withRules).contains("UserInsertRules", "AccountRaceRules").hasSizeGreaterThan(10);
    }

    private static List<Class<?>> classesOfTheKit() throws IOException, ClassNotFoundException, URISyntaxException {
        String name = AuthStoresContract.class.getSimpleName() + ".class";
        Path directory =
                Path.of(AuthStoresContract.class.getResource(name).toURI()).getParent();
        List<Class<?>> classes = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.class")) {
            for (Path file : files) {
                String simple = file.getFileName().toString().replace(".class", "");
                if (!simple.equals("package-info")) {
                    classes.add(Class.forName(AuthStoresContract.class.getPackageName() + "." + simple));
                }
            }
        }
        return classes;
    }

    private static List<Method> publicMethodsOfTheKit() {
        return Arrays.stream(AuthStoresContract.class.getMethods())
                .filter(method -> method.getDeclaringClass() != Object.class)
                .toList();
    }
}
