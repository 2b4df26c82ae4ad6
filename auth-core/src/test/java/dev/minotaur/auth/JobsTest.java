package dev.minotaur.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class JobsTest {

    private final List<Runnable> collected = new ArrayList<>();

    @Test
    void noMoreWaitThanThereArePlaces() {
        Jobs jobs = of(collected::add, 2);
        assertThat(run(jobs)).isTrue();
        assertThat(run(jobs)).isTrue();

        assertThat(jobs.reserve()).isEmpty();
        collected.remove(0).run();
        assertThat(run(jobs)).isTrue();
        assertThat(jobs.reserve()).isEmpty();
    }

    @Test
    void aPlaceThatIsNotTakenIsGivenBack() {
        Jobs jobs = of(collected::add, 1);
        Jobs.Place place = jobs.reserve().orElseThrow();
        assertThat(jobs.reserve()).isEmpty();
        place.close();
        place.close();

        assertThat(run(jobs)).isTrue();
        assertThat(jobs.reserve()).isEmpty();
    }

    @Test
    void aPlaceOfAJobThatThrowsIsGivenBackOnce() {
        Jobs jobs = of(Runnable::run, 1);
        assertThatIllegalStateException().isThrownBy(() -> {
            try (Jobs.Place place = jobs.reserve().orElseThrow()) {
                var unused = place.run(() -> {
                    throw new IllegalStateException("it must not, and does");
                });
            }
        });

        assertThat(jobs.reserve()).isPresent();
        assertThat(jobs.reserve()).isEmpty();
    }

    @Test
    void whatTheExecutorRefusesKeepsNoPlace() {
        Jobs jobs = of(
                job -> {
                    throw new RejectedExecutionException("full");
                },
                1);

        assertThat(run(jobs)).isFalse();
        assertThat(run(jobs)).isFalse();
        assertThat(jobs.reserve()).isPresent();
    }

    @Test
    void anExecutorThatFailsKeepsNoPlace() {
        Jobs jobs = of(
                job -> {
                    throw new IllegalStateException("no thread could be started");
                },
                1);

        assertThatIllegalStateException().isThrownBy(() -> run(jobs));
        assertThat(jobs.reserve()).isPresent();
    }

    @Test
    void closingWaitsForWhatWasAcceptedAndTakesNoMore() throws InterruptedException {
        Jobs jobs = new Jobs(Optional.empty(), 10);
        CountDownLatch closing = new CountDownLatch(1);
        List<String> done = new ArrayList<>();
        Jobs.Place place = jobs.reserve().orElseThrow();
        assertThat(place.run(() -> {
                    await(closing);
                    done.add(Thread.currentThread().isDaemon() + " "
                            + Thread.currentThread().getName());
                }))
                .isTrue();
        Thread closer = new Thread(() -> {
            closing.countDown();
            jobs.close();
        });
        closer.start();
        closer.join();

        assertThat(done).containsExactly("true minotaur-auth-mail");
        assertThat(run(jobs)).isFalse();
    }

    @Test
    void aCloserThatIsInterruptedInterruptsWhatHangs() throws InterruptedException {
        Jobs jobs = new Jobs(Optional.empty(), 10);
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        AtomicReference<Boolean> closerStaysInterrupted = new AtomicReference<>();
        assertThat(jobs.reserve().orElseThrow().run(() -> {
                    started.countDown();
                    try {
                        never.await();
                    } catch (InterruptedException stop) {
                        interrupted.countDown();
                    }
                }))
                .isTrue();
        await(started);
        Thread closer = new Thread(() -> {
            Thread.currentThread().interrupt();
            jobs.close();
            closerStaysInterrupted.set(Thread.currentThread().isInterrupted());
        });
        closer.start();
        closer.join();

        assertThat(interrupted.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(closerStaysInterrupted).hasValue(true);
    }

    @Test
    void anExecutorOfTheApplicationIsNotClosed() {
        Jobs jobs = of(collected::add, 1);
        jobs.close();

        assertThat(run(jobs)).isTrue();
    }

    private static Jobs of(Executor executor, int most) {
        return new Jobs(Optional.of(executor), most);
    }

    private static boolean run(Jobs jobs) {
        try (Jobs.Place place = jobs.reserve().orElseThrow()) {
            return place.run(() -> {});
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
