package dev.minotaur.auth.testkit.subject;

import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.testkit.Durability;
import dev.minotaur.auth.testkit.StoreFixture;
import java.util.Optional;

/** The correct stores as a fixture; "surviving" data is kept in the fixture and stands in for a database. */
public final class HeapFixture implements StoreFixture {

    private final Durability durability;
    private HeapData data = new HeapData();

    /** A fixture of this durability. */
    public HeapFixture(Durability durability) {
        this.durability = durability;
    }

    /** A handle on the data of a fixture. */
    public static AuthStores handleOn(HeapData data) {
        return AuthStores.of(new HeapUserStore(data), new HeapTokenStore(data), new HeapAttemptStore(data));
    }

    @Override
    public AuthStores open() {
        return handleOn(data);
    }

    @Override
    public void restart() {
        if (durability == Durability.HEAP_ONLY) {
            data = new HeapData();
        }
    }

    @Override
    public Durability durability() {
        return durability;
    }

    @Override
    public Optional<String> dump() {
        return Optional.of(data.dump());
    }

    @Override
    public void close() {}
}
