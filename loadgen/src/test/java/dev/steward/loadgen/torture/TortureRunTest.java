package dev.steward.loadgen.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.results.TortureResult;
import dev.steward.strategy.LockStrategy;
import dev.steward.strategy.torture.TortureTally;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TortureRunTest {
    /** Each look at the clock takes a microsecond, so that a minute of it is more than 690,776 events. */
    private static final long LOOK_NS = 1_000;

    private final AtomicLong nowNs = new AtomicLong();
    private final List<String> log = new ArrayList<>();

    @Test
    void shouldGoOnWithoutTimeUntilSeldomFaultWouldHaveBeenSeen() throws InterruptedException {
        TortureResult.OfStrategy mutex = run(null);

        assertThat(mutex.violations()).isZero();
        assertThat(mutex.seenIfOneIn()).isGreaterThanOrEqualTo(100_000);
        assertThat(log.toString()).contains("Power: wrong once in ").doesNotContain("give it more --time");
    }

    @Test
    void shouldSayWhenTimeWasTooShortForSeldomFault() throws InterruptedException {
        TortureResult.OfStrategy mutex = run("1us");

        assertThat(mutex.seenIfOneIn()).isLessThan(100_000);
        assertThat(log.toString()).contains(" events would have been seen with 99.9 %; give it more --time");
    }

    @Test
    void shouldReplayRunWithoutTime(@TempDir Path folder) throws IOException {
        TortureHistory history = new TortureHistory("mutex", new TortureRun.Options(null, 1, 1, 1));
        Path file = folder.resolve("broken.txt");
        history.write(file, 4, new TortureTally(0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0), List.of());

        assertThat(TortureHistory.read(file)).isEqualTo(history);
    }

    private TortureResult.OfStrategy run(String time) throws InterruptedException {
        TortureRun run = new TortureRun(List.of(LockStrategy.MUTEX), new TortureRun.Options(time, 1, 1, 1),
            false, null, () -> nowNs.addAndGet(LOOK_NS));
        return run.run(log::add).strategies().get(0);
    }
}
