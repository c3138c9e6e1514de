package dev.steward.loadgen.oracle;

import dev.steward.engine.event.EventRecord;
import dev.steward.engine.stream.StreamTable;
import dev.steward.loadgen.record.CellReport;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.record.Count;

/**
 * Compares where each event went with the stream table entry that caused it: right, or in which window of
 * docs/domain.md, 5.4 it went elsewhere.
 *
 * <p>The cause is word 0 of the entry as the SMMU saw it, see {@code SteObserver}. When an event did not go where its
 * cause says, the entry is read again: if it is still the cause, the vmaster was the one that lagged behind.
 *
 * <p>Threading: the handler thread; read after it has ended. Does not allocate.
 */
public final class DeliveryLedger {
    /** What became of an event that did not go where its cause says. */
    public enum Fate {
        /** Another vIOMMU, or another virtual id, of the same guest. */
        SAME_GUEST,
        /** The vIOMMU of another guest. */
        CROSS_GUEST,
        /** Nobody: a driver prints it. */
        LOST
    }

    private static final int FATES = Fate.values().length;

    private final Clock clock;
    private final StreamTable table;
    private final Topology topology;
    private final DeviceStates states;
    private final boolean vdevicePointer;
    private final int[] faultQueueIds;
    private final long[] counts = new long[DeliveryWindow.values().length * FATES];
    private final long[] oldestNs = new long[DeliveryWindow.values().length];
    private long right;
    private long unprovoked;

    /**
     * Makes a ledger.
     *
     * @param vdevicePointer whether the guard reports by a pointer that comes and goes with the vDEVICE.
     * @param faultQueueIds  of the fault queues, by guest; empty if stalled faults are aborted by design.
     */
    public DeliveryLedger(
        Clock clock, StreamTable table, Topology topology, DeviceStates states, boolean vdevicePointer,
        int... faultQueueIds) {
        this.clock = clock;
        this.table = table;
        this.topology = topology;
        this.states = states;
        this.vdevicePointer = vdevicePointer;
        this.faultQueueIds = faultQueueIds;
    }

    /**
     * Whether an id is that of the vDEVICE which the device has now. To be asked inside the guarded section: while a
     * guard holds its lock over a report, the attach it holds up cannot end, nor the next move of the vDEVICE begin.
     */
    boolean ofVdevice(int device, int virtualStreamId) {
        return states.virtualStreamId(device) == virtualStreamId;
    }

    /**
     * An event that reached the vEVENTQ of a vIOMMU, by its number, whether it fitted or not.
     *
     * <p>If the entry is still the cause and says another vIOMMU, the report was by an attachment that lags behind it
     * (W1): the vDEVICE moved before the entry did. Only if the report was by the vDEVICE of that moment had that run
     * ahead of the attach (OPS).
     *
     * @return the window it fell into; null if it went where its cause says
     */
    DeliveryWindow reported(EventRecord event, int viommu, boolean ofVdevice) {
        long cause = event.cause;
        if (cause == SteTag.INVALID) {
            return count(DeliveryWindow.W6, Fate.SAME_GUEST, event);
        } else if (!SteTag.nested(cause)) {
            unprovoked++;
        } else if (SteTag.viommu(cause) != viommu) {
            DeliveryWindow window = !stillTheCause(event) ? DeliveryWindow.W2
                : ofVdevice ? DeliveryWindow.OPS : DeliveryWindow.W1;
            boolean same = topology.sameGuest(SteTag.viommu(cause), viommu);
            return count(window, same ? Fate.SAME_GUEST : Fate.CROSS_GUEST, event);
        } else if (!ofVdevice) {
            return count(DeliveryWindow.W5, Fate.SAME_GUEST, event);
        } else {
            right++;
        }
        return null;
    }

    /** An event for which no attachment was found: its window, or null. */
    DeliveryWindow unattached(EventRecord event, int device) {
        long cause = event.cause;
        if (cause == SteTag.INVALID) {
            return count(DeliveryWindow.W6, Fate.LOST, event);
        } else if (!SteTag.nested(cause)) {
            unprovoked++;
            return null;
        }
        boolean early = !states.detached(device) && stillTheCause(event);
        return count(early ? DeliveryWindow.W4 : DeliveryWindow.W3, Fate.LOST, event);
    }

    /** Whether every nested domain has a fault queue. */
    boolean stallsQueued() {
        return faultQueueIds.length > 0;
    }

    /** Of the attach handle of a device, see {@link DeviceStates}; 0 for device -1, which is none. */
    int handleChanges(int device) {
        return device < 0 ? 0 : states.handleChangesOf(device);
    }

    /** A stalled fault that met no attach handle: lost to the guest, as an event without an attachment is. */
    DeliveryWindow stallAborted(EventRecord event, int device) {
        return stallsQueued() ? unattached(event, device) : null;
    }

    /**
     * A stalled fault that is in a fault queue. A guest has one for all its vIOMMUs, so that only one that reached
     * another guest is elsewhere: by the old handle (W1), or by the new one (W2).
     */
    DeliveryWindow stallQueued(EventRecord event, int faultQueueId) {
        long cause = event.cause;
        int viommu = SteTag.viommu(cause);
        boolean tells = SteTag.nested(cause) && viommu < topology.viommus();
        return tells && faultQueueIds[topology.guestOf(viommu)] != faultQueueId
            ? count(stillTheCause(event) ? DeliveryWindow.W1 : DeliveryWindow.W2, Fate.CROSS_GUEST, event) : null;
    }

    /**
     * An event whose stream was attached and whose device had no vDEVICE: under a design that looks it up anew, or one
     * whose pointer had been cleared while the domain is installed.
     */
    DeliveryWindow withoutVdevice(EventRecord event) {
        return lost(vdevicePointer ? DeliveryWindow.OPS : DeliveryWindow.W5, event);
    }

    /** An event whose StreamID nobody owned. */
    DeliveryWindow unknownStream(EventRecord event) {
        return lost(DeliveryWindow.W7, event);
    }

    private DeliveryWindow lost(DeliveryWindow window, EventRecord event) {
        if (SteTag.nested(event.cause)) {
            return count(window, Fate.LOST, event);
        }
        unprovoked++;
        return null;
    }

    private boolean stillTheCause(EventRecord event) {
        return table.readWordAcquire(event.streamId(), 0) == event.cause;
    }

    private DeliveryWindow count(DeliveryWindow window, Fate fate, EventRecord event) {
        counts[window.ordinal() * FATES + fate.ordinal()]++;
        oldestNs[window.ordinal()] = Math.max(oldestNs[window.ordinal()], clock.nowNs() - event.startNs);
        return window;
    }

    void addTo(CellReport report) {
        report.add(Count.DELIVERED_RIGHT, right);
        report.add(Count.DELIVERED_UNPROVOKED, unprovoked);
        for (DeliveryWindow window : DeliveryWindow.values()) {
            report.add(window.count(
                of(window, Fate.SAME_GUEST), of(window, Fate.CROSS_GUEST), of(window, Fate.LOST),
                oldestNs[window.ordinal()]));
        }
    }

    /** Events that went where their cause says. */
    public long right() {
        return right;
    }

    /** Events that no nested entry caused: a blocked device is silent in hardware, here its load goes on. */
    long unprovoked() {
        return unprovoked;
    }

    public long of(DeliveryWindow window, Fate fate) {
        return counts[window.ordinal() * FATES + fate.ordinal()];
    }

    /** Longest time between an event of the window and its handling. */
    public long oldestNs(DeliveryWindow window) {
        return oldestNs[window.ordinal()];
    }
}
