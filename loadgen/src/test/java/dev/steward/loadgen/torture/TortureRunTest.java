package dev.steward.loadgen.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.ForwardingGuard;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.loadgen.disturb.Disturbance;
import dev.steward.results.TortureResult;
import dev.steward.strategy.LockStrategy;
import dev.steward.strategy.Strategy;
import dev.steward.strategy.StrategyDescription;
import dev.steward.strategy.torture.TortureTally;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TortureRunTest {
    /** Each look at the clock takes a microsecond, so that a minute of it is more than 690,776 events. */
    private static final long LOOK_NS = 1_000;

    private static final UnaryOperator<AttachmentGuard> GOOD = guard -> guard;

    private final AtomicInteger guards = new AtomicInteger();
    private TortureRun last;
    private final AtomicLong nowNs = new AtomicLong();
    private final List<String> log = new ArrayList<>();
    private Set<Disturbance> disturb = Set.of();

    @Test
    void shouldGoOnWithoutTimeUntilSeldomFaultWouldHaveBeenSeen() throws InterruptedException {
        TortureResult.OfStrategy mutex = run(null);

        assertThat(mutex.violations()).isZero();
        assertThat(mutex.seenIfOneIn()).isGreaterThanOrEqualTo(100_000);
        assertThat(log.toString()).contains("    One event lost or doubled in ",
            " would have been found (probability 99.9 %)").doesNotContain("--time");
    }

    @Test
    void shouldSayWhenTimeWasTooShortForSeldomFault() throws InterruptedException {
        TortureResult.OfStrategy mutex = run("1us");

        assertThat(mutex.seenIfOneIn()).isLessThan(100_000);
        assertThat(log.toString()).containsAnyOf(
            " would have been found (probability 99.9 %); a longer --time finds rarer ones",
            "    Too few events to say how rare a loss would have been found; a longer --time finds rarer ones");
    }

    @Test
    void shouldNotSpeakOfPowerWhenPromiseIsBroken() throws InterruptedException {
        assertThat(run("2s", this::wrongInFirstHalf, false, null).violations()).isPositive();
        assertThat(guards).hasValue(2);
        assertThat(log.toString()).contains(" !!!").doesNotContain("would have been found");
    }

    /** What has failed in either half has shown enough; the rest of the minute would tell nothing. */
    @ParameterizedTest
    @CsvSource({"0, 0, true", "0, 690_775, true", "0, 690_776, false", "1, 0, false"})
    void shouldGoOnOnlyWhereMoreEventsWouldTellMore(long torn, String provable, boolean goesOn) {
        assertThat(TortureRun.tellsTooLittle(
            new TortureTally(9, 9, 9, 0, torn, 0, 0, 0, 0, Long.parseLong(provable.replace("_", "")), 0)))
            .isEqualTo(goesOn);
    }

    /** The second half would run on, with choices that the saved file does not tell of. */
    @Test
    void shouldLeaveAtTheFirstBrokenPromiseWhenItIsSaved(@TempDir Path folder) throws InterruptedException {
        run("2s", this::wrongInFirstHalf, true, folder.resolve("broken.txt"));

        assertThat(guards).hasValue(1);
        assertThat(folder.resolve("broken.txt")).exists();
    }

    /** A full disk must not cost what was found, nor be taken for a fault of the strategy. */
    @Test
    void shouldTellWhatWasFoundWhenItCannotBeSaved(@TempDir Path folder) throws Exception {
        Path gone = Files.createDirectory(folder.resolve("gone"));
        TortureResult.OfStrategy found = run("2s", guard -> {
            deleteIfThere(gone);
            return wrongInFirstHalf(guard);
        }, true, gone.resolve("broken.txt"));

        assertThat(found.violations()).isPositive();
        assertThat(log).anyMatch(line -> line.startsWith("--- End of test: FAILURE"));
        assertThat(last.notSaved()).isPresent();
    }

    private static void deleteIfThere(Path folder) {
        try {
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldTryBothHalvesWhenPromisesHold(@TempDir Path folder) throws InterruptedException {
        Path file = folder.resolve("broken.txt");
        run("1us", GOOD, true, file);

        assertThat(guards).hasValue(2);
        assertThat(file).doesNotExist();
    }

    @Test
    void shouldRefuseBeforeTheRunWhatCannotBeSaved(@TempDir Path folder) throws IOException {
        for (Path file : List.of(folder, folder.resolve("none/broken.txt"))) {
            assertThatThrownBy(() -> run("1us", GOOD, true, file)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("save: " + file + " cannot be written; name a file in a folder that exists and may be "
                    + "written");
        }
        Path old = Files.writeString(folder.resolve("old.txt"), "old");
        assertThatCode(() -> run("1us", GOOD, true, old)).doesNotThrowAnyException();
        assertThat(old).hasContent("old");
    }

    @ParameterizedTest
    @ValueSource(strings = {"strategy", "time", "readers", "committers", "seed"})
    void shouldNameWhatHistoryLacks(String key, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("broken.txt");
        new TortureHistory("mutex", new TortureRun.Options("1s", 1, 1, 1, disturb))
            .write(file, 4, TortureTally.NONE, List.of());
        Files.write(file, Files.readAllLines(file).stream().filter(line -> !line.startsWith(key + "=")).toList());

        assertThatThrownBy(() -> TortureHistory.read(file)).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("replay: " + file + " lacks " + key);
    }

    @Test
    void shouldReplayRunWithoutTime(@TempDir Path folder) throws IOException {
        disturb = EnumSet.of(Disturbance.SHUFFLE, Disturbance.BOOST);
        TortureHistory history = new TortureHistory("mutex", new TortureRun.Options(null, 1, 1, 1, disturb));
        Path file = folder.resolve("broken.txt");
        history.write(file, 4, new TortureTally(0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0), List.of());

        assertThat(TortureHistory.read(file)).isEqualTo(history);
    }

    /** As older ones say nothing of it. */
    @Test
    void shouldReplayHistoryThatDoesNotKnowDisturbances(@TempDir Path folder) throws IOException {
        TortureHistory history = new TortureHistory("mutex", new TortureRun.Options("1s", 1, 1, 1, Set.of()));
        Path file = folder.resolve("broken.txt");
        history.write(file, 4, TortureTally.NONE, List.of());
        Files.write(file, Files.readAllLines(file).stream().filter(line -> !line.startsWith("disturb=")).toList());

        assertThat(TortureHistory.read(file)).isEqualTo(history);
    }

    @Test
    void shouldSayHowItDisturbedThreads() throws InterruptedException {
        disturb = EnumSet.of(Disturbance.STUTTER, Disturbance.JITTER);
        TortureResult.OfStrategy mutex = run("250ms");
        // Its minutes are made of looks at the clock, and whoever disturbs may wait for a CPU all the while.
        for (int ms = 1_000; ms <= 64_000 && mutex.disturbed().containsValue(0L); ms *= 4) {
            log.clear();
            mutex = run(ms + "ms");
        }

        assertThat(mutex.violations()).isZero();
        assertThat(mutex.disturbed()).containsOnlyKeys("stutter", "jitter").allSatisfy((what, times) ->
            assertThat(times).as(what).isPositive());
        assertThat(log.get(0)).endsWith(" disturb=stutter,jitter");
        assertThat(log).contains("    Disturbed: stutter " + mutex.disturbed().get("stutter") + ", jitter "
            + mutex.disturbed().get("jitter"));
    }

    @Test
    void shouldSayNothingOfDisturbancesWhenThereAreNone() throws InterruptedException {
        assertThat(run("1us").disturbed()).isEmpty();
        assertThat(log.get(0)).endsWith(" disturb=none");
        assertThat(log.toString()).doesNotContain("Disturbed");
    }

    /** Every report reaches the sink twice. */
    private AttachmentGuard wrongInFirstHalf(AttachmentGuard guard) {
        return guards.get() > 1 ? guard : new ForwardingGuard(guard) {
            @Override
            public Reader registerReader() {
                return new ForwardingReader(super.registerReader()) {
                    @Override
                    public int report(int streamId, ReportSink sink) {
                        super.report(streamId, sink);
                        return super.report(streamId, sink);
                    }
                };
            }
        };
    }

    private TortureResult.OfStrategy run(String time) throws InterruptedException {
        return run(time, GOOD, false, null);
    }

    private TortureResult.OfStrategy run(String time, UnaryOperator<AttachmentGuard> made, boolean untilBroken,
        Path save) throws InterruptedException {
        Strategy strategy = new Strategy() {
            @Override
            public StrategyDescription description() {
                return LockStrategy.MUTEX.description();
            }

            @Override
            public AttachmentGuard create(GuardContext context) {
                guards.incrementAndGet();
                return made.apply(LockStrategy.MUTEX.create(context));
            }
        };
        last = new TortureRun(
            List.of(strategy), new TortureRun.Options(time, 1, 1, 1, disturb), untilBroken, save,
            () -> nowNs.addAndGet(LOOK_NS));
        return last.run(log::add).strategies().get(0);
    }
}
