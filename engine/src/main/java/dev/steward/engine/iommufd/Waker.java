package dev.steward.engine.iommufd;

/**
 * Wake-up of the poller of a vEVENTQ.
 *
 * <p>Called for each element that is appended, a lost-events marker included, by the reporting thread under the
 * spinlock of the queue, as in the kernel; and without it by a reader that put back what made the list readable again
 * (own). It must be quick and must not allocate, and must call neither the queue nor its vIOMMU.
 */
@FunctionalInterface
public interface Waker {
    /** For a queue whose reader looks by itself. */
    Waker NONE = queue -> {
    };

    /**
     * The queue has something to read.
     *
     * @param queue the queue.
     */
    void wake(VEventQueue queue);
}
