package dev.steward.engine.smmu;

/** The end of an event's way through a guard: queues the event under way for one vIOMMU. */
@FunctionalInterface
public interface ReportSink {
    /** Result of a report on a stream that is known but not attached. Negative, so that no sink result can equal it. */
    int NOT_ATTACHED = Integer.MIN_VALUE;

    /** Result of a report on a StreamID that no master owns. */
    int UNKNOWN_STREAM = Integer.MIN_VALUE + 1;

    /** Result of a report on an attached stream whose device has no vDEVICE at the moment of the event. */
    int NO_VDEVICE = Integer.MIN_VALUE + 2;

    /**
     * The guard has protected what it is about to read: it has its lock, stands in its read section, or begins an
     * optimistic read; the look-up of the record comes next. With several locks it is the outer one. Called before
     * {@link #report} at least once; a reader that starts over calls it again, and the last call counts.
     */
    default void entered() {
        // for those who measure how long the way in takes
    }

    /**
     * Queues the event. Runs inside the guarded section: the vIOMMU cannot be destroyed meanwhile.
     *
     * @param viommuId        iommufd object id.
     * @param virtualStreamId StreamID the guest sees, 32 raw bits.
     * @return 0 or more for a result of the sink, a negative {@code errno} on failure.
     */
    int report(int viommuId, int virtualStreamId);
}
