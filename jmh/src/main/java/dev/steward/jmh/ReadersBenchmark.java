package dev.steward.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Several event sources of one SMMU, as the queue of page requests would be beside the event queue: as many readers of
 * one guard as there are threads ({@code -t 1}, 2, 4, 8), each of which looks up and reports its events. The figure is
 * that of one thread, so k readers do k / figure events per nanosecond.
 *
 * <p>Against {@link TranslateBenchmark}: with the handler's first look-up, and the section as long as a report. The
 * guard alone is shared; for what the vEVENTQ adds, run {@link ReportBenchmark} with as many threads.
 */
public class ReadersBenchmark extends InNanoseconds {
    /** One source. */
    @Benchmark
    @Threads(1)
    @OperationsPerInvocation(GuardState.ReaderState.BATCH)
    public void report(GuardState.ReaderState state, EventSource source, Blackhole blackhole) {
        source.drain(state, blackhole);
    }
}
