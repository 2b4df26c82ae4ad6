package dev.minotaur.auth.jdbi.mutation;

import dev.minotaur.auth.testkit.AuthStoresContract;
import dev.minotaur.auth.testkit.StoreFixture;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;

/** The contract on the stores that {@link Contract} puts into the session; nothing else runs it. */
@ExtendWith(MutantSubject.Chooser.class)
class MutantSubject extends AuthStoresContract {

    static final String KEY = "fixture";

    private Supplier<StoreFixture> fixture;

    @Override
    protected StoreFixture fixture() {
        return fixture.get();
    }

    static final class Chooser implements TestInstancePostProcessor {

        @Override
        @SuppressWarnings("unchecked")
        public void postProcessTestInstance(Object instance, ExtensionContext context) {
            ((MutantSubject) instance).fixture = (Supplier<StoreFixture>)
                    context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(KEY))
                            .get(KEY);
        }
    }
}
