package dev.steward.strategy;

import java.lang.invoke.VarHandle;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One announcement word per registered reader, off-heap and 128 bytes apart, so that readers never share a line.
 *
 * <p>A reader writes only its own word; writers read all of them. {@link #announceFenced} is a release store with a
 * full fence behind it (store-load), which is what lets a reader that announced itself and a writer that published and
 * then looked not miss each other (Dekker). A volatile store would not do: what follows it here are acquire and opaque
 * loads, and those may move ahead of it. {@link #clearRelease} orders everything the reader did before it.
 *
 * <p>Beside its announcement a reader has a word for itself, on the same line, that outlives its registration.
 */
final class ReaderSlots {
    /** A reader that is not inside. */
    static final long IDLE = 0;

    private static final int OWN_WORD_OFFSET = Long.BYTES;

    private final OffHeap memory;
    private final UnsafeBuffer buffer;
    private final boolean[] claimed;

    ReaderSlots(int maxReaders) {
        memory = new OffHeap((long) maxReaders * OffHeap.PADDED_LENGTH);
        buffer = memory.buffer();
        claimed = new boolean[maxReaders];
    }

    synchronized int claim() {
        for (int slot = 0; slot < claimed.length; slot++) {
            if (!claimed[slot]) {
                claimed[slot] = true;
                return slot;
            }
        }
        throw new IllegalStateException("all " + claimed.length + " reader slots are taken");
    }

    synchronized void release(int slot) {
        clearRelease(slot);
        claimed[slot] = false;
    }

    void announceFenced(int slot, long value) {
        buffer.putLongRelease(slot * OffHeap.PADDED_LENGTH, value);
        VarHandle.fullFence();
    }

    void clearRelease(int slot) {
        buffer.putLongRelease(slot * OffHeap.PADDED_LENGTH, IDLE);
    }

    long loadVolatile(int slot) {
        return buffer.getLongVolatile(slot * OffHeap.PADDED_LENGTH);
    }

    /** The word that only the owner of the slot reads and writes. */
    long ownWordPlain(int slot) {
        return buffer.getLong(slot * OffHeap.PADDED_LENGTH + OWN_WORD_OFFSET);
    }

    void ownWordPlain(int slot, long value) {
        buffer.putLong(slot * OffHeap.PADDED_LENGTH + OWN_WORD_OFFSET, value);
    }

    int count() {
        return claimed.length;
    }

    long lengthBytes() {
        return buffer.capacity();
    }

    void free() {
        memory.free();
    }
}
