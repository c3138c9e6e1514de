package dev.steward.loadgen.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SettlingTest {
    private static final long LIMIT_MS = 300;

    private final AtomicLong clockMs = new AtomicLong();

    @Test
    void shouldWaitUntilAJvmUsesNoProcessorAnyMore() throws InterruptedException {
        Settling.await(() -> Math.min(clockMs.get(), 65) / 10, clockMs::addAndGet, LIMIT_MS);

        assertThat(clockMs).hasValue(80);
    }

    @Test
    void shouldGoOnAtOnceAfterAJvmThatIsQuiet() throws InterruptedException {
        Settling.await(() -> 7, clockMs::addAndGet, LIMIT_MS);

        assertThat(clockMs).hasValue(Settling.POLL_MS);
    }

    @Test
    void shouldNotWaitForeverForOneThatWorksOn() throws InterruptedException {
        Settling.await(() -> clockMs.get() / 10, clockMs::addAndGet, LIMIT_MS);

        assertThat(clockMs).hasValue(LIMIT_MS);
    }
}
