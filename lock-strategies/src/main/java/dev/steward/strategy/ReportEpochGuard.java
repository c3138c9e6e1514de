package dev.steward.strategy;

import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.engine.stream.Backoff;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The handler says that it is in a report, and in which one; an attach waits only if a report is under way at all, and
 * only for that one (docs/domain.md, 7.5 k; a sequence count turned round: here the reader counts).
 *
 * <p>Coarser than {@link HazardSlotGuard}, since a report on any stream is waited for, but the reader does not look at
 * the version a second time. translate copies the record out and validates the version.
 *
 * <p>Memory modes: flag release, {@link AsymmetricFence#light}, acquire load of the version; commit: release store of
 * the version, {@link AsymmetricFence#heavy}, volatile loads of the flags. The flag falls by a release store.
 */
@Description(
    name = "report-epoch",
    family = Family.SINGLE_READER,
    title = "\"in report\" flag with a count; attach waits if it is up",
    source = "docs/domain.md, 7.5 k; Fraser 2004, ch. 5, for the epochs",
    kernelPrimitive = "synchronize_irq() on the handler, without the interrupt",
    context = "readers anywhere and may sleep; attach waits for the report under way",
    usage = Usage.WAITS_FOR_REPORT,
    simplicity = Simplicity.OWN_GRACE_PERIOD,
    readerWrites = "translate: nothing; report: its own flag, twice (no fence with membarrier)",
    writerWrites = "the other record, the version word; membarrier(2)",
    notModelled = "the kernel knows from the interrupt descriptor whether the handler runs",
    floor = "unguarded-pointer")
final class ReportEpochGuard extends PositionedGuard {
    private final TwinRecords twins;
    private final ReaderSlots flags;
    private final AtomicLong retries = new AtomicLong();

    ReportEpochGuard(GuardContext context) {
        super(context);
        twins = own(new TwinRecords(index.capacity()));
        flags = own(new ReaderSlots(context.maxReaders()));
        contention.showRetries();
    }

    @Override
    public Reader registerReader() {
        return new EpochReader(flags.claim());
    }

    @Override
    void commitAt(int position, long attachment) {
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
    long retries() {
        return retries.get();
    }

    private final class EpochReader extends PositionedReader {
        /** One load nearer than those of the guard, for each event. */
        private final TwinRecords ownTwins = twins;
        private final ReaderSlots ownFlags = flags;

        EpochReader(int slot) {
            super(index, slot, flags::release);
        }

        @Override
        long translateAt(int position) {
            for (int repeat = 1; ; repeat++) {
                long attachment = ownTwins.snapshotValidated(position);
                if (attachment != TwinRecords.CHANGED) {
                    return attachment;
                }
                retries.incrementAndGet();
                contention.repeat(repeat);
            }
        }

        @Override
        int reportAt(int position, ReportSink sink) {
            long report = ownFlags.ownWordPlain(slot) + 1;
            ownFlags.ownWordPlain(slot, report);
            ownFlags.announceRelease(slot, report);
            AsymmetricFence.light();
            try {
                sink.entered();
                return Delivery.deliver(ownTwins.loadOpaque(position, ownTwins.versionAcquire(position)), sink);
            } finally {
                ownFlags.clearRelease(slot);
            }
        }
    }
}
