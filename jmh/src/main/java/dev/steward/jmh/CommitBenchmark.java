package dev.steward.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Threads;

/**
 * Writers only: rewrites the entry of a random stream. Nobody reads, so this is the bare price of an attach: lock,
 * copy, barrier call, look at the readers' slots, but no wait for a reader. One thread, since a stream has one
 * committer.
 */
public class CommitBenchmark extends InNanoseconds {
    /** One commit. */
    @Benchmark
    @Threads(1)
    public void commit(GuardState state, WriterState writer) {
        writer.commit(state);
    }
}
