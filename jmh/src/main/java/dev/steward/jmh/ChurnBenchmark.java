package dev.steward.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Readers as in {@link TranslateBenchmark} beside one writer that rewrites a random entry at a given pace. Judge the
 * reader by its figure against the one at {@code writesPerSecond=0}; the writer's figure includes its waiting for the
 * next intended time unless it is unlimited. More readers: {@code -tg readers,1}. An invocation of the reader is a
 * batch of 64 translations.
 */
public class ChurnBenchmark extends InNanoseconds {
    /** The reader. */
    @Benchmark
    @Group("churn")
    @GroupThreads(1)
    public void reader(GuardState.ReaderState state, TranslateBenchmark.Checks checks, Blackhole blackhole) {
        TranslateBenchmark.translate(state, checks, blackhole);
    }

    /** The writer. */
    @Benchmark
    @Group("churn")
    @GroupThreads(1)
    public void writer(GuardState state, WriterState next, PacedWriter writer) {
        writer.write(state, next);
    }
}
