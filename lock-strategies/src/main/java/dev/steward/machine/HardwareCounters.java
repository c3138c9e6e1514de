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

    /**
     * What one counter has counted since its opening.
     *
     * @param enabledNs time of the thread
     * @param runningNs the part of it in which the counter had a register
     */
    record Count(long value, long enabledNs, long runningNs) {
        /** {@return what came since an earlier reading, scaled up to the whole time; null without a register} */
        public Long since(Count earlier) {
            long running = runningNs - earlier.runningNs;
            double scale = (double) (enabledNs - earlier.enabledNs) / running;
            return running <= 0 ? null : Long.valueOf(Math.round((value - earlier.value) * scale));
        }
    }

    /** One for each {@link Event}, null for one that the machine does not count; null if it counts none. */
    Count[] read();

    @Override
    void close();
}
