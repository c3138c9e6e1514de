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
    private final Window window;
    private final Pacer pacer;
    private final ChurnSource source;
    private final SmmuBed bed;
    private final int attachThread;
    private final ChurnRecord record;
    private final LoadProgress progress;
    private final long[] done = new long[ChurnKind.values().length];

    ChurnLoad(
        Clock clock,
        Window window,
        ChurnSource source,
        SmmuBed bed,
        int attachThread,
        Recorders recorders) {
        this.clock = clock;
        this.window = window;
        this.pacer = new Pacer(clock, 0);
        this.source = source;
        this.bed = bed;
        this.attachThread = attachThread;
        record = new ChurnRecord(recorders);
        progress = new LoadProgress(window);
    }

    @Override
    public void run() {
        bed.churnProbe().enter(record);
        pacer.awaitNs(window.startNs());
        progress.running(clock.nowNs());
        long intendedNs = advance();
        while (intendedNs < window.measureToNs()) {
            long startNs = pacer.awaitNs(intendedNs);
            if (startNs > window.giveUpNs()) {
                for (; intendedNs < window.measureToNs(); intendedNs = advance()) {
                    progress.givenUp(intendedNs);
                }
                break;
            }
            record.begin(intendedNs, window.measures(intendedNs));
            carryOut();
            record.end(startNs, clock.nowNs());
            progress.carriedOut(intendedNs, startNs);
            intendedNs = advance();
        }
        pacer.awaitNs(window.measureToNs());
        progress.running(clock.nowNs());
    }

    private long advance() {
        source.next();
        return window.startNs() + source.intendedNs();
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
        return progress;
    }

    OracleCount late() {
        return record.late;
    }
}
