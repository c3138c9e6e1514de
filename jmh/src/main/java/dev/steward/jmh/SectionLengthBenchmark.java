package dev.steward.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A handler that reports without a pause and holds the section for a given time, beside an attach thread that commits
 * without a pause. The handler's figure less the section is what the lock takes from it; the attach thread's is what it
 * waits.
 */
@State(Scope.Benchmark)
public class SectionLengthBenchmark extends InNanoseconds {
    /** How long a report holds the section, nanoseconds. */
    @Param({"0", "100", "1000", "10000"})
    public long sectionNs;

    /** The handler's section. */
    @State(Scope.Thread)
    public static class Handler {
        private BusySection section;

        /** Takes the length. */
        @Setup
        public void setUp(SectionLengthBenchmark benchmark) {
            section = new BusySection(benchmark.sectionNs);
        }
    }

    /** The handler. */
    @Benchmark
    @Group("section")
    @GroupThreads(1)
    public void report(GuardState.ReaderState state, Handler handler, Blackhole blackhole) {
        for (int i = 0; i < GuardState.ReaderState.BATCH; i++) {
            blackhole.consume(state.reader.report(state.streamIds.next(), handler.section));
        }
        state.reader.quiesce();
    }

    /** The attach thread. */
    @Benchmark
    @Group("section")
    @GroupThreads(1)
    public void commit(GuardState state, WriterState next) {
        next.commit(state);
    }
}
