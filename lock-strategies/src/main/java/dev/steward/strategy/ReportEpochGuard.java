package dev.steward.strategy;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.engine.stream.StreamIndex;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The handler says that it is in a report, and in which one; an attach waits only if a report is under way at all, and
 * only for that one (domain reference 7.5 k; a sequence count turned round: here the reader counts).
 *
 * <p>Coarser than {@link HazardSlotGuard}, since a report on any stream is waited for, but the reader does not look at
 * the version a second time. translate copies the record out and validates the version.
 *
 * <p>Memory modes: flag release, {@link AsymmetricFence#light}, acquire load of the version; commit: release store of
 * the version, {@link AsymmetricFence#heavy}, volatile loads of the flags. The flag falls by a release store.
 */
final class ReportEpochGuard implements AttachmentGuard {
    static final StrategyInfo INFO = StrategyInfo.named("report-epoch")
        .family(StrategyInfo.Family.SINGLE_READER)
        .title("\"in report\" flag with a count; attach waits if it is up")
        .source("domain reference 7.5 k; Fraser 2004, ch. 5, for the epochs")
        .kernelPrimitive("synchronize_irq() on the handler, without the interrupt")
        .context("readers anywhere and may sleep; attach waits for the report under way")
        .usage(Usage.WAITS_FOR_READERS)
        .readerWrites("translate: nothing; report: its own flag, twice (no fence with membarrier)")
        .writerWrites("the other record, the version word; membarrier(2)")
        .notModelled("the kernel knows from the interrupt descriptor whether the handler runs")
        .behindPointer()
        .build();

    private final StreamIndex index;
    private final TwinRecords twins;
    private final ReaderSlots flags;
    private final AtomicLong readerWaits = new AtomicLong();
    private final AtomicLong retries = new AtomicLong();

    ReportEpochGuard(GuardContext context) {
        index = context.index();
        twins = new TwinRecords(index.capacity());
        flags = new ReaderSlots(context.maxReaders());
    }

    @Override
    public Reader registerReader() {
        return new EpochReader(flags.claim());
    }

    @Override
    public void commit(int streamId, long attachment) {
        int position = AttachmentTable.indexOfPresent(index, streamId);
        int version = twins.prepare(position, attachment);
        twins.publishRelease(position, version);
        AsymmetricFence.heavy();
        for (int slot = 0; slot < flags.count(); slot++) {
            long report = flags.loadVolatile(slot);
            if (report != ReaderSlots.IDLE) {
                readerWaits.incrementAndGet();
                for (int round = 0; flags.loadVolatile(slot) == report; round++) {
                    Backoff.pause(round);
                }
            }
        }
    }

    @Override
    public GuardStatistics statistics() {
        return new GuardStatistics(retries.get(), 0, readerWaits.get(), 0, 0,
            twins.lengthBytes() + flags.lengthBytes());
    }

    @Override
    public void close() {
        twins.free();
    }

    private final class EpochReader implements Reader {
        private final int slot;

        EpochReader(int slot) {
            this.slot = slot;
        }

        @Override
        public long translate(int streamId) {
            int position = index.indexOf(streamId);
            if (position == StreamIndex.ABSENT) {
                return Attachment.UNKNOWN_STREAM;
            }
            while (true) {
                long attachment = twins.snapshotValidated(position);
                if (attachment != TwinRecords.CHANGED) {
                    return attachment;
                }
                retries.incrementAndGet();
            }
        }

        @Override
        public int report(int streamId, ReportSink sink) {
            int position = index.indexOf(streamId);
            if (position == StreamIndex.ABSENT) {
                return ReportSink.UNKNOWN_STREAM;
            }
            long report = flags.ownWordPlain(slot) + 1;
            flags.ownWordPlain(slot, report);
            flags.announceRelease(slot, report);
            AsymmetricFence.light();
            try {
                return Section.deliver(twins.loadOpaque(position, twins.versionAcquire(position)), sink);
            } finally {
                flags.clearRelease(slot);
            }
        }

        @Override
        public void close() {
            flags.release(slot);
        }
    }
}
