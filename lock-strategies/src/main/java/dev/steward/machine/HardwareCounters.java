package dev.steward.machine;

/**
 * What the processor counts of one thread.
 *
 * <p>Threading: opened by the thread that is counted; read and closed by one thread at a time.
 */
public interface HardwareCounters extends AutoCloseable {
    /** What is counted, in the order of {@link #read()}. */
    enum Event {
        /** PERF_COUNT_HW_CPU_CYCLES. */
        CYCLES(0),
        /** PERF_COUNT_HW_INSTRUCTIONS. */
        INSTRUCTIONS(1),
        /** PERF_COUNT_HW_CACHE_MISSES, mostly those of the last level. */
        CACHE_MISSES(3);

        private final int number;

        Event(int number) {
            this.number = number;
        }

        /** Among those of PERF_TYPE_HARDWARE. */
        int number() {
            return number;
        }
    }

    /** Why there are none: the error number; 0 if there are. */
    int error();

    /** Whether the kernel's own work for the thread is left out. */
    boolean userOnly();

    /** What has been counted since the opening, by {@link Event}; null if there are no counters. */
    long[] read();

    @Override
    void close();
}
