package dev.steward.engine.smmu;

import dev.steward.engine.event.EventRecord;

/**
 * Watches an event on its way through the handler. The implementer owns the clock and the oracles; the engine has
 * neither.
 *
 * <p>Called by the handler thread, in the order of the methods. Must not throw and must not allocate on a measured run.
 */
public interface EventProbe {
    /** A probe that does nothing. */
    EventProbe NONE = new EventProbe() {
    };

    /** The handler has slept until an interrupt, and runs again; no event has been taken yet. */
    default void woke() {
    }

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
     * The guard has let the event in and is about to look its stream up, see {@link ReportSink#entered()}; the last
     * call for an event counts.
     *
     * @param event the handler's copy.
     */
    default void entered(EventRecord event) {
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
     * The master of a stalled fault has been found; the attach handle is asked next. Takes the place of
     * {@link #inside}: the guard has found no vIOMMU, since it was not asked for one.
     *
     * @param event the handler's copy, which {@linkplain EventRecord#stalls() stalls}.
     */
    default void insideStall(EventRecord event) {
    }

    /**
     * The attach handle of a stalled fault has put it into a fault queue.
     *
     * @param event        the handler's copy.
     * @param faultQueueId object id of the queue.
     */
    default void stallQueued(EventRecord event, int faultQueueId) {
    }

    /**
     * The report wakes the poller of the vEVENTQ, under the spinlock of the queue.
     *
     * @param event the handler's copy.
     */
    default void waking(EventRecord event) {
    }

    /**
     * The wake-up is done; the spinlock is still held.
     *
     * @param event the handler's copy.
     */
    default void woken(EventRecord event) {
    }

    /**
     * Inside the guarded section, after the report, whether a queue took the event or not.
     *
     * @param event the handler's copy.
     */
    default void reported(EventRecord event) {
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
