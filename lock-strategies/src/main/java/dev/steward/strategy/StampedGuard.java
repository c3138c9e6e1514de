package dev.steward.strategy;

import static dev.steward.strategy.AttachmentLayout.GENERATION_OFFSET;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.ContentionCounters;
import dev.steward.engine.smmu.ContentionEvent;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.engine.stream.OffHeapWords;
import dev.steward.engine.stream.StreamIndex;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.StampedLock;

/**
 * Optimistic read and validation by a StampedLock; the read lock after too many failures. A report takes a reference
 * unless the attachment is dead ({@link References}), or stays in the read lock if it fell back.
 *
 * <p>The look-up of the position stands inside the optimistic section, as the kernel's tree walk would.
 *
 * <p>Memory modes: {@code tryOptimisticRead} and {@code validate} are an acquire load and an acquire fence with a load
 * after it; the loads between are opaque; the writer's stores stand inside the write lock.
 */
@Description(
    name = "stamped",
    family = Family.OPTIMISTIC,
    title = "optimistic StampedLock; report takes a reference",
    source = "java.util.concurrent StampedLock (Lea 2013)",
    kernelPrimitive = "seqlock_t and refcount_inc_not_zero()",
    context = "readers anywhere; attach waits for a report on its stream",
    usage = Usage.WAITS_FOR_REPORT,
    simplicity = Simplicity.SEQUENCE_LOCK,
    readerWrites = "translate: nothing; report: the reference word of its stream, twice",
    writerWrites = "the lock word, twice; the record; a reference word",
    notModelled = "a kernel writer cannot be descheduled inside the sequence; a JVM thread can")
final class StampedGuard implements AttachmentGuard {
    private static final int MAX_OPTIMISTIC_READS = 4;
    private static final long LOCK_BYTES = 64;

    private final StreamIndex index;
    private final AttachmentTable table;
    private final StampedLock lock = new StampedLock();
    private final ContentionCounters contention;
    private final ReaderSlots retries;
    private final AtomicLong fallbacks = new AtomicLong();
    private final AtomicLong readerWaits = new AtomicLong();

    StampedGuard(GuardContext context) {
        index = context.index();
        table = new AttachmentTable(index.capacity());
        contention = context.contention();
        contention.show(EnumSet.of(ContentionEvent.CONTENDED));
        contention.showRetries();
        retries = new ReaderSlots(context.maxReaders());
    }

    @Override
    public Reader registerReader() {
        return new OptimisticReader(retries.claim());
    }

    @Override
    public void commit(int streamId, long attachment) {
        int position = index.indexOfPresent(streamId);
        long record = table.address(position);
        long generation = OffHeapWords.getLong(record + GENERATION_OFFSET);
        References.revive(record, generation + 1);
        // The first that writeLock() does itself.
        long stamp = lock.tryWriteLock();
        if (stamp == 0) {
            contention.add(ContentionEvent.CONTENDED, 1);
            stamp = lock.writeLock();
        }
        try {
            AttachmentRecord.storeOpaque(record, attachment);
        } finally {
            lock.unlockWrite(stamp);
        }
        if (References.killAndWait(record, generation)) {
            readerWaits.incrementAndGet();
        }
    }

    @Override
    public GuardStatistics statistics() {
        return new GuardStatistics(retries.sumOfOwnWords(), fallbacks.get(), readerWaits.get(), 0, 0,
            table.lengthBytes() + retries.lengthBytes() + LOCK_BYTES);
    }

    @Override
    public void close() {
        table.free();
    }

    private final class OptimisticReader implements Reader {
        // One load nearer than those of the guard, for each event.
        private final StreamIndex ownIndex = index;
        private final AttachmentTable ownTable = table;
        private final StampedLock ownLock = lock;
        private final int slot;

        OptimisticReader(int slot) {
            this.slot = slot;
        }

        @Override
        public long translate(int streamId) {
            for (int i = 0; i < MAX_OPTIMISTIC_READS; i++) {
                long stamp = ownLock.tryOptimisticRead();
                long attachment = snapshot(streamId);
                if (ownLock.validate(stamp)) {
                    return attachment;
                }
                retried(i + 1);
            }
            fallbacks.incrementAndGet();
            long stamp = ownLock.readLock();
            try {
                return snapshot(streamId);
            } finally {
                ownLock.unlockRead(stamp);
            }
        }

        @Override
        public int report(int streamId, ReportSink sink) {
            for (int i = 0; i < MAX_OPTIMISTIC_READS; i++) {
                long stamp = ownLock.tryOptimisticRead();
                sink.entered();
                int position = ownIndex.indexOf(streamId);
                if (position == StreamIndex.ABSENT) {
                    return ReportSink.UNKNOWN_STREAM;
                }
                long record = ownTable.address(position);
                long attachment = AttachmentRecord.loadOpaque(record);
                long generation = OffHeapWords.getLongOpaque(record + GENERATION_OFFSET);
                if (ownLock.validate(stamp)) {
                    if (!Attachment.isAttached(attachment)) {
                        return Delivery.deliver(attachment, sink);
                    }
                    if (References.tryTake(record, generation)) {
                        try {
                            return Delivery.deliver(attachment, sink);
                        } finally {
                            References.put(record, generation);
                        }
                    }
                }
                retried(i + 1);
            }
            return reportLocked(streamId, sink);
        }

        private long snapshot(int streamId) {
            int position = ownIndex.indexOf(streamId);
            return position == StreamIndex.ABSENT ? Attachment.UNKNOWN_STREAM : ownTable.snapshotOpaque(position);
        }

        private void retried(int repeat) {
            retries.countOwnPlain(slot);
            contention.repeat(repeat);
        }

        /** Inside the read lock no commit can store, so the attachment found here outlasts the section. */
        private int reportLocked(int streamId, ReportSink sink) {
            fallbacks.incrementAndGet();
            long stamp = ownLock.readLock();
            try {
                sink.entered();
                int position = ownIndex.indexOf(streamId);
                return position == StreamIndex.ABSENT
                    ? ReportSink.UNKNOWN_STREAM : Delivery.deliver(ownTable.loadOpaque(position), sink);
            } finally {
                ownLock.unlockRead(stamp);
            }
        }

        @Override
        public void close() {
            retries.release(slot);
        }
    }
}
