package dev.steward.strategy;

import static dev.steward.strategy.AttachmentLayout.EVEN_REFERENCES_OFFSET;

import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.engine.stream.Backoff;
import dev.steward.engine.stream.OffHeapWords;

/**
 * A reference on the attachment for each event, taken unless its count is zero; the pointer is looked at again before
 * it is believed (Valois 1995; the kernel's refcount_inc_not_zero() with SLAB_TYPESAFE_BY_RCU).
 *
 * <p>The published record holds one reference of its own. A commit publishes the other record, drops that reference of
 * the old one and waits until its count is zero. The memory is never anything but a record, so a late reader may touch
 * the count of one that was replaced: it finds zero, or a moved version, and repeats.
 *
 * <p>Memory modes: version acquire, count by volatile compare-and-set, version acquire; dropped by a volatile add.
 */
@Description(
    name = "refcount",
    family = Family.COUNTED,
    title = "a reference on the attachment per event, unless dead",
    source = "Valois 1995; include/linux/refcount.h",
    kernelPrimitive = "refcount_inc_not_zero() / refcount_dec_and_test()",
    context = "any context; the event may sleep; attach waits for the last reference",
    usage = Usage.WAITS_FOR_REPORT,
    simplicity = Simplicity.REFERENCE_COUNT,
    readerWrites = "the reference count of its stream, twice",
    writerWrites = "the other record, the version word, the old count",
    notModelled = "memory comes from two records per stream and not from a slab with type-safe RCU",
    floor = "unguarded-pointer")
final class RefcountGuard extends PositionedGuard {
    private final TwinRecords twins;
    private final ReaderSlots retries;

    RefcountGuard(GuardContext context) {
        super(context);
        twins = own(new TwinRecords(index.capacity()));
        for (int position = 0; position < index.capacity(); position++) {
            OffHeapWords.putLongRelease(twins.recordOf(position, 0) + EVEN_REFERENCES_OFFSET, 1);
        }
        retries = own(new ReaderSlots(context.maxReaders()));
        contention.showRetries();
    }

    @Override
    public Reader registerReader() {
        return new CountingReader(retries.claim());
    }

    @Override
    void commitAt(int position, long attachment) {
        int version = twins.prepare(position, attachment);
        OffHeapWords.putLongRelease(twins.recordOf(position, version) + EVEN_REFERENCES_OFFSET, 1);
        twins.publishRelease(position, version);
        long oldCount = twins.recordOf(position, version - 1) + EVEN_REFERENCES_OFFSET;
        if (OffHeapWords.getAndAddLong(oldCount, -1) != 1) {
            readerWaits.incrementAndGet();
            for (int round = 0; OffHeapWords.getLongVolatile(oldCount) != 0; round++) {
                Backoff.pause(round);
            }
        }
    }

    @Override
    long retries() {
        return retries.sumOfOwnWords();
    }

    private final class CountingReader extends PositionedReader {
        /** One load nearer than that of the guard, for each event. */
        private final TwinRecords ownTwins = twins;

        CountingReader(int slot) {
            super(index, slot, retries::release);
        }

        @Override
        long translateAt(int position) {
            long record = take(position);
            try {
                return AttachmentRecord.snapshotOpaque(record);
            } finally {
                put(record);
            }
        }

        @Override
        int reportAt(int position, ReportSink sink) {
            long record = take(position);
            try {
                sink.entered();
                return Delivery.deliver(AttachmentRecord.loadOpaque(record), sink);
            } finally {
                put(record);
            }
        }

        private long take(int position) {
            for (int repeat = 1; ; repeat++) {
                int version = ownTwins.versionAcquire(position);
                long record = ownTwins.recordOf(position, version);
                if (incrementUnlessZero(record + EVEN_REFERENCES_OFFSET)) {
                    if (ownTwins.versionAcquire(position) == version) {
                        return record;
                    }
                    put(record);
                }
                retries.countOwnPlain(slot);
                contention.repeat(repeat);
            }
        }

        private boolean incrementUnlessZero(long count) {
            long seen = OffHeapWords.getLongVolatile(count);
            while (seen != 0) {
                if (OffHeapWords.compareAndSetLong(count, seen, seen + 1)) {
                    return true;
                }
                seen = OffHeapWords.getLongVolatile(count);
            }
            return false;
        }

        private void put(long record) {
            OffHeapWords.getAndAddLong(record + EVEN_REFERENCES_OFFSET, -1);
        }
    }
}
