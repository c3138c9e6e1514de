package dev.steward.design;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.strategy.ReaderIds;
import dev.steward.strategy.SectionLock;

/**
 * What all designs with masters share: a commit that makes a stream known is the driver's probe, one that makes it
 * unknown its release, everything between is an attach.
 *
 * <p>An abstract class and not an interface, so that with one of them loaded a call is not a virtual one.
 */
abstract class DesignGuard implements AttachmentGuard {
    static final String NOT_MODELLED = "whether the owner of a lock was preempted; MMIO and interrupts";

    final GuardContext context;
    final Masters masters;
    final ReaderIds readers;

    private volatile long lockBytes;

    DesignGuard(GuardContext context) {
        this.context = context;
        masters = new Masters(context.index());
        readers = new ReaderIds(context.maxReaders());
    }

    @Override
    public final void commit(int streamId, long attachment) {
        Master master = masters.findPresent(streamId);
        if (attachment == Attachment.UNKNOWN_STREAM) {
            if (master != null) {
                masters.remove(master);
                forget(master);
            }
            return;
        }
        boolean fresh = master == null;
        if (fresh) {
            master = probe(streamId);
        }
        if (!fresh || attachment != Attachment.NOT_ATTACHED) {
            attach(master, attachment);
        }
    }

    final Master probe(int streamId) {
        // The device is asked for before any lock of the guard is taken: the answer takes a lock of the SMMU.
        SectionLock lock = newMasterLock();
        Master master = new Master(streamId, context.vdevices().deviceOf(streamId), lock);
        if (lock != null) {
            lockBytes = lock.statistics().footprintBytes();
        }
        learn(master);
        masters.add(master);
        return master;
    }

    /** A lock for one master, or null if the design has none. */
    SectionLock newMasterLock() {
        return null;
    }

    /** Inserts a master into what events look it up in, if that is not the table of positions. */
    void learn(Master master) {
        // found by its position
    }

    /** Takes a master, and what it is attached to, out of the reach of events. */
    void forget(Master master) {
        attach(master, Attachment.NOT_ATTACHED);
    }

    /** Changes what a known stream is attached to: an attachment or {@link Attachment#NOT_ATTACHED}. */
    abstract void attach(Master master, long attachment);

    /** What the guard occupies if every known master has its vmaster, as the parts shared by all masters leave it. */
    final GuardStatistics statistics(long sharedBytes) {
        long perMaster = Master.BYTES + VMaster.BYTES + lockBytes;
        return GuardStatistics.ofFootprint(masters.lengthBytes() + masters.count() * perMaster + sharedBytes);
    }

    static int deliver(VMaster vmaster, ReportSink sink) {
        if (vmaster == null) {
            return ReportSink.NOT_ATTACHED;
        }
        long attachment = vmaster.attachment();
        return sink.report(Attachment.viommuId(attachment), Attachment.virtualStreamId(attachment));
    }

    @Override
    public void close() {
        // the collector has it all
    }
}
