package dev.steward.engine.smmu;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * What the locks of a guard had to do, and how often its readers repeated a read; on the way that is slow already, so
 * that who finds a lock free pays nothing.
 *
 * <p>A lock of the JVM or of the C library does not show all of it. So a lock says what it counts, and what one of
 * them does not count is absent, which is something else than 0.
 *
 * <p>Threading: any number of threads count. Threads meet on a line only if their ids agree in the lowest bits; a count
 * is exact once all of them have stopped.
 */
public final class ContentionCounters {
    /** Reads that were repeated 1, 2 to 3, 4 to 7 times and so on; the last holds all that were repeated more often. */
    public static final int RETRY_BUCKETS = 8;

    private static final ContentionEvent[] EVENTS = ContentionEvent.values();
    private static final int ALL = -1;
    /** A power of two. */
    private static final int STRIPES = 16;
    /** Two lines, as processors fetch lines in pairs; room for all events and buckets. */
    private static final int STRIDE = 16;
    private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] counts = new long[(STRIPES + 2) * STRIDE];
    /** What all locks so far count, a bit for each event: a set would drag its class into the footprint of a lock. */
    private int shown = ALL;
    private boolean locked;
    private boolean retriesShown;

    /** A lock says what it counts. */
    public synchronized void show(Set<ContentionEvent> events) {
        locked = true;
        shown &= events.stream().mapToInt(event -> 1 << event.ordinal()).sum();
    }

    /** Says that there are readers who count what they repeat. */
    public synchronized void showRetries() {
        retriesShown = true;
    }

    /** Counts an event so many times. */
    public void add(ContentionEvent event, long times) {
        if (times != 0) {
            COUNT.getAndAdd(counts, index(event.ordinal()), times);
        }
    }

    /**
     * A reader is about to repeat a read: it moves on to the next bucket if this makes it one that was repeated twice
     * as often.
     *
     * @param repeat 1 for the first time, then 2 and so on.
     */
    public void repeat(int repeat) {
        int bucket = Integer.numberOfTrailingZeros(repeat);
        if (Integer.bitCount(repeat) == 1 && bucket < RETRY_BUCKETS) {
            COUNT.getAndAdd(counts, index(EVENTS.length + bucket), 1L);
            if (bucket > 0) {
                COUNT.getAndAdd(counts, index(EVENTS.length + bucket - 1), -1L);
            }
        }
    }

    private static int index(int word) {
        int stripe = (int) Thread.currentThread().getId() & STRIPES - 1;
        return (stripe + 1) * STRIDE + word;
    }

    /** {@return the count of each event that all locks count} */
    public synchronized Map<ContentionEvent, Long> events() {
        Map<ContentionEvent, Long> sums = new EnumMap<>(ContentionEvent.class);
        for (ContentionEvent event : EVENTS) {
            if (locked && (shown >> event.ordinal() & 1) != 0) {
                sums.put(event, sum(event.ordinal()));
            }
        }
        return Collections.unmodifiableMap(sums);
    }

    /** {@return reads by how often they were repeated, see {@link #RETRY_BUCKETS}; empty if no reader ever repeats} */
    public synchronized long[] retriedReads() {
        long[] buckets = new long[retriesShown ? RETRY_BUCKETS : 0];
        for (int bucket = 0; bucket < buckets.length; bucket++) {
            buckets[bucket] = sum(EVENTS.length + bucket);
        }
        return buckets;
    }

    private long sum(int word) {
        long sum = 0;
        for (int stripe = 1; stripe <= STRIPES; stripe++) {
            sum += (long) COUNT.getVolatile(counts, stripe * STRIDE + word);
        }
        return sum;
    }
}
