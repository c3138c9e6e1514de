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
public class ChurnBenchmark {
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
    public void writer(GuardState state, WriterState next, PacedWriter writer) {
        writer.write(state, next);
    }
}
