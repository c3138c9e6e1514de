package dev.steward.jmh;

import dev.steward.engine.smmu.GuardStatistics;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Readers as in {@link TranslateBenchmark} beside one writer that rewrites a random entry at a given pace. Judge the
 * reader by its figure against the one at {@code writesPerSecond=0}; the writer's figure includes its waiting for the
 * next intended time unless it is unlimited. More readers: {@code -tg readers,1}. An invocation of the reader is a
 * batch of 64 translations.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Benchmark)
public class ChurnBenchmark {
    private static final double IDLE_ROUNDS_PER_SECOND = 1_000;

    /** Pace of the writer, a number or "unlimited". */
    @Param({"0", "1000", "100000", "unlimited"})
    public String writesPerSecond;

    /** The writer's schedule and what the guard had to do in an iteration. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Writer {
        private GuardState guards;
        private GuardStatistics before;
        private Pace pace;
        private boolean writes;

        /**
         * Begins an iteration.
         *
         * @param benchmark pace.
         * @param state     guard.
         */
        @Setup(Level.Iteration)
        public void begin(ChurnBenchmark benchmark, GuardState state) {
            guards = state;
            before = state.guard.statistics();
            writes = !benchmark.writesPerSecond.equals("0");
            pace = benchmark.writesPerSecond.equals("unlimited") ? null
                : new Pace(writes ? Double.parseDouble(benchmark.writesPerSecond) : IDLE_ROUNDS_PER_SECOND);
            if (pace != null) {
                pace.start();
            }
        }

        /**
         * Optimistic reads that were repeated.
         *
         * @return count in the iteration.
         */
        public long retries() {
            return guards.guard.statistics().retries() - before.retries();
        }

        /**
         * Commits that waited for a reader, and grace periods.
         *
         * @return count in the iteration.
         */
        public long waits() {
            GuardStatistics now = guards.guard.statistics();
            return now.readerWaits() - before.readerWaits() + now.gracePeriods() - before.gracePeriods();
        }

        /**
         * Reads that gave up their fast path.
         *
         * @return count in the iteration.
         */
        public long fallbacks() {
            return guards.guard.statistics().fallbacks() - before.fallbacks();
        }
    }

    /**
     * The reader.
     *
     * @param state     of the thread.
     * @param checks    of the thread.
     * @param blackhole consumes the attachments.
     */
    @Benchmark
    @Group("churn")
    @GroupThreads(1)
    public void reader(GuardState.ReaderState state, TranslateBenchmark.Checks checks, Blackhole blackhole) {
        TranslateBenchmark.translate(state, checks, blackhole);
    }

    /**
     * The writer.
     *
     * @param state  guard.
     * @param next   what to write.
     * @param writer when to write.
     */
    @Benchmark
    @Group("churn")
    @GroupThreads(1)
    public void writer(GuardState state, WriterState next, Writer writer) {
        if (writer.pace != null) {
            writer.pace.awaitNext();
        }
        if (writer.writes) {
            next.commit(state);
        }
    }
}
