package dev.steward.strategy;

import static dev.steward.strategy.AttachmentLayout.GENERATION_OFFSET;
import static dev.steward.strategy.AttachmentLayout.RECORD_SHIFT;
import static dev.steward.strategy.AttachmentLayout.SEQUENCE_OFFSET;

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
 * A {@link SeqlockGuard sequence lock} for each entry, on the line of the entry itself: a reader touches one line, and
 * only a commit on its own stream makes it repeat.
 *
 * <p>The port lets one thread at a time commit a stream, so a writer needs no lock. Reports, references and memory
 * modes as there.
 */
final class SeqlockSteGuard implements AttachmentGuard {
    static final StrategyInfo INFO = StrategyInfo.named("seqlock-ste")
        .family(StrategyInfo.Family.OPTIMISTIC)
        .title("sequence lock in each entry; report takes a reference")
        .source("include/linux/seqlock.h (seqcount_t); Boehm 2012, MSPC")
        .kernelPrimitive("seqcount_t and refcount_inc_not_zero()")
        .context("readers anywhere; attach waits for reports on its stream")
        .usage(Usage.WAITS_FOR_READERS)
        .readerWrites("translate: nothing; report: the reference word of its stream, twice")
        .writerWrites("the sequence, twice; the record; a reference word, all on one line")
        .notModelled("a kernel writer cannot be preempted inside the sequence; a JVM thread can, and readers wait")
        .build();

    private final StreamIndex index;
    private final AttachmentTable table;
    private final UnsafeBuffer records;
    private final ReaderSlots retries;
    private final AtomicLong readerWaits = new AtomicLong();

    SeqlockSteGuard(GuardContext context) {
        index = context.index();
        table = new AttachmentTable(index.capacity());
        records = table.buffer();
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
        int sequence = record + SEQUENCE_OFFSET;
        long generation = records.getLong(record + GENERATION_OFFSET);
        References.revive(records, record, generation + 1);
        long even = records.getLong(sequence);
        records.putLongOpaque(sequence, even + 1);
        VarHandle.storeStoreFence();
        table.storeOpaque(position, attachment);
        records.putLongRelease(sequence, even + 2);
        if (References.killAndWait(records, record, generation)) {
            readerWaits.incrementAndGet();
        }
    }

    @Override
    public GuardStatistics statistics() {
        return new GuardStatistics(retries.sumOfOwnWords(), 0, readerWaits.get(), 0, 0,
            table.lengthBytes() + retries.lengthBytes());
    }

    @Override
    public void close() {
        table.free();
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
            int sequence = (position << RECORD_SHIFT) + SEQUENCE_OFFSET;
            for (int round = 0; ; round++) {
                long before = records.getLongAcquire(sequence);
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
            int record = position << RECORD_SHIFT;
            int sequence = record + SEQUENCE_OFFSET;
            for (int round = 0; ; round++) {
                long before = records.getLongAcquire(sequence);
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
            return (before & 1) == 0 && records.getLongOpaque(sequence) == before;
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
