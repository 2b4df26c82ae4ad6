package dev.minotaur.auth.testkit.broken;

import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.testkit.Durability;
import dev.minotaur.auth.testkit.StoreFixture;

/** A fixture that opens what another one does, without a hook and a dump. */
class ForwardingFixture implements StoreFixture {

    final StoreFixture correct;

    ForwardingFixture(StoreFixture correct) {
        this.correct = correct;
    }

    @Override
    public AuthStores open() {
        return correct.open();
    }

    @Override
    public void restart() {
        correct.restart();
    }

    @Override
    public Durability durability() {
        return correct.durability();
    }

    @Override
    public void close() {
        correct.close();
    }
}
