package dev.steward.engine.iommufd;

/**
 * Wake-up of the poller of a vEVENTQ.
 *
 * <p>Called when the list of the queue went from empty to not empty, by the thread that did it: a reporting event
 * thread, or a reader that put its element back. It must be quick, must not allocate and must not call the queue's
 * vIOMMU to add or remove a queue (the list's lock is held). The kernel wakes under the queue's spinlock and on each
 * append; here it happens after the spinlock, since the waker may be descheduled, and only for the change a
 * level-triggered poll can miss.
 */
@FunctionalInterface
public interface Waker {
    /** For a queue whose reader looks by itself. */
    Waker NONE = queue -> {
    };

    /**
     * The queue has become readable.
     *
     * @param queue the queue.
     */
    void wake(VEventQueue queue);
}
