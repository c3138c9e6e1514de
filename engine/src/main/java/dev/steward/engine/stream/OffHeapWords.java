package dev.steward.engine.stream;

import org.agrona.UnsafeApi;

/**
 * Words at an address that {@link OffHeap#address} gave. A buffer may lie on or off the heap, so the JVM looks at each
 * access where; an address is found once for all words of a record.
 *
 * <p>Nothing is checked: an address must be a multiple of the word's length, in memory that is not free, or the JVM may
 * crash. Each method names its memory mode. Threading: any.
 */
public final class OffHeapWords {
    private OffHeapWords() {
    }

    /** Plain load. */
    public static int getInt(long address) {
        return UnsafeApi.getInt(null, address);
    }

    /** Opaque load. */
    public static int getIntOpaque(long address) {
        return UnsafeApi.getIntOpaque(null, address);
    }

    /** Acquire load. */
    public static int getIntAcquire(long address) {
        return UnsafeApi.getIntAcquire(null, address);
    }

    /** Release store. */
    public static void putIntRelease(long address, int value) {
        UnsafeApi.putIntRelease(null, address, value);
    }

    /** Volatile addition; returns what was there. */
    public static int getAndAddInt(long address, int by) {
        return UnsafeApi.getAndAddInt(null, address, by);
    }

    /** Plain load. */
    public static long getLong(long address) {
        return UnsafeApi.getLong(null, address);
    }

    /** Opaque load. */
    public static long getLongOpaque(long address) {
        return UnsafeApi.getLongOpaque(null, address);
    }

    /** Acquire load. */
    public static long getLongAcquire(long address) {
        return UnsafeApi.getLongAcquire(null, address);
    }

    /** Volatile load. */
    public static long getLongVolatile(long address) {
        return UnsafeApi.getLongVolatile(null, address);
    }

    /** Opaque store. */
    public static void putLongOpaque(long address, long value) {
        UnsafeApi.putLongOpaque(null, address, value);
    }

    /** Release store. */
    public static void putLongRelease(long address, long value) {
        UnsafeApi.putLongRelease(null, address, value);
    }

    /** Volatile addition; returns what was there. */
    public static long getAndAddLong(long address, long by) {
        return UnsafeApi.getAndAddLong(null, address, by);
    }

    /** Volatile compare-and-set. */
    public static boolean compareAndSetLong(long address, long expected, long value) {
        return UnsafeApi.compareAndSetLong(null, address, expected, value);
    }
}
