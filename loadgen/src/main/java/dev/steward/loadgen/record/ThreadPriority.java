package dev.steward.loadgen.record;

import com.sun.jna.Function;
import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLibrary;

/**
 * Runs a thread as SCHED_FIFO 50, as the kernel runs a threaded interrupt handler (sched_set_fifo in irq_thread), where
 * this process may.
 *
 * <p>A thread of it keeps its core from all ordinary threads, so it must not spin for one of them: locks give the core
 * away by parking in the end, and a handler that drained its queue sleeps.
 */
public final class ThreadPriority {
    private static final int SCHED_FIFO = 1;
    private static final int PRIORITY = 50;
    /** ENOSYS. */
    private static final int NOT_THERE = 38;

    private ThreadPriority() {
    }

    /** How to ask for it: with the policy and the priority, 0 or the error number as answer. */
    @FunctionalInterface
    interface Scheduler {
        int set(int policy, int priority);
    }

    /** {@return what is in force for the calling thread from now on, in words for a report} */
    public static String raise() {
        return raise(ThreadPriority::set);
    }

    static String raise(Scheduler scheduler) {
        int error = scheduler.set(SCHED_FIFO, PRIORITY);
        return error == 0 ? "SCHED_FIFO " + PRIORITY
            : "normal priority: SCHED_FIFO is refused here (error " + error + ")";
    }

    /** {@return what {@link #raise()} would put in force, tried on a thread of its own} */
    public static String tried() {
        String[] tried = new String[1];
        Thread thread = new Thread(() -> tried[0] = raise(), "priority");
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "normal priority: interrupted";
        }
        return tried[0];
    }

    /** By the C library: process 0 is the calling thread. */
    private static int set(int policy, int priority) {
        try {
            NativeLibrary.getInstance("c").getFunction("sched_setscheduler", Function.THROW_LAST_ERROR)
                .invokeInt(new Object[] {0, policy, new int[] {priority}});
            return 0;
        } catch (LastErrorException e) {
            return e.getErrorCode();
        } catch (LinkageError | RuntimeException e) {
            return NOT_THERE;
        }
    }
}
