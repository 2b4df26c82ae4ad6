package dev.minotaur.auth.testkit;

/**
 * The whole contract of {@link dev.minotaur.auth.spi.AuthStores} as one class to extend: a test for each numbered rule of
 * {@code docs/contract.md}. Whoever writes a store extends it once for each way to run the store, and has nothing else to
 * remember; rules that a later version adds are inherited too.
 *
 * <pre>{@code
 * class MyStoresTest extends AuthStoresContract {
 *     @Override
 *     protected StoreFixture fixture() {
 *         return new MyFixture();
 *     }
 * }
 * }</pre>
 *
 * <p>A failure names the rule, what was done, what was expected and observed, why it matters, and where to read on. The
 * tests cannot be overridden. They run on JUnit 5.14 and later and on JUnit 6.
 */
public abstract class AuthStoresContract extends RevocationRules {

    /** For subclasses. */
    protected AuthStoresContract() {}

    /**
     * Makes the backend under test.
     *
     * @return a new fixture for one rule, which the kit closes
     * @throws Exception if the backend cannot be reached; the rule then fails, it is not skipped
     */
    @Override
    protected abstract StoreFixture fixture() throws Exception;
}
