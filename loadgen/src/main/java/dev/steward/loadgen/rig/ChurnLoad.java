package dev.steward.loadgen.rig;

import dev.steward.loadgen.outlier.Slowest;
import dev.steward.loadgen.workload.ChurnKind;
import dev.steward.loadgen.workload.ChurnSource;

/**
 * One attach thread: carries out its operations on their schedule.
 *
 * <p>The latency of an operation is that of the whole guest action (move the vDEVICE, make the nested domain, attach,
 * destroy the old domain), as the guest waits for all of it.
 */
final class ChurnLoad implements Runnable {
    private final Clock clock;
    private final OpenLoop loop;
    private final ChurnSource source;
    private final SmmuBed bed;
    private final int attachThread;
    private final ChurnRecord record;
    private final long[] done = new long[ChurnKind.values().length];

    ChurnLoad(
        Clock clock,
        Window window,
        ChurnSource source,
        SmmuBed bed,
        int attachThread,
        Recorders recorders) {
        this.clock = clock;
        loop = new OpenLoop(clock, window);
        this.source = source;
        this.bed = bed;
        this.attachThread = attachThread;
        record = new ChurnRecord(recorders);
    }

    @Override
    public void run() {
        bed.churnProbe().enter(record);
        loop.begin();
        while (loop.next(nextDueNs())) {
            if (loop.awaitStart()) {
                record.begin(loop.intendedNs(), loop.measured());
                carryOut();
                record.end(loop.startNs(), clock.nowNs());
                loop.carriedOut();
            }
        }
        loop.end();
    }

    private long nextDueNs() {
        source.next();
        return source.intendedNs();
    }

    private void carryOut() {
        int stream = source.stream();
        GuestDevice device = bed.device(stream);
        switch (source.kind()) {
            case REPLACE -> device.replaceByAnother(source.draw());
            case DETACH_ATTACH -> device.detachAndAttach(source.draw());
            case SAME_VIOMMU -> device.replaceBySame();
            case BLOCK -> {
                device.block();
                device.replaceBySame();
            }
            case VDEVICE -> device.renewVdevice();
            case UNPLUG -> device.unplugAndPlug();
            case VIOMMU -> device.visit(bed.spare(attachThread));
            case REBOOT -> bed.guestOf(stream).reboot();
            case MIGRATE -> bed.guestOf(stream).migrate();
            default -> throw new IllegalStateException("unknown kind " + source.kind());
        }
        done[source.kind().ordinal()]++;
    }

    long done(ChurnKind kind) {
        return done[kind.ordinal()];
    }

    Slowest slowest() {
        return record.slowest;
    }

    LoadProgress progress() {
        return loop.progress();
    }

    OracleCount late() {
        return record.late;
    }
}
