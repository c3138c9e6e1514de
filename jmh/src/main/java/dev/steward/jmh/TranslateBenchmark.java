package dev.steward.jmh;

import dev.steward.engine.smmu.Attachment;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Readers only: next StreamID, read valid bit, vIOMMU id, virtual StreamID, generation and checksum of its entry,
 * verify the checksum, consume. What is above {@code unguarded} (or {@code unguarded-pointer}, for entries behind a
 * pointer) is the reader side of the lock; what grows from one reader to all of them is the line they share.
 */
public class TranslateBenchmark extends InNanoseconds {
    /** Snapshots that failed their check: 0 for a guard that keeps its promises. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Checks {
        /** Count in an iteration. */
        public long torn;
    }

    /** One thread. */
    @Benchmark
    @Threads(1)
    @OperationsPerInvocation(GuardState.ReaderState.BATCH)
    public void oneReader(GuardState.ReaderState state, Checks checks, Blackhole blackhole) {
        translate(state, checks, blackhole);
    }

    /** A thread on each core; the figure is that of one thread. */
    @Benchmark
    @Threads(Threads.MAX)
    @OperationsPerInvocation(GuardState.ReaderState.BATCH)
    public void readerOnEachCore(GuardState.ReaderState state, Checks checks, Blackhole blackhole) {
        translate(state, checks, blackhole);
    }

    static void translate(GuardState.ReaderState state, Checks checks, Blackhole blackhole) {
        for (int i = 0; i < GuardState.ReaderState.BATCH; i++) {
            long attachment = state.reader.translate(state.streamIds.next());
            if (attachment == Attachment.TORN) {
                checks.torn++;
            }
            blackhole.consume(attachment);
        }
        state.reader.quiesce();
    }
}
