package dev.steward.design;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.engine.stream.Backoff;
import dev.steward.strategy.GracePeriods;
import dev.steward.strategy.Reclamation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * The read section ends before the report: inside it the event copies the vmaster and takes a reference on the
 * vIOMMU unless its count is zero, and reports with that in hand, so the section may be one that must not sleep
 * (docs/domain.md, 7.2). An attach waits for nobody; the destroy of a vIOMMU waits for the last reference.
 *
 * <p>The count is the driver's own and not {@code users} of the iommufd object: with that, an event under way would
 * make a destroy by the user answer -EBUSY by chance.
 */
final class RcuReferenceGuard extends VmasterRcuGuard {
    /** Under the writer's lock: those that some stream is attached to, by id of the vIOMMU. */
    private final Int2ObjectHashMap<Vsmmu> live = new Int2ObjectHashMap<>();
    /** Under the writer's lock: those that nothing is attached to any more and that events may still report to. */
    private final List<Vsmmu> dying = new ArrayList<>();
    private final AtomicLong retries = new AtomicLong();

    RcuReferenceGuard(DesignParts parts) {
        super(parts, Reclamation.EBR);
        context.contention().showRetries();
    }

    @Override
    void attach(Master master, long attachment) {
        writer.lock();
        try {
            VMaster old = master.exchangeRelease(Attachment.isAttached(attachment) ? prepared(attachment) : null);
            if (old != null) {
                detach(old.vsmmu());
                retire(old);
            }
        } finally {
            writer.unlock();
        }
    }

    private VMaster prepared(long attachment) {
        Vsmmu vsmmu = live.computeIfAbsent(Attachment.viommuId(attachment), Vsmmu::new);
        vsmmu.attach();
        return new VMaster(attachment, vsmmu);
    }

    private void detach(Vsmmu vsmmu) {
        if (vsmmu.detach()) {
            live.remove(vsmmu.viommuId());
            vsmmu.put();
            dying.removeIf(Vsmmu::dead);
            if (!vsmmu.dead()) {
                dying.add(vsmmu);
            }
        }
    }

    /** First nobody is left who may still take a reference, then nobody who has one. */
    @Override
    public void synchronize() {
        writer.synchronize();
        List<Vsmmu> awaited;
        writer.lock();
        try {
            awaited = List.copyOf(dying);
        } finally {
            writer.unlock();
        }
        for (Vsmmu vsmmu : awaited) {
            for (int round = 0; !vsmmu.dead(); round++) {
                Backoff.pause(round);
            }
        }
    }

    @Override
    long retries() {
        return retries.get();
    }

    @Override
    int report(int streamId, GracePeriods.Section section, ReportSink sink) {
        for (int repeat = 1; ; repeat++) {
            long attachment;
            Vsmmu vsmmu;
            section.enter();
            try {
                sink.entered();
                Master master = masters.find(streamId);
                if (master == null) {
                    return ReportSink.UNKNOWN_STREAM;
                }
                VMaster vmaster = master.vmasterAcquire();
                if (vmaster == null) {
                    return ReportSink.NOT_ATTACHED;
                }
                attachment = vmaster.attachment();
                vsmmu = vmaster.vsmmu().tryTake() ? vmaster.vsmmu() : null;
            } finally {
                section.exit();
            }
            if (vsmmu != null) {
                try {
                    return sink.report(Attachment.viommuId(attachment), Attachment.virtualStreamId(attachment));
                } finally {
                    vsmmu.put();
                }
            }
            retries.incrementAndGet();
            context.contention().repeat(repeat);
        }
    }
}
