package dev.minotaur.auth.testkit.broken;

import dev.minotaur.auth.testkit.BackendFaults;
import dev.minotaur.auth.testkit.Durability;
import dev.minotaur.auth.testkit.StoreFixture;
import dev.minotaur.auth.testkit.subject.HeapFixture;
import dev.minotaur.auth.testkit.subject.RemoteFixture;
import java.util.Optional;

/** A correct store whose fixture has a hook that is none, or not all of one. */
final class Hooked extends ForwardingFixture {

    private final BackendFaults hook;

    private Hooked(StoreFixture correct, BackendFaults hook) {
        super(correct);
        this.hook = hook;
    }

    static StoreFixture harmless() {
        return new Hooked(new HeapFixture(Durability.HEAP_ONLY), new BackendFaults() {
            @Override
            public void arm(int call, Moment moment) {}

            @Override
            public boolean disarm() {
                return false;
            }
        });
    }

    static StoreFixture losingNoAnswer() {
        StoreFixture remote = new RemoteFixture(RemoteFixture::honestly);
        BackendFaults real = remote.faults().orElseThrow();
        return new Hooked(remote, new BackendFaults() {
            @Override
            public void arm(int call, Moment moment) {
                real.arm(call, Moment.BEFORE_EFFECT);
            }

            @Override
            public boolean disarm() {
                return real.disarm();
            }
        });
    }

    @Override
    public Optional<BackendFaults> faults() {
        return Optional.of(hook);
    }
}
