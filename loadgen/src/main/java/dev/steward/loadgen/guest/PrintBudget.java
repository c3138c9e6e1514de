package dev.steward.loadgen.guest;

import dev.steward.loadgen.record.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How many events drivers may print: {@value #EVENTS} in 5 s from the first, then anew. The state is static in
 * arm_smmu_evtq_thread(), so it is one for all SMMUs, and a noisy one silences the others (docs/domain.md, 3.4, step
 * 7).
 *
 * <p>Threading: any. Allocates once in each interval.
 */
public final class PrintBudget {
    static final int EVENTS = 10;
    static final long INTERVAL_NS = 5_000_000_000L;

    private final Clock clock;
    private final AtomicReference<Interval> interval = new AtomicReference<>();

    public PrintBudget(Clock clock) {
        this.clock = clock;
    }

    /** Asks to print an event, and takes it off the budget if there is any left. */
    public boolean take() {
        long nowNs = clock.nowNs();
        Interval current = interval.get();
        if (current == null || nowNs - current.beginNs > INTERVAL_NS) {
            // Whoever comes first begins the interval, and the others are in it.
            interval.compareAndSet(current, new Interval(nowNs));
            current = interval.get();
        }
        // Once it is used up the threads only read.
        return current.taken.get() < EVENTS && current.taken.incrementAndGet() <= EVENTS;
    }

    private static final class Interval {
        private final long beginNs;
        private final AtomicInteger taken = new AtomicInteger();

        Interval(long beginNs) {
            this.beginNs = beginNs;
        }
    }
}
