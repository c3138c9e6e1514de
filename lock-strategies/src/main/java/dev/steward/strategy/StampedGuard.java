package dev.steward.strategy;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.engine.stream.StreamIndex;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.StampedLock;

/**
 * Optimistic read, announce, validate; the read lock after too many failures.
 *
 * <p>Algorithm: a sequence lock (Linux seqlock, JDK StampedLock) gives the snapshot, a hazard slot per reader (Michael
 * 2004, "Hazard Pointers") keeps it usable. The reader copies the attachment, announces its stream in its own slot with
 * a full fence, and only then validates. A commit changes the record under the write lock, fences, and waits for each
 * slot that announces its stream. Either the reader announced first and the commit sees the slot, or the commit's write
 * lock came first and the validation fails. A slot carries a count beside the stream, so a commit waits for the one
 * report it saw and not for a storm of later ones.
 */
final class StampedGuard implements AttachmentGuard {
    static final StrategyInfo INFO = StrategyInfo.named("stamped")
        .family(StrategyInfo.Family.OPTIMISTIC)
        .title("optimistic read, report slot, validate; falls back to the read lock")
        .source("java.util.concurrent StampedLock (Lea 2013); Michael 2004, Hazard Pointers")
        .kernelPrimitive("seqlock_t plus a hazard slot per handler")
        .context("readers anywhere; attach waits for a report on its stream")
        .readerWrites("its own report slot, twice (one full fence)")
        .writerWrites("the lock word, twice; the record")
        .notModelled("a kernel writer cannot be descheduled inside the sequence; a JVM thread can")
        .build();

    private static final int MAX_OPTIMISTIC_READS = 4;
    private static final long COUNT_UNIT = 1L << 33;
    private static final long NEVER_IDLE = 1L << 32;

    private final StampedLock lock = new StampedLock();
    private final StreamIndex index;
    private final AttachmentTable table;
    private final ReaderSlots slots;
    private final AtomicLong retries = new AtomicLong();
    private final AtomicLong fallbacks = new AtomicLong();
    private final AtomicLong readerWaits = new AtomicLong();

    StampedGuard(GuardContext context) {
        index = context.index();
        table = new AttachmentTable(index.capacity());
        slots = new ReaderSlots(context.maxReaders());
    }

    @Override
    public Reader registerReader() {
        return new OptimisticReader(slots.claim());
    }

    @Override
    public void commit(int streamId, long attachment) {
        int position = AttachmentTable.indexOfPresent(index, streamId);
        long stamp = lock.writeLock();
        try {
            table.storeOpaque(position, attachment);
        } finally {
            lock.unlockWrite(stamp);
        }
        // The unlock is only a release: without this the look at the slots could come before it.
        VarHandle.fullFence();
        for (int slot = 0; slot < slots.count(); slot++) {
            awaitReportOn(streamId, slot);
        }
    }

    private void awaitReportOn(int streamId, int slot) {
        long announced = slots.loadVolatile(slot);
        if (announced == ReaderSlots.IDLE || (int) announced != streamId) {
            return;
        }
        readerWaits.incrementAndGet();
        for (int round = 0; slots.loadVolatile(slot) == announced; round++) {
            Backoff.pause(round);
        }
    }

    static long nextCount(long count) {
        return count + COUNT_UNIT;
    }

    /** Bit 32 is always set, so an announcement is never IDLE, neither for stream 0 nor when the count wraps. */
    static long announcement(long count, int streamId) {
        return count | NEVER_IDLE | (streamId & 0xffff_ffffL);
    }

    @Override
    public GuardStatistics statistics() {
        return new GuardStatistics(
            retries.get(), fallbacks.get(), readerWaits.get(), 0, 0, table.lengthBytes() + slots.lengthBytes());
    }

    @Override
    public void close() {
        table.free();
    }

    private long snapshot(int streamId) {
        int position = index.indexOf(streamId);
        return position == StreamIndex.ABSENT ? Attachment.UNKNOWN_STREAM : table.snapshotOpaque(position);
    }

    private long load(int streamId) {
        int position = index.indexOf(streamId);
        return position == StreamIndex.ABSENT ? Attachment.UNKNOWN_STREAM : table.loadOpaque(position);
    }

    private final class OptimisticReader implements Reader {
        private final int slot;

        OptimisticReader(int slot) {
            this.slot = slot;
        }

        @Override
        public long translate(int streamId) {
            for (int i = 0; i < MAX_OPTIMISTIC_READS; i++) {
                long stamp = lock.tryOptimisticRead();
                long attachment = snapshot(streamId);
                if (lock.validate(stamp)) {
                    return attachment;
                }
                retries.incrementAndGet();
            }
            long stamp = lock.readLock();
            try {
                return snapshot(streamId);
            } finally {
                lock.unlockRead(stamp);
            }
        }

        @Override
        public int report(int streamId, ReportSink sink) {
            for (int i = 0; i < MAX_OPTIMISTIC_READS; i++) {
                long stamp = lock.tryOptimisticRead();
                long attachment = load(streamId);
                if (!Attachment.isAttached(attachment)) {
                    if (lock.validate(stamp)) {
                        return Section.deliver(attachment, sink);
                    }
                } else {
                    announce(streamId);
                    try {
                        if (lock.validate(stamp)) {
                            return Section.deliver(attachment, sink);
                        }
                    } finally {
                        slots.clearRelease(slot);
                    }
                }
                retries.incrementAndGet();
            }
            return reportLocked(streamId, sink);
        }

        private void announce(int streamId) {
            long count = nextCount(slots.ownWordPlain(slot));
            slots.ownWordPlain(slot, count);
            slots.announceFenced(slot, announcement(count, streamId));
        }

        private int reportLocked(int streamId, ReportSink sink) {
            fallbacks.incrementAndGet();
            long stamp = lock.readLock();
            try {
                return Section.deliver(load(streamId), sink);
            } finally {
                lock.unlockRead(stamp);
            }
        }

        @Override
        public void close() {
            slots.release(slot);
        }
    }
}
