package dev.minotaur.auth.testkit.subject;

import dev.minotaur.auth.testkit.AuthStoresContract;
import dev.minotaur.auth.testkit.StoreFixture;

/** The kit is green on a correct store whose backend can be made to fail. */
class RemoteStoresTest extends AuthStoresContract {

    @Override
    protected StoreFixture fixture() {
        return new RemoteFixture(RemoteFixture::honestly);
    }
}
