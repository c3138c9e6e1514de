package dev.steward.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Writers only: rewrites the entry of a random stream. Nobody reads, so this is the bare price of an attach: lock,
 * copy, barrier call, look at the readers' slots, but no wait for a reader. One thread, since a stream has one
 * committer.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CommitBenchmark {
    /**
     * One commit.
     *
     * @param state  guard.
     * @param writer what to write next.
     */
    @Benchmark
    @Threads(1)
    public void commit(GuardState state, WriterState writer) {
        writer.commit(state);
    }
}
