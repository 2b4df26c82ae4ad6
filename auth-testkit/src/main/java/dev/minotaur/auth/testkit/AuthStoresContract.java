package dev.minotaur.auth.testkit;

/**
 * The whole contract of {@link dev.minotaur.auth.spi.AuthStores} as one class to extend.
 *
 * <pre>{@code
 * class MyStoresTest extends AuthStoresContract {
 *     @Override
 *     protected StoreFixture fixture() {
 *         return new MyFixture();
 *     }
 * }
 * }</pre>
 */
public abstract class AuthStoresContract {

    /** For subclasses. */
    protected AuthStoresContract() {}

    /**
     * Makes the backend under test.
     *
     * @return a new fixture for one test
     */
    protected abstract StoreFixture fixture();
}
