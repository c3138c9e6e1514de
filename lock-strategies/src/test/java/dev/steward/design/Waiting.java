package dev.steward.design;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Whether another thread waits in a lock or goes on, without sleeping. */
final class Waiting {
    /** Far more than a loaded machine needs; only a hang meets it. */
    private static final long LIMIT_S = 120;
    private static final long SPINNING_CPU_NS = TimeUnit.MILLISECONDS.toNanos(300);

    private Waiting() {
    }

    /**
     * Watches a thread until it ends or is seen waiting in one of our locks, asleep, or spinning for far longer than
     * any work there takes. A thread that is expected to go on is given all the time it may need: it may wait for the
     * class loader.
     */
    static boolean waits(Thread thread, boolean expected) {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);
        while (System.nanoTime() - deadlineNs < 0) {
            switch (thread.getState()) {
                case TERMINATED:
                    return false;
                case WAITING, TIMED_WAITING, BLOCKED:
                    if (expected && inOurLock(thread)) {
                        return true;
                    }
                    Thread.onSpinWait();
                    break;
                default:
                    if (expected && cpuNs(thread) > SPINNING_CPU_NS && inOurLock(thread)) {
                        return true;
                    }
                    Thread.onSpinWait();
            }
        }
        return true;
    }

    private static long cpuNs(Thread thread) {
        return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId());
    }

    private static boolean inOurLock(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
            .anyMatch(frame -> frame.getClassName().startsWith("dev.steward.strategy."));
    }

    /** For whoever was waited for. */
    static void awaitEnd(Thread thread) throws InterruptedException {
        thread.join(TimeUnit.SECONDS.toMillis(LIMIT_S));
        if (thread.isAlive()) {
            throw new AssertionError(thread + " does not end");
        }
    }
}
