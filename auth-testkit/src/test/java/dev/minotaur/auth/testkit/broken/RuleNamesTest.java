package dev.minotaur.auth.testkit.broken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.minotaur.auth.testkit.RuleBook;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What build tools and editors are told of a rule: its store by the class, its number by each of the names. */
class RuleNamesTest {

    @Test
    void everyTestNamesTheStoreAndTheRule() {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(RunReportTest.Correct.class))
                .build();
        TestPlan plan = LauncherFactory.create().discover(request);
        TestIdentifier author =
                plan.getChildren(plan.getRoots().iterator().next()).iterator().next();
        assertThat(author.getSource()).contains(ClassSource.from(RunReportTest.Correct.class));
        List<String> displayed = new ArrayList<>();
        for (TestIdentifier test : plan.getChildren(author)) {
            MethodSource source = (MethodSource) test.getSource().orElseThrow();
            assertThat(source.getClassName()).isEqualTo(RunReportTest.Correct.class.getName());
            assertThat(test.getLegacyReportingName()).isEqualTo(source.getMethodName() + "()");
            String id = test.getDisplayName().replaceFirst(" .*", "");
            assertThat(source.getMethodName()).startsWith(id.replace("-", "").toLowerCase(Locale.ROOT));
            displayed.add(id);
        }
        assertThat(displayed)
                .containsExactlyInAnyOrderElementsOf(
                        RuleBook.all().stream().map(RuleBook.Entry::id).toList());
    }
}
