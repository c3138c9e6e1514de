package dev.steward.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The event sources of {@link ReadersBenchmark} beside one attach thread, which rewrites a random entry at a given
 * pace: what an attach waits for k readers, {@code -tg k,1}. An invocation of a reader is a batch of 64 events.
 */
public class ReadersChurnBenchmark extends InNanoseconds {
    /** One source. */
    @Benchmark
    @Group("readersChurn")
    @GroupThreads(1)
    public void reader(GuardState.ReaderState state, EventSource source, Blackhole blackhole) {
        source.drain(state, blackhole);
    }

    /** The attach thread. */
    @Benchmark
    @Group("readersChurn")
    @GroupThreads(1)
    public void writer(GuardState state, WriterState next, PacedWriter writer) {
        writer.write(state, next);
    }
}
