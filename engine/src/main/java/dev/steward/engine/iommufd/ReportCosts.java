package dev.steward.engine.iommufd;

/**
 * What the steps of a report take that the model has no work for (docs/design.md, "Where the model differs"), and which
 * allocation fails, also on other paths. The implementer models the time; the engine holds no clock.
 *
 * <p>Called by any thread, with the locks held that are named. Must not report, answer or attach.
 */
public interface ReportCosts {
    /** Nothing takes any time. */
    ReportCosts NONE = new ReportCosts() {
    };

    /** The poller of a vEVENTQ is woken (try_to_wake_up): for each element, under the spinlock of the queue. */
    default void wakeUp() {
    }

    /**
     * Memory is asked for.
     *
     * @return false if there is none.
     */
    default boolean allocation(Allocation of) {
        return true;
    }

    /** RESUME waits for space in the command queue: under the fault_param mutex of the device. */
    default void pageResponse() {
    }
}
