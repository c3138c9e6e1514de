package dev.steward.engine.smmu;

import dev.steward.engine.event.EventRecord;

/**
 * Watches an event on its way through the handler. Whoever implements this owns the clock and the oracles; the engine
 * has neither.
 *
 * <p>Called by the handler thread, in the order of the methods. Must not throw and must not allocate on a measured run.
 */
public interface EventProbe {
    /** A probe that does nothing. */
    EventProbe NONE = new EventProbe() {
    };

    /**
     * The record has been taken from the queue.
     *
     * @param event the handler's copy.
     */
    default void taken(EventRecord event) {
    }

    /**
     * The handler is about to ask the guard.
     *
     * @param event the handler's copy.
     */
    default void asking(EventRecord event) {
    }

    /**
     * Inside the guarded section, before the report to the vEVENTQ.
     *
     * @param event           the handler's copy.
     * @param viommuId        vIOMMU the guard found.
     * @param virtualStreamId StreamID the guest sees, 32 raw bits.
     */
    default void inside(EventRecord event, int viommuId, int virtualStreamId) {
    }

    /**
     * Inside the guarded section, after the report to the vEVENTQ.
     *
     * @param event    the handler's copy.
     * @param viommuId vIOMMU that was reported to.
     */
    default void reported(EventRecord event, int viommuId) {
    }

    /**
     * Inside the guarded section with a stalled fault, before its report to the fault queue, which is that of the
     * attach handle whatever vIOMMU the guard found. Takes the place of {@link #inside}.
     *
     * @param event           the handler's copy.
     * @param viommuId        vIOMMU the guard found.
     * @param virtualStreamId StreamID the guest would see, 32 raw bits.
     */
    default void stalledInside(EventRecord event, int viommuId, int virtualStreamId) {
    }

    /**
     * Inside the guarded section with a stalled fault, after its report, whether a fault queue took it or not. Takes
     * the place of {@link #reported}.
     *
     * @param event the handler's copy.
     */
    default void stalledReported(EventRecord event) {
    }

    /**
     * The guard has been left and found no attachment for a stalled fault, which will be aborted therefore.
     *
     * @param event the handler's copy.
     */
    default void stalledUnattached(EventRecord event) {
    }

    /**
     * The guard has been left, or was never asked.
     *
     * @param event   the handler's copy.
     * @param outcome what became of it.
     */
    default void done(EventRecord event, EventOutcome outcome) {
    }
}
