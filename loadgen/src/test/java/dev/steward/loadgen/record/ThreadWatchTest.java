package dev.steward.loadgen.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.machine.HardwareCounters;
import dev.steward.machine.TaskFiles;
import dev.steward.results.ThreadRuns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the files of a kernel that nobody runs, and time that passes by being read. */
class ThreadWatchTest {
    private static final long MS = 1_000_000;
    private static final Window WINDOW = new Window(0, 100 * MS, 1_100 * MS);
    private static final int HANDLER = 11;
    private static final int STORM = 12;
    private static final int COMPILER = 13;

    @TempDir
    private Path tasks;
    private final Counters counters = new Counters();

    /** Counts what the test says. */
    private static final class Counters implements HardwareCounters {
        private long cycles;
        private long time;
        private int error;
        private boolean closed;

        @Override
        public int error() {
            return error;
        }

        @Override
        public boolean userOnly() {
            return true;
        }

        @Override
        public Count[] read() {
            time++;
            return error != 0 ? null : new Count[] {
                new Count(cycles, time, time), new Count(2 * cycles, time, time), new Count(3 * cycles, time, time)};
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @BeforeEach
    void shouldStartWithThreeThreads() {
        runs(HANDLER, 3, 1, 50, 7, 0, 0, 0);
        runs(STORM, 0, 0, 0, 100, 10, 1, 1_000);
        runs(COMPILER, 2, 0, 0, 5, 5, 5, 5);
        write(COMPILER, "comm", "C2 CompilerThre\n");
    }

    private void runs(
        int thread, int cpu, int policy, int priority, long waits, long takenOff, long moved, long faults) {
        write(thread, "stat", thread + " (x) S 1 2 3 0 -1 0 " + faults + " 0 0 0 10 11 0 0 20 0 9 0 5000 1000 20 0 0 0 "
            + "0 0 0 0 0 0 0 0 0 0 -1 " + cpu + " " + priority + " " + policy + " 0 0 0\n");
        write(thread, "status", "voluntary_ctxt_switches:\t" + waits + "\nnonvoluntary_ctxt_switches:\t" + takenOff
            + "\n");
        write(thread, "sched", "se.nr_migrations : " + moved + "\n");
    }

    private void write(int thread, String file, String text) {
        try {
            Path folder = Files.createDirectories(tasks.resolve(Integer.toString(thread)));
            Files.writeString(folder.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ThreadWatch watch(LongConsumer meanwhile) {
        FakeClock time = new FakeClock(0, MS);
        int[] starting = {HANDLER};
        return new ThreadWatch(() -> {
            long now = time.nowNs();
            meanwhile.accept(now);
            return now;
        }, WINDOW, Placement.FREE, new ThreadWatch.Machine(
            () -> Optional.of(TaskFiles.of(tasks, starting[0]++)), () -> counters,
            new JvmThreads(tasks, (thread, cpus) -> 0), tasks));
    }

    private static ThreadRuns runs(ThreadWatch watch) {
        CellReport report = new CellReport(WINDOW, new Recorders(WINDOW));
        watch.addTo(report);
        return report.threadRuns();
    }

    @Test
    void shouldCountWhatHappensInTheWindow() {
        ThreadWatch watch = watch(now -> {
            if (now == 50 * MS) {
                runs(STORM, 0, 0, 0, 120, 10, 1, 1_500);
            } else if (now == 500 * MS) {
                counters.cycles = 1_000;
                runs(HANDLER, 1, 1, 50, 307, 2, 4, 6);
            } else if (now == 1_090 * MS) {
                runs(STORM, 0, 0, 0, 620, 13, 1, 1_500);
            }
        });
        watch.begins("handler-0");
        watch.begins("storm-0");
        watch.run();
        runs(STORM, 5, 0, 0, 9_999, 9_999, 9_999, 9_999);
        watch.ends("storm-0");
        watch.ends("handler-0");

        ThreadRuns ran = runs(watch);
        assertThat(ran.looks()).as("at both ends, and each 250 ms between").isEqualTo(6);
        assertThat(ran.hardware()).isEqualTo(ThreadRuns.USER);
        assertThat(ran.hardwareError()).isNull();
        assertThat(counters.closed).isTrue();
        assertThat(ran.threads()).containsExactly(
            new ThreadRuns.OfThread("C2 CompilerThre 13", "jvm", "any", List.of(2), "other", 0L, 0L, 0L, 0L, null, null,
                null),
            new ThreadRuns.OfThread("handler-0", "handler", "any", List.of(1, 3), "fifo:50", 300L, 2L, 4L, 6L, 1_000L,
                2_000L, 3_000L),
            new ThreadRuns.OfThread("storm-0", "storm", "any", List.of(0), "other", 500L, 3L, 0L, 0L, 1_000L, 2_000L,
                3_000L));
    }

    @Test
    void shouldKeepTheCountsOfAThreadThatEndsBeforeTheWindow() {
        ThreadWatch[] watch = new ThreadWatch[1];
        watch[0] = watch(now -> {
            if (now == 600 * MS) {
                runs(HANDLER, 3, 1, 50, 17, 0, 0, 0);
                watch[0].ends("handler-0");
                runs(HANDLER, 0, 0, 0, 99, 99, 99, 99);
            }
        });
        watch[0].begins("handler-0");
        watch[0].run();

        assertThat(runs(watch[0]).threads()).filteredOn(thread -> thread.role().equals("handler")).singleElement()
            .extracting(ThreadRuns.OfThread::voluntarySwitches, ThreadRuns.OfThread::seen)
            .containsExactly(10L, List.of(3));
    }

    @Test
    void shouldSayThatTheProcessorCountsNothing() {
        counters.error = 2;
        ThreadWatch watch = watch(now -> { });
        watch.begins("handler-0");
        watch.run();

        assertThat(runs(watch).hardware()).isEqualTo(ThreadRuns.NONE);
        assertThat(runs(watch).hardwareError()).isEqualTo(2);
        assertThat(runs(watch).threads()).allSatisfy(thread -> assertThat(thread.cycles()).isNull());
    }

    @Test
    void shouldCountFromItsStartAThreadThatEndedBeforeTheWatchCame() {
        ThreadWatch watch = watch(now -> { });
        watch.begins("handler-0");
        runs(HANDLER, 3, 1, 50, 57, 0, 0, 0);
        watch.ends("handler-0");
        watch.run();
        watch.ends("nobody");

        assertThat(runs(watch).threads()).filteredOn(thread -> thread.role().equals("handler")).singleElement()
            .extracting(ThreadRuns.OfThread::voluntarySwitches).isEqualTo(50L);
    }
}
