package dev.steward.strategy;

/** A thread in the queue of a {@link RwSemaphore}. */
final class RwWaiter {
    final Thread thread;
    final boolean writer;
    /** After it, it may make a hand-off due. */
    final long deadlineNs;
    final boolean realTime;
    /** Whether it made a hand-off due. */
    volatile boolean askedForHandOff;
    /** Whether a reader has been let in. */
    volatile boolean granted;

    private RwWaiter(Thread thread, boolean writer, long deadlineNs, boolean realTime) {
        this.thread = thread;
        this.writer = writer;
        this.deadlineNs = deadlineNs;
        this.realTime = realTime;
    }

    static RwWaiter reader(Thread thread, long deadlineNs) {
        return new RwWaiter(thread, false, deadlineNs, false);
    }

    static RwWaiter writer(Thread thread, long deadlineNs, boolean realTime) {
        return new RwWaiter(thread, true, deadlineNs, realTime);
    }
}
