package dev.steward.loadgen.load;

import dev.steward.loadgen.guest.Guest;
import dev.steward.loadgen.guest.GuestDevice;
import dev.steward.loadgen.guest.GuestViommu;
import dev.steward.loadgen.record.CellReport;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.record.LoadProgress;
import dev.steward.loadgen.record.OracleCount;
import dev.steward.loadgen.record.Recorders;
import dev.steward.loadgen.workload.ChurnKind;
import dev.steward.loadgen.workload.ChurnSource;
import java.util.function.IntFunction;

/**
 * One attach thread: carries out its operations on their schedule.
 *
 * <p>The latency of an operation is that of the whole guest action (move the vDEVICE, make the nested domain, attach,
 * destroy the old domain), as the guest waits for all of it.
 */
public final class ChurnLoad implements Runnable {
    private final Clock clock;
    private final OpenLoop loop;
    private final ChurnSource source;
    private final ChurnProbe probe;
    private final IntFunction<GuestDevice> deviceOf;
    private final IntFunction<Guest> guestOf;
    private final GuestViommu spare;
    private final ChurnRecord record;
    private final long[] done = new long[ChurnKind.values().length];

    /** Makes an attach thread; the spare vIOMMU is one that this thread alone makes and destroys. */
    ChurnLoad(
        Clock clock, OpenLoop loop, Recorders recorders, ChurnSource source, ChurnProbe probe,
        IntFunction<GuestDevice> deviceOf, IntFunction<Guest> guestOf, GuestViommu spare) {
        this.clock = clock;
        this.loop = loop;
        this.source = source;
        this.probe = probe;
        this.deviceOf = deviceOf;
        this.guestOf = guestOf;
        this.spare = spare;
        record = new ChurnRecord(recorders);
    }

    @Override
    public void run() {
        probe.enter(record);
        loop.begin();
        while (loop.next(nextDueNs())) {
            if (loop.awaitStart()) {
                operate();
            }
        }
        loop.end();
    }

    /** Compiled by itself, see {@link dev.steward.loadgen.cell.CompiledApart}. */
    private void operate() {
        record.begin(loop.intendedNs(), loop.measured());
        carryOut();
        record.end(loop.startNs(), clock.nowNs());
        loop.carriedOut();
    }

    private long nextDueNs() {
        source.next();
        return source.intendedNs();
    }

    private void carryOut() {
        int stream = source.stream();
        GuestDevice device = deviceOf.apply(stream);
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
            case VIOMMU -> device.visit(spare);
            case REBOOT -> guestOf.apply(stream).reboot();
            case MOVE -> device.move(source.draw());
            case MIGRATE -> guestOf.apply(stream).migrate();
            default -> throw new IllegalStateException("unknown kind " + source.kind());
        }
        done[source.kind().ordinal()]++;
    }

    public long done(ChurnKind kind) {
        return done[kind.ordinal()];
    }

    public LoadProgress progress() {
        return loop.progress();
    }

    public void addTo(CellReport report) {
        for (ChurnKind kind : ChurnKind.values()) {
            report.add(kind, done(kind));
        }
        report.add(record.late);
        report.slowAttaches(record.slowest);
    }

    OracleCount late() {
        return record.late;
    }
}
