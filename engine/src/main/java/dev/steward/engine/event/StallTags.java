package dev.steward.engine.event;

import com.lmax.disruptor.Sequence;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The stalled transactions of one SMMU, each with the tag that its record and its RESUME command name (STAG). A
 * transaction is outstanding from the moment it stalls until it is resumed, wherever its record is meanwhile; at most
 * IDR5.STALL_MAX are (Arm IHI 0070; docs/domain.md, 3.3).
 *
 * <p>A RESUME takes effect only if it names the tag and the StreamID of an outstanding transaction. Tags are handed out
 * in the order in which they became free, so a stray or second RESUME finds its tag free for as long as possible.
 *
 * <p>Free tags wait in a ring that is never longer than the number of tags: one thread takes, any thread gives back by
 * claiming the next place. A place that is claimed and not yet filled reads as empty, so nobody waits for anybody.
 *
 * <p>Threading: {@link #take} by the producer of the event queue, {@link #resume} by any thread. Both are wait-free,
 * neither allocates.
 */
public final class StallTags {
    /** As many transactions are stalled as the SMMU can hold. */
    public static final int NONE = -1;

    private static final long FREE = 0;
    private static final long OUTSTANDING = 1L << 32;
    private static final int EMPTY = 0;

    /** By tag: free, or the StreamID of the transaction. */
    private final AtomicLongArray transactions;
    /** Ring of tag + 1. */
    private final AtomicIntegerArray places;
    private final int mask;
    private final Sequence taken = new Sequence();
    private final Sequence givenBack;

    /**
     * No transaction is stalled.
     *
     * @param max most transactions at a time (IDR5.STALL_MAX), 0 to 65536; tags are below it.
     * @throws IllegalArgumentException if it is out of range.
     */
    public StallTags(int max) {
        if (max < 0 || max > EventRecordLayout.MAX_STALL_TAG + 1) {
            throw new IllegalArgumentException("most stalled transactions " + max + " is not in 0..65536");
        }
        transactions = new AtomicLongArray(max);
        int capacity = Integer.highestOneBit(Math.max(1, 2 * max - 1));
        places = new AtomicIntegerArray(capacity);
        mask = capacity - 1;
        for (int tag = 0; tag < max; tag++) {
            places.setPlain(tag, tag + 1);
        }
        givenBack = new Sequence(max - 1);
    }

    /**
     * A transaction stalls.
     *
     * @param streamId of it, 32 raw bits.
     * @return its tag, or {@link #NONE}: it waits in the device and there is no record of it.
     */
    public int take(int streamId) {
        long next = taken.get() + 1;
        int place = (int) next & mask;
        int tag = places.getAcquire(place) - 1;
        if (tag == NONE) {
            return NONE;
        }
        places.setPlain(place, EMPTY);
        taken.set(next);
        transactions.setRelease(tag, outstanding(streamId));
        return tag;
    }

    /**
     * A RESUME command, of either kind.
     *
     * @param streamId 32 raw bits.
     * @param tag      any.
     * @return false if no outstanding transaction has this tag and this StreamID: nothing has changed.
     */
    public boolean resume(int streamId, int tag) {
        if (tag < 0 || tag >= transactions.length()
            || !transactions.compareAndSet(tag, outstanding(streamId), FREE)) {
            return false;
        }
        // The place was emptied before: the claims up to this one have seen, by their compare-and-set, all that was
        // taken but for what still is outstanding or waits in the ring, and that is at most its length.
        places.setRelease((int) givenBack.incrementAndGet() & mask, tag + 1);
        return true;
    }

    private static long outstanding(int streamId) {
        return OUTSTANDING | Integer.toUnsignedLong(streamId);
    }

    /** {@return transactions that have not been resumed yet; exact once nothing moves} */
    public int outstanding() {
        int outstanding = 0;
        for (int tag = 0; tag < transactions.length(); tag++) {
            outstanding += transactions.getAcquire(tag) == FREE ? 0 : 1;
        }
        return outstanding;
    }

    /** {@return transactions that have stalled so far; exact for the producer} */
    public long taken() {
        return taken.get() + 1;
    }
}
