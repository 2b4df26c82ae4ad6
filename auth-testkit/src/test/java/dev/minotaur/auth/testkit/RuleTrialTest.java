package dev.minotaur.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.testkit.subject.HeapFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** How often a rule is run, and whose a failure is. */
class RuleTrialTest {

    private static final Rule RULE = Rules.of(AuthStoresContract.class).get(0);
    private static final Optional<String> DECLARED = Optional.of("it is known");

    private final Contract contract = new Contract(() -> new HeapFixture(Durability.SURVIVES_RESTART));
    private final List<Long> seeds = new ArrayList<>();

    @Test
    void aRuleThatIsKeptRunsOnce() {
        Verdict verdict = trial(Optional.empty(), this::look).run(new Seed(70), fixture -> {});
        assertThat(verdict.thrown()).isNull();
        assertThat(seeds).containsExactly(70L);
        assertThat(verdict.seed()).isEqualTo(OptionalLong.of(70));
    }

    @Test
    void aDeclaredRuleWithRandomCasesRunsOnOtherCasesBeforeItsDeclarationIsOutOfDate() {
        Verdict verdict = trial(DECLARED, this::look).run(new Seed(70), fixture -> {});
        assertThat(seeds).startsWith(70L).hasSize(RuleTrial.RUNS).doesNotHaveDuplicates();
        assertThat(verdict.thrown()).isInstanceOf(AssertionError.class).hasMessageContaining("is kept by Contract");
        assertThat(verdict.reason()).isEmpty();
    }

    @Test
    void aDeclaredRuleDeviatesIfALaterRunFails() {
        Verdict verdict = trial(DECLARED, () -> {
                    look();
                    if (seeds.size() == 8) {
                        throw new Unmet("the eighth case", "one", "another");
                    }
                })
                .run(new Seed(70), fixture -> {});
        assertThat(verdict.reason()).isEqualTo(DECLARED);
        assertThat(verdict.seed()).as("the seed that shows it").isEqualTo(OptionalLong.of(seeds.get(7)));
        assertThat(verdict.thrown()).hasMessageContaining("checked:  the eighth case");
    }

    @Test
    void aSeedThatIsGivenIsReplayedOnce() {
        System.setProperty(Seed.PROPERTY, "70");
        try {
            trial(DECLARED, this::look).run(new Seed(Seed.chosen()), fixture -> {});
        } finally {
            System.clearProperty(Seed.PROPERTY);
        }
        assertThat(seeds).containsExactly(70L);
    }

    @Test
    void aDeclaredRuleWithCallersThatMeetRunsForAWhile() {
        long start = System.nanoTime();
        Verdict verdict = trial(DECLARED, () -> {
                    contract.run().raced("two threads");
                    contract.handle(0);
                })
                .run(new Seed(70), fixture -> {});
        assertThat(verdict.thrown()).hasMessageContaining("is kept by Contract");
        assertThat(System.nanoTime() - start).isGreaterThan(RuleTrial.RUNS * Race.LEAST.toNanos());
    }

    @Test
    void aDeclaredRuleWithNeitherRunsOnce() {
        List<String> runs = new ArrayList<>();
        Verdict verdict = trial(DECLARED, () -> {
                    contract.stores();
                    runs.add("one");
                })
                .run(new Seed(70), fixture -> {});
        assertThat(verdict.thrown()).hasMessageContaining("is kept by Contract");
        assertThat(runs).containsExactly("one");
    }

    @Test
    void anErrorOfTheJvmIsNobodysDeviation() {
        Verdict verdict = trial(DECLARED, () -> {
                    throw new NoSuchMethodError("wrong class path");
                })
                .run(new Seed(70), fixture -> {});
        assertThat(verdict.reason()).isEmpty();
        assertThat(verdict.thrown()).isInstanceOf(AssertionError.class).hasMessageContaining("wrong class path");
    }

    @Test
    void aRuleThatAsksForNothingHasNotRun() {
        Verdict verdict = trial(Optional.empty(), () -> {}).run(new Seed(70), fixture -> {});
        assertThat(verdict.thrown()).hasMessageStartingWith(RULE.id() + " did not run on Contract: ");
    }

    @Test
    void twoRulesAtOnceOnOneInstanceAreToldAndTheFirstIsLeftAlone() {
        List<Verdict> second = new ArrayList<>();
        Verdict first = trial(Optional.empty(), () -> {
                    second.add(trial(DECLARED, this::look).run(new Seed(71), fixture -> {}));
                    look();
                })
                .run(new Seed(70), fixture -> {});
        assertThat(first.thrown()).isNull();
        assertThat(second.get(0).thrown()).hasMessage("two rules at the same time on one instance of a test class");
        assertThat(second.get(0).reason()).isEmpty();
    }

    private void look() {
        contract.stores();
        seeds.add(contract.run().seed().value());
    }

    private RuleTrial trial(Optional<String> declared, RuleTrial.Body body) {
        return new RuleTrial(RULE, contract, declared, body, body);
    }

    private static final class Contract extends ContractBase {

        private final Supplier<StoreFixture> fixtures;

        private Contract(Supplier<StoreFixture> fixtures) {
            this.fixtures = fixtures;
        }

        @Override
        protected StoreFixture fixture() {
            return fixtures.get();
        }
    }
}
