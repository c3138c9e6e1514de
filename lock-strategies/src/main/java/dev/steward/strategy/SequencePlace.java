package dev.steward.strategy;

import static dev.steward.strategy.AttachmentLayout.RECORD_SHIFT;
import static dev.steward.strategy.AttachmentLayout.SEQUENCE_OFFSET;

import dev.steward.engine.smmu.ContentionCounters;
import dev.steward.engine.stream.OffHeap;
import dev.steward.engine.stream.OffHeapWords;
import dev.steward.engine.stream.Waiting;

/**
 * Where the sequences of a {@link SeqlockGuard} lie: beside the table on lines of their own, each with the ticket lock
 * of its writers on the same line, as in the kernel's {@code seqlock_t}; or in the records, where the port lets one
 * thread at a time commit and a writer needs no lock.
 *
 * <p>Plain numbers and no second class, so that a reader finds its sequence without a call.
 */
final class SequencePlace implements Memory {
    private static final int NEXT_TICKET_OFFSET = Long.BYTES;
    private static final int NOW_SERVING_OFFSET = NEXT_TICKET_OFFSET + Integer.BYTES;
    private static final int PADDED_SHIFT = Integer.numberOfTrailingZeros(OffHeap.PADDED_LENGTH);

    private final int mask;
    private final int shift;
    private final int offset;
    /** Of the table, which then counts and frees it, if there are no waits. */
    private final OffHeap memory;
    /** Null if the sequences lie in the records and have one writer each. */
    private final LockWaits waits;

    private SequencePlace(int mask, int shift, int offset, OffHeap memory, LockWaits waits) {
        this.mask = mask;
        this.shift = shift;
        this.offset = offset;
        this.memory = memory;
        this.waits = waits;
    }

    static SequencePlace besideTable(Scope scope, int capacity, ContentionCounters counters) {
        OffHeap memory = new OffHeap((long) scope.locks(capacity) << PADDED_SHIFT);
        return new SequencePlace(
            scope.mask(), PADDED_SHIFT, 0, memory, new LockWaits(Waiting.SPIN, counters).showing());
    }

    static SequencePlace inRecords(AttachmentTable table) {
        return new SequencePlace(-1, RECORD_SHIFT, SEQUENCE_OFFSET, table.memory(), null);
    }

    /** Address of the sequence that covers a position. */
    long of(int position) {
        return memory.address(((position & mask) << shift) + offset);
    }

    /** Keeps other writers of the sequence out; returns what to hand to {@link #unlock}. */
    int lock(long sequence) {
        if (waits == null) {
            return 0;
        }
        int ticket = OffHeapWords.getAndAddInt(sequence + NEXT_TICKET_OFFSET, 1);
        int round = 0;
        for (; OffHeapWords.getIntAcquire(sequence + NOW_SERVING_OFFSET) != ticket; round++) {
            waits.pause(round);
        }
        if (round != 0) {
            waits.contended();
            waits.paused(round);
        }
        return ticket;
    }

    void unlock(long sequence, int ticket) {
        if (waits != null) {
            OffHeapWords.putIntRelease(sequence + NOW_SERVING_OFFSET, ticket + 1);
        }
    }

    /** Memory beside the table's. */
    @Override
    public long lengthBytes() {
        return waits == null ? 0 : memory.lengthBytes();
    }

    @Override
    public void free() {
        if (waits != null) {
            memory.free();
        }
    }
}
