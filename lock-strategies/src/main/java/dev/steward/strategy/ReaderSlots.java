package dev.steward.strategy;

import dev.steward.engine.stream.OffHeap;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One announcement word per registered reader, 128 bytes apart, so that readers never share a line.
 *
 * <p>A reader writes only its own word; writers read all of them. {@link #announceFenced} is a release store with a
 * full fence behind it (store-load), which is what lets a reader that announced itself and a writer that published and
 * then looked not miss each other (Dekker). A volatile store would not do: what follows it here are acquire and opaque
 * loads, and those may move ahead of it. {@link #clearRelease} orders everything the reader did before it.
 *
 * <p>Beside its announcement a reader has a word for itself, on the same line, that outlives its registration. The
 * words lie in a heap array, so that model checkers see them; its ends are padded as well.
 */
final class ReaderSlots implements Memory {
    /** A reader that is not inside. */
    static final long IDLE = 0;

    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int STRIDE = OffHeap.PADDED_LENGTH / Long.BYTES;
    private static final int OWN_WORD = 1;

    private final ReaderIds ids;
    private final long[] words;

    ReaderSlots(int maxReaders) {
        ids = new ReaderIds(maxReaders);
        words = new long[(maxReaders + 2) * STRIDE];
    }

    int claim() {
        return ids.claim();
    }

    void release(int slot) {
        clearRelease(slot);
        ids.release(slot);
    }

    void announceFenced(int slot, long value) {
        WORD.setRelease(words, index(slot), value);
        VarHandle.fullFence();
    }

    void announceRelease(int slot, long value) {
        WORD.setRelease(words, index(slot), value);
    }

    void clearRelease(int slot) {
        WORD.setRelease(words, index(slot), IDLE);
    }

    long loadVolatile(int slot) {
        return (long) WORD.getVolatile(words, index(slot));
    }

    /** Tells whether no reader announces anything. */
    boolean allIdle() {
        for (int slot = 0; slot < count(); slot++) {
            if (loadVolatile(slot) != IDLE) {
                return false;
            }
        }
        return true;
    }

    /** Tells whether every reader is idle or announces at least this much. */
    boolean noneOlderThan(long value) {
        for (int slot = 0; slot < count(); slot++) {
            long announced = loadVolatile(slot);
            if (announced != IDLE && announced < value) {
                return false;
            }
        }
        return true;
    }

    /** The word that only the owner of the slot reads and writes. */
    long ownWordPlain(int slot) {
        return words[index(slot) + OWN_WORD];
    }

    void ownWordPlain(int slot, long value) {
        words[index(slot) + OWN_WORD] = value;
    }

    /** Counts one more in the word that only the owner of the slot writes. */
    void countOwnPlain(int slot) {
        words[index(slot) + OWN_WORD]++;
    }

    /** For counters that readers keep there; exact once they have stopped. */
    long sumOfOwnWords() {
        long sum = 0;
        for (int slot = 0; slot < count(); slot++) {
            sum += ownWordPlain(slot);
        }
        return sum;
    }

    /** The words of one reader, nearer to it than through all slots: each event would pay for the way. */
    static class Slot {
        private final long[] words;
        private final int at;

        Slot(ReaderSlots slots, int slot) {
            words = slots.words;
            at = index(slot);
        }

        final void announceFenced(long value) {
            announceRelease(value);
            VarHandle.fullFence();
        }

        final void announceRelease(long value) {
            WORD.setRelease(words, at, value);
        }

        final void clearRelease() {
            WORD.setRelease(words, at, IDLE);
        }

        /** The announcement, read by the reader that made it. */
        final long announcedPlain() {
            return words[at];
        }

        final long ownWordPlain() {
            return words[at + OWN_WORD];
        }

        final void ownWordPlain(long value) {
            words[at + OWN_WORD] = value;
        }
    }

    private static int index(int slot) {
        return (slot + 1) * STRIDE;
    }

    int count() {
        return ids.limit();
    }

    @Override
    public long lengthBytes() {
        return (long) words.length * Long.BYTES;
    }
}
