package dev.steward.jmh;

import dev.steward.engine.stream.OffHeap;
import dev.steward.engine.stream.OffHeapWords;
import java.lang.invoke.VarHandle;
import org.HdrHistogram.Histogram;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What the machine charges for the parts of which everything else is made. Its name puts it first: read it before the
 * others.
 */
@State(Scope.Thread)
@Threads(1)
public class BaselineBenchmark extends InNanoseconds {
    private static final int ENTRIES = 4096;
    private static final int ENTRY_SHIFT = 6;
    private static final long LONGEST_NS = 60_000_000_000L;
    private static final int DIGITS = 3;
    private static final int TOKENS = 100;

    private final StreamIds streamIds = new StreamIds(ENTRIES, 1);
    private final OffHeap memory = new OffHeap(ENTRIES << ENTRY_SHIFT);
    private final Histogram histogram = new Histogram(LONGEST_NS, DIGITS);

    /** {@return a reading of the clock that times everything} */
    @Benchmark
    public long clock() {
        return System.nanoTime();
    }

    /** {@return a StreamID, whose choice is part of every benchmark below} */
    @Benchmark
    public int randomStreamId() {
        return streamIds.next();
    }

    /** {@return one word of a random entry off the heap, by a plain read} */
    @Benchmark
    public long plainRead() {
        return OffHeapWords.getLong(randomEntry());
    }

    /** {@return the same by a volatile read} */
    @Benchmark
    public long volatileRead() {
        return OffHeapWords.getLongVolatile(randomEntry());
    }

    /** {@return whether a compare-and-set on one word that nobody else touches succeeded; it does} */
    @Benchmark
    public boolean compareAndSet() {
        long word = memory.address(0);
        long seen = OffHeapWords.getLong(word);
        return OffHeapWords.compareAndSetLong(word, seen, seen + 1);
    }

    /** A full fence behind a store: what an announcement costs its reader. */
    @Benchmark
    public void storeAndFullFence() {
        OffHeapWords.putLongRelease(memory.address(0), 1);
        VarHandle.fullFence();
    }

    /** One value into a histogram of 60 s and three digits. */
    @Benchmark
    public void histogramRecord() {
        histogram.recordValue(streamIds.next());
    }

    /** The work of 100 tokens, in which sections, traps and register writes are given. */
    @Benchmark
    public void hundredTokens() {
        Blackhole.consumeCPU(TOKENS);
    }

    private long randomEntry() {
        return memory.address(streamIds.next() << ENTRY_SHIFT);
    }
}
