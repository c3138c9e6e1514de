package dev.steward.engine.smmu;

/** What became of an event that the handler took from the event queue (docs/domain.md, 3.4). */
public enum EventOutcome {
    /** It stands in the vEVENTQ of its vIOMMU. */
    QUEUED,
    /** The vEVENTQ was full: counted in its lost-events marker. */
    LOST_IN_VEVENTQ,
    /** There was no memory to queue it: counted in the lost-events marker, and printed. */
    NO_MEMORY,
    /** The stream is known, but no nested domain is installed: printed by a driver. */
    UNATTACHED,
    /** Attached, but the look-up at the event found no vDEVICE (designs that store no virtual StreamID): printed. */
    NO_VDEVICE,
    /** No master owns the StreamID. */
    UNKNOWN_STREAM,
    /** Its id is not for a guest, or its stream is known and it is a stage-2 fault: printed by a driver. */
    NOT_FORWARDED,
    /** Stalled, and waits in the fault queue of its domain for the VMM. */
    STALL_QUEUED,
    /**
     * Stalled, its stream is known, and no attach handle leads to a fault queue: answered at once by RESUME with abort,
     * and printed.
     */
    STALL_ABORTED,
    /** Stalled, and there was no memory to queue it: answered and printed as if no queue took it. */
    STALL_NO_MEMORY,
    /** The vIOMMU has no vEVENTQ of the SMMUv3 type. */
    NO_VEVENTQ,
    /** The vIOMMU had been destroyed: impossible under a guard that keeps its promise. */
    DESTROYED_VIOMMU;

    /** Whether the driver prints it, as far as its rate limit goes: all for which its handler returns an error. */
    public boolean printed() {
        return this != QUEUED && this != LOST_IN_VEVENTQ && this != STALL_QUEUED;
    }
}
