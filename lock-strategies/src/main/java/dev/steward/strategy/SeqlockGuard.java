package dev.steward.strategy;

import static dev.steward.strategy.AttachmentLayout.GENERATION_OFFSET;
import static dev.steward.strategy.AttachmentLayout.RECORD_SHIFT;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.engine.stream.StreamIndex;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A sequence lock: the writer makes the sequence odd, changes the record, makes it even; a reader that saw another
 * sequence after its loads than before, or an odd one, repeats (Lameter 2005, "Effective synchronization on Linux/NUMA
 * systems"; Boehm 2012, "Can seqlocks get along with programming language memory models?"; include/linux/seqlock.h).
 *
 * <p>A sequence covers what the scope says and stands on lines of its own; {@link SeqlockSteGuard} keeps it in the
 * record. Writers of one sequence take turns by a ticket lock. A snapshot says nothing about the life of what it names,
 * so a report takes a reference unless the attachment is dead: {@link References}.
 *
 * <p>Memory modes: reader: acquire load of the sequence, opaque loads, load-load fence, opaque load of the sequence.
 * Writer: opaque store of the odd sequence, store-store fence, opaque stores, release store of the even one.
 */
final class SeqlockGuard implements AttachmentGuard {
    static final StrategyInfo INFO = StrategyInfo.named("seqlock")
        .family(StrategyInfo.Family.OPTIMISTIC)
        .title("sequence lock; report takes a reference unless dead")
        .source("include/linux/seqlock.h; Boehm 2012, MSPC")
        .kernelPrimitive("seqlock_t and refcount_inc_not_zero()")
        .context("readers anywhere; writers spin, and wait for reports on their stream")
        .usage(Usage.WAITS_FOR_READERS)
        .readerWrites("translate: nothing; report: the reference word of its stream, twice")
        .writerWrites("the sequence, twice; the ticket lock; the record; a reference word")
        .notModelled("a kernel writer cannot be preempted inside the sequence; a JVM thread can, and readers wait")
        .variedBy(Dimension.SCOPE)
        .build();

    private static final int PADDED_SHIFT = 7;

    private final StreamIndex index;
    private final AttachmentTable table;
    private final UnsafeBuffer records;
    private final OffHeap sequenceMemory;
    private final UnsafeBuffer sequences;
    private final int mask;
    private final TicketLock[] writers;
    private final ReaderSlots retries;
    private final AtomicLong readerWaits = new AtomicLong();

    SeqlockGuard(GuardContext context, Scope scope) {
        index = context.index();
        table = new AttachmentTable(index.capacity());
        records = table.buffer();
        writers = new TicketLock[scope.locks(index.capacity())];
        for (int i = 0; i < writers.length; i++) {
            writers[i] = new TicketLock();
        }
        sequenceMemory = new OffHeap((long) writers.length << PADDED_SHIFT);
        sequences = sequenceMemory.buffer();
        mask = scope.mask();
        retries = new ReaderSlots(context.maxReaders());
    }

    @Override
    public Reader registerReader() {
        return new SequenceReader(retries.claim());
    }

    @Override
    public void commit(int streamId, long attachment) {
        int position = AttachmentTable.indexOfPresent(index, streamId);
        int record = position << RECORD_SHIFT;
        int sequence = sequenceOf(position);
        TicketLock writer = writers[position & mask];
        long generation = records.getLong(record + GENERATION_OFFSET);
        References.revive(records, record, generation + 1);
        long ticket = writer.lockExclusive();
        try {
            long even = sequences.getLong(sequence);
            sequences.putLongOpaque(sequence, even + 1);
            VarHandle.storeStoreFence();
            table.storeOpaque(position, attachment);
            sequences.putLongRelease(sequence, even + 2);
        } finally {
            writer.unlockExclusive(ticket);
        }
        if (References.killAndWait(records, record, generation)) {
            readerWaits.incrementAndGet();
        }
    }

    private int sequenceOf(int position) {
        return (position & mask) << PADDED_SHIFT;
    }

    @Override
    public GuardStatistics statistics() {
        long locks = 0;
        for (TicketLock writer : writers) {
            locks += writer.statistics().footprintBytes();
        }
        return new GuardStatistics(retries.sumOfOwnWords(), 0, readerWaits.get(), 0, 0,
            table.lengthBytes() + sequences.capacity() + locks + retries.lengthBytes());
    }

    @Override
    public void close() {
        table.free();
        sequenceMemory.free();
    }

    private final class SequenceReader implements Reader {
        private final int slot;

        SequenceReader(int slot) {
            this.slot = slot;
        }

        @Override
        public long translate(int streamId) {
            int position = index.indexOf(streamId);
            if (position == StreamIndex.ABSENT) {
                return Attachment.UNKNOWN_STREAM;
            }
            int sequence = sequenceOf(position);
            for (int round = 0; ; round++) {
                long before = sequences.getLongAcquire(sequence);
                long attachment = table.snapshotOpaque(position);
                if (unchanged(sequence, before)) {
                    return attachment;
                }
                retry(round);
            }
        }

        @Override
        public int report(int streamId, ReportSink sink) {
            int position = index.indexOf(streamId);
            if (position == StreamIndex.ABSENT) {
                return ReportSink.UNKNOWN_STREAM;
            }
            int sequence = sequenceOf(position);
            int record = position << RECORD_SHIFT;
            for (int round = 0; ; round++) {
                long before = sequences.getLongAcquire(sequence);
                long attachment = table.loadOpaque(position);
                long generation = records.getLongOpaque(record + GENERATION_OFFSET);
                if (unchanged(sequence, before)) {
                    if (!Attachment.isAttached(attachment)) {
                        return Section.deliver(attachment, sink);
                    }
                    if (References.tryTake(records, record, generation)) {
                        try {
                            return Section.deliver(attachment, sink);
                        } finally {
                            References.put(records, record, generation);
                        }
                    }
                }
                retry(round);
            }
        }

        private boolean unchanged(int sequence, long before) {
            VarHandle.loadLoadFence();
            return (before & 1) == 0 && sequences.getLongOpaque(sequence) == before;
        }

        private void retry(int round) {
            retries.ownWordPlain(slot, retries.ownWordPlain(slot) + 1);
            Backoff.pause(round);
        }

        @Override
        public void close() {
            retries.release(slot);
        }
    }
}
