package dev.steward.strategy;

import dev.steward.engine.stream.OffHeap;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A few 32-bit words side by side, with two cache lines of nothing on either side: for a lock whose words share a line
 * where it comes from, so that to fetch one of them is to fetch all.
 *
 * <p>The heap aligns to 8 bytes only. So words 0 and 1 are always on one line, and likewise 2 and 3; four of them are
 * in seven of eight places.
 */
final class PaddedInts {
    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(int[].class);
    private static final int PADDING = OffHeap.PADDED_LENGTH / Integer.BYTES;
    private static final int HEADERS_BYTES = 32;

    private final int[] words;

    PaddedInts(int count) {
        words = new int[PADDING + count + PADDING];
    }

    /** The memory that so many words take. */
    static long lengthBytes(int count) {
        return 2L * OffHeap.PADDED_LENGTH + (long) count * Integer.BYTES + HEADERS_BYTES;
    }

    int getPlain(int word) {
        return words[PADDING + word];
    }

    int getAcquire(int word) {
        return (int) WORD.getAcquire(words, PADDING + word);
    }

    void setRelease(int word, int value) {
        WORD.setRelease(words, PADDING + word, value);
    }

    void setVolatile(int word, int value) {
        WORD.setVolatile(words, PADDING + word, value);
    }

    /** A volatile read-modify-write. */
    int getAndAdd(int word, int by) {
        return (int) WORD.getAndAdd(words, PADDING + word, by);
    }

    /** A volatile read-modify-write. */
    boolean compareAndSet(int word, int expected, int value) {
        return WORD.compareAndSet(words, PADDING + word, expected, value);
    }
}
