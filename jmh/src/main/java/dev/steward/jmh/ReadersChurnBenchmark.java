package dev.steward.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The event sources of {@link ReadersBenchmark} beside one attach thread, which rewrites a random entry at a given
 * pace: what an attach waits for k readers, {@code -tg k,1}. An invocation of a reader is a batch of 64 events.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReadersChurnBenchmark {
    /**
     * One source.
     *
     * @param state     of the thread.
     * @param source    of the thread.
     * @param blackhole consumes what the reports returned.
     */
    @Benchmark
    @Group("readersChurn")
    @GroupThreads(1)
    public void reader(GuardState.ReaderState state, EventSource source, Blackhole blackhole) {
        source.drain(state, blackhole);
    }

    /**
     * The attach thread.
     *
     * @param state  guard.
     * @param next   what to write.
     * @param writer when to write.
     */
    @Benchmark
    @Group("readersChurn")
    @GroupThreads(1)
    public void writer(GuardState state, WriterState next, PacedWriter writer) {
        writer.write(state, next);
    }
}
