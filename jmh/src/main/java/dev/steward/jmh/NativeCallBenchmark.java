package dev.steward.jmh;

import dev.steward.strategy.CLibrary;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;

/**
 * What it costs to call the C library: the floor of the strategies that do, beside {@link BaselineBenchmark}.
 * {@link Main} leaves it out where it cannot be called.
 */
@State(Scope.Thread)
@Threads(1)
public class NativeCallBenchmark extends InNanoseconds {
    private final StreamIds streamIds = new StreamIds(4096, 1);

    /** {@return a sum of two values that were not computed by calls: to be taken off} */
    @Benchmark
    public long nothing() {
        long value = streamIds.next();
        return value + value;
    }

    /** {@return the same by two calls, as many as a lock and its unlock take} */
    @Benchmark
    public long pair() {
        return CLibrary.pair(streamIds.next());
    }
}
