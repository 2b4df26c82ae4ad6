package dev.minotaur.auth.testkit.broken;

import dev.minotaur.auth.testkit.AuthStoresContract;
import dev.minotaur.auth.testkit.StoreFixture;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;

/** The contract on the broken store that the run's configuration names; only {@link Kit} runs it. */
@ExtendWith(BrokenSubject.Chooser.class)
class BrokenSubject extends AuthStoresContract {

    static final String FAULT = "fault";

    private Fault fault;

    @Override
    protected StoreFixture fixture() {
        return fault.fixture().get();
    }

    static final class Chooser implements TestInstancePostProcessor {

        @Override
        public void postProcessTestInstance(Object instance, ExtensionContext context) {
            String name = context.getConfigurationParameter(FAULT).orElseThrow();
            ((BrokenSubject) instance).fault = Faults.byName(name);
        }
    }
}
