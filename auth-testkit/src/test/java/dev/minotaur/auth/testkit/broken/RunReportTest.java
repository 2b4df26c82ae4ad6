package dev.minotaur.auth.testkit.broken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.minotaur.auth.testkit.AuthStoresContract;
import dev.minotaur.auth.testkit.Durability;
import dev.minotaur.auth.testkit.KnownDeviation;
import dev.minotaur.auth.testkit.RuleBook;
import dev.minotaur.auth.testkit.StoreFixture;
import dev.minotaur.auth.testkit.subject.HeapFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The report of a run says of each rule what JUnit says of its test. */
class RunReportTest {

    private static final int RULES = RuleBook.all().size();

    @TempDir
    private Path directory;

    private final PrintStream console = System.out;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void catchWhatIsPrinted() {
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void letItThrough() {
        System.setOut(console);
    }

    @Test
    void everyRuleIsCountedAsJUnitCountsIt() throws IOException {
        EngineTestKit.Builder run = run(AuthorRun.rules(Mixed.class, RuleBook.Entry::isPlain));
        run.execute()
                .testEvents()
                .assertStatistics(
                        statistics -> statistics.failed(3).aborted(2).skipped(1).succeeded(plainRules() - 6));
        JsonNode report = report(Mixed.class.getName());
        assertThat(counts(report)).containsExactly(RULES, plainRules() - 6, 3, 1, RULES - plainRules() + 2);
        assertThat(texts(report, "deviating")).hasEntrySatisfying("TOK-20", text -> assertThat(text)
                .startsWith("TOK-20 deviates by declaration: known\nTOK-20 is broken by Mixed: "));
        assertThat(texts(report, "failed"))
                .containsEntry("USR-1", "java.lang.IllegalStateException: before")
                .containsEntry("USR-2", "java.lang.IllegalStateException: after")
                .hasEntrySatisfying(
                        "USR-3", text -> assertThat(text).startsWith("USR-3 is kept by Mixed, which declares"));
        assertThat(texts(report, "notRun"))
                .containsEntry("USR-4", "org.opentest4j.TestAbortedException: no server")
                .containsEntry("USR-5", "not today")
                .containsEntry("ACC-1", "not selected");
    }

    @Test
    void oneTableTellsOfAllStoresOfTheRun() {
        run(Stream.of(
                                AuthorRun.rules(Mixed.class, rule -> rule.id().equals("TOK-20")),
                                AuthorRun.rules(Correct.class, rule -> rule.id().equals("TOK-20")))
                        .flatMap(Stream::of)
                        .toArray(DiscoverySelector[]::new))
                .execute();
        String table = printed.toString(StandardCharsets.UTF_8);
        assertThat(table).containsOnlyOnce("The contract of the stores, version ");
        assertThat(table)
                .containsPattern("\\Q" + Mixed.class.getName() + "\\E +0 +0 +1 +" + (RULES - 1) + " +[0-9.]+ +-\n");
        assertThat(table)
                .containsPattern("\\Q" + Correct.class.getName() + "\\E +1 +0 +0 +" + (RULES - 1) + " +[0-9.]+ +-\n");
        assertThat(table)
                .contains("  deviating: " + Mixed.class.getName() + ": TOK-20 deviates by declaration: known\n")
                .contains("  report: " + directory.resolve(Mixed.class.getName() + ".json") + "\n");
    }

    @Test
    void aClassThatDoesNotStartHasAReportInWhichNothingRan() throws IOException {
        run(selectClass(NotStarted.class)).execute();
        JsonNode report = report(NotStarted.class.getName());
        assertThat(counts(report)).containsExactly(RULES, 0, 0, 0, RULES);
        assertThat(texts(report, "notRun").values()).containsOnly("org.opentest4j.TestAbortedException: no container");
    }

    @Test
    void aTemplateHasAReportForEachInvocation() throws IOException {
        run(AuthorRun.rules(OnTwo.class, rule -> rule.id().equals("USR-1"))).execute();
        assertThat(counts(report(OnTwo.class.getName() + "#1"))).containsExactly(RULES, 1, 0, 0, RULES - 1);
        assertThat(counts(report(OnTwo.class.getName() + "#2"))).containsExactly(RULES, 1, 0, 0, RULES - 1);
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("OnTwo#1 ", "OnTwo#2 ");
    }

    @Test
    void rulesThatRunAtTheSameTimeAreAllCounted() throws IOException {
        run(AuthorRun.rules(Correct.class, RuleBook.Entry::isPlain))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .execute();
        assertThat(counts(report(Correct.class.getName())))
                .containsExactly(RULES, plainRules(), 0, 0, RULES - plainRules());
    }

    @Test
    void aReportIsWrittenUnlessItIsDeclined() throws IOException {
        Path usual = Path.of("target", "auth-conformance", Unheard.class.getName() + ".json");
        Files.deleteIfExists(usual);
        AuthorRun.of(Unheard.class, "USR-1");
        assertThat(usual).doesNotExist();
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
        AuthorRun.with(AuthorRun.rules(Unheard.class, rule -> rule.id().equals("USR-1")))
                .execute();
        assertThat(usual).exists();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains(Unheard.class.getName());
    }

    private EngineTestKit.Builder run(DiscoverySelector... selectors) {
        return AuthorRun.with(selectors).configurationParameter(AuthorRun.REPORT, directory.toString());
    }

    private JsonNode report(String store) throws IOException {
        return new ObjectMapper().readTree(directory.resolve(store + ".json").toFile());
    }

    private static int plainRules() {
        return (int) RuleBook.all().stream().filter(RuleBook.Entry::isPlain).count();
    }

    private static List<Integer> counts(JsonNode report) {
        return Stream.of("rules", "passed", "failed", "deviating", "notRun")
                .map(count -> report.get(count).intValue())
                .toList();
    }

    private static Map<String, String> texts(JsonNode report, String result) {
        Map<String, String> texts = new TreeMap<>();
        for (JsonNode one : report.get("results")) {
            if (one.get("result").textValue().equals(result)) {
                texts.put(one.get("rule").textValue(), one.get("text").textValue());
            }
        }
        return texts;
    }

    private static boolean tests(TestInfo info, String rule) {
        return AuthorRun.rule(rule).equals(info.getTestMethod().orElseThrow());
    }

    static class Correct extends AuthStoresContract {

        @Override
        protected StoreFixture fixture() {
            return new HeapFixture(Durability.HEAP_ONLY);
        }
    }

    static class Unheard extends Correct {}

    @KnownDeviation(rule = "TOK-20", reason = "known")
    @KnownDeviation(rule = "USR-3", reason = "known")
    @ExtendWith(NotToday.class)
    static class Mixed extends AuthStoresContract {

        @BeforeEach
        void before(TestInfo info) {
            if (tests(info, "USR-1")) {
                throw new IllegalStateException("before");
            }
            if (tests(info, "USR-4")) {
                Assumptions.abort("no server");
            }
        }

        @AfterEach
        void after(TestInfo info) {
            if (tests(info, "USR-2")) {
                throw new IllegalStateException("after");
            }
        }

        @Override
        protected StoreFixture fixture() {
            return Faults.byName("tokens: consume does not look at the purpose")
                    .fixture()
                    .get();
        }
    }

    static final class NotToday implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            boolean disabled = context.getTestMethod()
                    .filter(AuthorRun.rule("USR-5")::equals)
                    .isPresent();
            return disabled
                    ? ConditionEvaluationResult.disabled("not today")
                    : ConditionEvaluationResult.enabled("today");
        }
    }

    static class NotStarted extends Correct {

        @BeforeAll
        static void start() {
            Assumptions.abort("no container");
        }
    }

    @ClassTemplate
    @ExtendWith(Two.class)
    static class OnTwo extends Correct {}

    static final class Two implements ClassTemplateInvocationContextProvider {

        @Override
        public boolean supportsClassTemplate(ExtensionContext context) {
            return true;
        }

        @Override
        public Stream<ClassTemplateInvocationContext> provideClassTemplateInvocationContexts(ExtensionContext context) {
            return Stream.of(new ClassTemplateInvocationContext() {}, new ClassTemplateInvocationContext() {});
        }
    }
}
