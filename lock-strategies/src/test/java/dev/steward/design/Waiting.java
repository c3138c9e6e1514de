package dev.steward.design;

import dev.steward.engine.stream.Backoff;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Whether another thread waits in a lock or goes on, without sleeping. */
final class Waiting {
    /** Far more than a loaded machine needs; only a hang meets it. */
    private static final long LIMIT_S = 120;

    private Waiting() {
    }

    /**
     * Watches a thread until it ends or is seen waiting in one of our locks. A thread that is expected to go on is
     * given all the time it may need: it may wait for the class loader.
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
                    Thread.onSpinWait();
            }
        }
        return true;
    }

    /** By one look at state and stack: on a busy machine a thread may be elsewhere before the second of two. */
    private static boolean inOurLock(Thread thread) {
        ThreadInfo look = ManagementFactory.getThreadMXBean().getThreadInfo(thread.getId(), Integer.MAX_VALUE);
        if (look == null || look.getThreadState() == Thread.State.RUNNABLE) {
            return false;
        }
        List<String> classes = Arrays.stream(look.getStackTrace()).map(StackTraceElement::getClassName).toList();
        // Designs wait for their own references, between pauses; a lock of the class path is none of theirs.
        return !classes.contains(ClassLoader.class.getName()) && classes.stream()
            .anyMatch(name -> name.startsWith("dev.steward.strategy.") || name.equals(Backoff.class.getName()));
    }

    /** For whoever was waited for. */
    static void awaitEnd(Thread thread) throws InterruptedException {
        thread.join(TimeUnit.SECONDS.toMillis(LIMIT_S));
        if (thread.isAlive()) {
            throw new AssertionError(thread + " does not end");
        }
    }
}
