package dev.steward.strategy;

import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.engine.stream.Backoff;

/**
 * A hazard pointer per event handler: before it uses a record it says which, and the attach that replaced that record
 * waits for it (Michael 2004, "Hazard Pointers: Safe Memory Reclamation for Lock-Free Objects"; docs/domain.md, 7.5 j:
 * one handler per SMMU, so one slot is enough).
 *
 * <p>translate copies the record out and validates the version afterwards: the memory is never anything but a record,
 * so a copy needs no announcement. report announces stream and version, then looks at the version again: either the
 * commit sees the slot, or the reader sees the new version and repeats.
 *
 * <p>Memory modes: slot release, {@link AsymmetricFence#light}, acquire load of the version; commit: release store of
 * the version, {@link AsymmetricFence#heavy}, volatile loads of the slots. A slot is left by a release store.
 */
@Description(
    name = "hazard-slot",
    family = Family.SINGLE_READER,
    title = "hazard pointer: one slot per handler, attach waits for it",
    source = "Michael 2004; docs/domain.md, 7.5 j",
    kernelPrimitive = "none merged (hazard pointers are proposed); smp_mb() against sys_membarrier()",
    context = "readers anywhere and may sleep; attach waits for a report on its stream",
    usage = Usage.WAITS_FOR_REPORT,
    simplicity = Simplicity.OWN_GRACE_PERIOD,
    readerWrites = "translate: nothing; report: its own slot, twice (no fence with membarrier)",
    writerWrites = "the other record, the version word; membarrier(2)",
    notModelled = "a kernel would spare the barrier call, since one handler can be made to fence by an interrupt",
    floor = "unguarded-pointer")
final class HazardSlotGuard extends PositionedGuard {
    private final TwinRecords twins;
    private final ReaderSlots slots;

    HazardSlotGuard(GuardContext context) {
        super(context);
        twins = own(new TwinRecords(index.capacity()));
        slots = own(new ReaderSlots(context.maxReaders()));
        contention.showRetries();
    }

    @Override
    public Reader registerReader() {
        return new HazardReader(slots.claim());
    }

    @Override
    void commitAt(int position, long attachment) {
        int version = twins.prepare(position, attachment);
        twins.publishRelease(position, version);
        AsymmetricFence.heavy();
        long replaced = hazard(position, version - 1);
        for (int slot = 0; slot < slots.count(); slot++) {
            if (slots.loadVolatile(slot) == replaced) {
                readerWaits.incrementAndGet();
                for (int round = 0; slots.loadVolatile(slot) == replaced; round++) {
                    Backoff.pause(round);
                }
            }
        }
    }

    /** Never IDLE: position plus one in the upper half. */
    static long hazard(int position, int version) {
        return (position + 1L) << 32 | version & 0xffff_ffffL;
    }

    @Override
    long retries() {
        return slots.sumOfOwnWords();
    }

    private final class HazardReader extends PositionedReader {
        /** One load nearer than those of the guard, for each event. */
        private final TwinRecords ownTwins = twins;
        private final ReaderSlots ownSlots = slots;

        HazardReader(int slot) {
            super(index, slot, slots::release);
        }

        @Override
        long translateAt(int position) {
            for (int repeat = 1; ; repeat++) {
                long attachment = ownTwins.snapshotValidated(position);
                if (attachment != TwinRecords.CHANGED) {
                    return attachment;
                }
                retried(repeat);
            }
        }

        @Override
        int reportAt(int position, ReportSink sink) {
            try {
                for (int repeat = 1; ; repeat++) {
                    int version = ownTwins.versionAcquire(position);
                    ownSlots.announceRelease(slot, hazard(position, version));
                    AsymmetricFence.light();
                    if (ownTwins.versionAcquire(position) == version) {
                        sink.entered();
                        return Delivery.deliver(ownTwins.loadOpaque(position, version), sink);
                    }
                    retried(repeat);
                }
            } finally {
                ownSlots.clearRelease(slot);
            }
        }

        private void retried(int repeat) {
            ownSlots.countOwnPlain(slot);
            contention.repeat(repeat);
        }
    }
}
