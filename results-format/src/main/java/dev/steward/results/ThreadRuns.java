package dev.steward.results;

import static dev.steward.results.Within.Range.POSITIVE;

import java.util.List;

/**
 * How the threads of a cell ran in its measured window: where, in which class of the scheduler, and what the kernel and
 * the processor counted of them. Immutable.
 *
 * @param looks         times that the CPU of each thread was looked at, the ends of the window included
 * @param hardware      whose cycles, instructions and cache misses are counted: {@link #ALL}, {@link #USER} or
 *                      {@link #NONE}
 * @param hardwareError error number of perf_event_open(2) where there are none
 */
public record ThreadRuns(
    int looks, String hardware, @MayBeAbsent @Within(POSITIVE) Integer hardwareError, List<OfThread> threads) {
    /** The thread's own and the kernel's for it. */
    public static final String ALL = "all";
    /** The thread's own. */
    public static final String USER = "user";
    /** None. */
    public static final String NONE = "none";

    /** Copies the list. */
    public ThreadRuns {
        threads = List.copyOf(threads);
    }

    /**
     * One thread. A count that the machine does not give is absent.
     *
     * @param role                handler, storm, churn, vmm, jvm or other
     * @param bound               CPUs that it may use, as in {@code 0-3,8}, or {@code any}
     * @param seen                CPUs that it was seen on
     * @param scheduling          class that the kernel has it in, as in {@code fifo:50}
     * @param voluntarySwitches   times that it gave its CPU away, to wait
     * @param involuntarySwitches times that it was taken off its CPU
     * @param migrations          times that it went to another CPU
     * @param pageFaults          minor and major
     */
    public record OfThread(
        String thread, String role, String bound, List<Integer> seen, String scheduling,
        @MayBeAbsent Long voluntarySwitches, @MayBeAbsent Long involuntarySwitches, @MayBeAbsent Long migrations,
        @MayBeAbsent Long pageFaults, @MayBeAbsent Long cycles, @MayBeAbsent Long instructions,
        @MayBeAbsent Long cacheMisses) {
        /** Copies the list. */
        public OfThread {
            seen = List.copyOf(seen);
        }
    }
}
