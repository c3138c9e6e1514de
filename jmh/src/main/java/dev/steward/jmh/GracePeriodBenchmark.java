package dev.steward.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * How long it takes until a replaced attachment is out of reach: a commit and the synchronize that a destroy would add,
 * beside a handler that is in sections of a given length on one stream nobody commits, and ends its batch after each.
 *
 * <p>A design that waits for its own stream only does not wait here; one that waits for all readers does. Samples, so
 * that the tail shows.
 */
@BenchmarkMode(Mode.SampleTime)
@State(Scope.Benchmark)
public class GracePeriodBenchmark extends InNanoseconds {
    /** How long a report holds the section, nanoseconds. */
    @Param({"1000", "10000"})
    public long sectionNs;

    /** The handler's section. */
    @State(Scope.Thread)
    public static class Handler {
        private BusySection section;

        /** Takes the length. */
        @Setup
        public void setUp(GracePeriodBenchmark benchmark) {
            section = new BusySection(benchmark.sectionNs);
        }
    }

    /** The handler, always on the last stream. */
    @Benchmark
    @Group("grace")
    @GroupThreads(1)
    public int handler(GuardState guards, GuardState.ReaderState state, Handler handler) {
        int result = state.reader.report(guards.entries - 1, handler.section);
        state.reader.quiesce();
        return result;
    }

    /** The attach thread, always on the first stream. */
    @Benchmark
    @Group("grace")
    @GroupThreads(1)
    public void replaceAndSynchronize(GuardState guards, WriterState next) {
        guards.guard.commit(0, GuardState.attachmentOf(0, next.nextRound()));
        guards.guard.synchronize();
    }
}
