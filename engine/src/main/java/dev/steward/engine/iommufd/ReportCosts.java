package dev.steward.engine.iommufd;

/**
 * What the steps of a report take that the model has no work for (docs/design.md, "Where the model differs"), and which
 * allocation fails. The implementer models the time; the engine holds no clock.
 *
 * <p>Called by any thread that reports or answers, with the locks held that are named. Must not report or answer.
 */
public interface ReportCosts {
    /** Nothing takes any time. */
    ReportCosts NONE = new ReportCosts() {
    };

    /** The poller of a vEVENTQ is woken (try_to_wake_up): for each element, under the spinlock of the queue. */
    default void wakeUp() {
    }

    /**
     * The node of an event is allocated (GFP_ATOMIC): under the spinlock of the queue or before it, by
     * {@link KernelVersion#allocatesUnderVeventqLock()}.
     *
     * @return false if there is no memory: the event is lost, and the report answers -ENOMEM.
     */
    default boolean allocation() {
        return true;
    }

    /**
     * The group of a stalled fault is allocated (GFP_KERNEL): by the reporter, under the guard alone.
     *
     * @return false if there is no memory: the fault is answered as if no queue took it.
     */
    default boolean faultAllocation() {
        return true;
    }

    /**
     * An object of iommufd or an attach handle is allocated (GFP_KERNEL_ACCOUNT).
     *
     * @return false if there is no memory: the call answers -ENOMEM and has changed nothing.
     */
    default boolean objectAllocation() {
        return true;
    }

    /** RESUME waits for space in the command queue: under the fault_param mutex of the device. */
    default void pageResponse() {
    }
}
