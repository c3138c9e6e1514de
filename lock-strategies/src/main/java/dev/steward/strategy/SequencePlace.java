package dev.steward.strategy;

import static dev.steward.strategy.AttachmentLayout.RECORD_SHIFT;
import static dev.steward.strategy.AttachmentLayout.SEQUENCE_OFFSET;

import dev.steward.engine.stream.OffHeap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Where the sequences of a {@link SeqlockGuard} lie: beside the table on lines of their own, each with a ticket lock
 * for its writers, or in the records, where the port lets one thread at a time commit and a writer needs no lock.
 *
 * <p>Plain numbers and no second class, so that a reader finds its sequence without a call.
 */
final class SequencePlace implements Memory {
    private static final int PADDED_SHIFT = Integer.numberOfTrailingZeros(OffHeap.PADDED_LENGTH);

    final UnsafeBuffer sequences;

    private final int mask;
    private final int shift;
    private final int offset;
    /** Empty if a sequence has one writer. */
    private final TicketLock[] writers;
    /** Null if the sequences are in memory of the table. */
    private final OffHeap memory;

    private SequencePlace(int mask, int shift, int offset, TicketLock[] writers, OffHeap memory, UnsafeBuffer buffer) {
        this.mask = mask;
        this.shift = shift;
        this.offset = offset;
        this.writers = writers;
        this.memory = memory;
        sequences = buffer;
    }

    static SequencePlace besideTable(Scope scope, int capacity) {
        TicketLock[] writers = new TicketLock[scope.locks(capacity)];
        for (int i = 0; i < writers.length; i++) {
            writers[i] = new TicketLock();
        }
        OffHeap memory = new OffHeap((long) writers.length << PADDED_SHIFT);
        return new SequencePlace(scope.mask(), PADDED_SHIFT, 0, writers, memory, memory.buffer());
    }

    static SequencePlace inRecords(AttachmentTable table) {
        return new SequencePlace(-1, RECORD_SHIFT, SEQUENCE_OFFSET, new TicketLock[0], null, table.buffer());
    }

    /** Offset of the sequence that covers a position. */
    int of(int position) {
        return ((position & mask) << shift) + offset;
    }

    /** Keeps other writers of the sequence out; returns what to hand to {@link #unlock}. */
    long lock(int position) {
        return writers.length == 0 ? 0 : writers[position & mask].lockExclusive();
    }

    void unlock(int position, long ticket) {
        if (writers.length > 0) {
            writers[position & mask].unlockExclusive(ticket);
        }
    }

    /** Memory beside the table's. */
    @Override
    public long lengthBytes() {
        long bytes = memory == null ? 0 : sequences.capacity();
        for (TicketLock writer : writers) {
            bytes += writer.statistics().footprintBytes();
        }
        return bytes;
    }

    @Override
    public void free() {
        if (memory != null) {
            memory.free();
        }
    }
}
