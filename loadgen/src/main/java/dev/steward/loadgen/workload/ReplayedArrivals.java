package dev.steward.loadgen.workload;

import java.util.function.LongSupplier;

/**
 * Arrivals at given times, as a log has them; the first is at 0. Each is computed from its own timestamp and never
 * from the gap before, so the schedule cannot drift. A timestamp that goes back falls due with the latest before it.
 *
 * <p>Threading: one thread. Does not allocate, if the supplier does not.
 */
public final class ReplayedArrivals implements ArrivalProcess {
    /** What a supplier gives, again and again, after its last timestamp. */
    public static final long END = Long.MAX_VALUE;

    private final LongSupplier offsets;
    private final double speed;
    private long latestNs;

    private ReplayedArrivals(LongSupplier offsets, double speed) {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("speed " + speed + " is not above 0");
        }
        this.offsets = offsets;
        this.speed = speed;
    }

    /**
     * Arrivals of a stream of timestamps.
     *
     * @param timestampsNs any origin; {@link #END} when there are no more.
     * @param speed        how many times faster than they were, above 0.
     * @return a new process; at {@link #MAX_NS} from the end on.
     * @throws IllegalArgumentException if the speed is not above 0.
     */
    public static ReplayedArrivals of(LongSupplier timestampsNs, double speed) {
        return new ReplayedArrivals(new FromSupplier(timestampsNs), speed);
    }

    /**
     * Arrivals of timestamps that are known in full.
     *
     * @param timestampsNs any origin; not copied.
     * @param speed        how many times faster than they were, above 0.
     * @param loop         whether to begin again after the last, one mean gap later.
     * @return a new process; at {@link #MAX_NS} from the end on.
     * @throws IllegalArgumentException if the speed is not above 0, or if a loop has no length.
     */
    public static ReplayedArrivals of(long[] timestampsNs, double speed, boolean loop) {
        return new ReplayedArrivals(new FromArray(timestampsNs, loop), speed);
    }

    @Override
    public long nextNs() {
        long offsetNs = offsets.getAsLong();
        if (offsetNs == END) {
            latestNs = MAX_NS;
        } else {
            latestNs = Math.max(latestNs, Math.min(MAX_NS, (long) (offsetNs / speed)));
        }
        return latestNs;
    }

    /** Nanoseconds after the first timestamp; what does not fit is beyond the end. */
    private static long since(long firstNs, long timestampNs) {
        if (timestampNs <= firstNs) {
            return 0;
        }
        long offsetNs = timestampNs - firstNs;
        return offsetNs < 0 ? END : offsetNs;
    }

    private static final class FromSupplier implements LongSupplier {
        private final LongSupplier timestampsNs;
        private boolean begun;
        private long firstNs;

        FromSupplier(LongSupplier timestampsNs) {
            this.timestampsNs = timestampsNs;
        }

        @Override
        public long getAsLong() {
            long timestampNs = timestampsNs.getAsLong();
            if (timestampNs == END) {
                return END;
            }
            if (!begun) {
                begun = true;
                firstNs = timestampNs;
            }
            return since(firstNs, timestampNs);
        }
    }

    private static final class FromArray implements LongSupplier {
        private final long[] timestampsNs;
        private final boolean loop;
        private final long roundNs;
        private long roundStartNs;
        private int next;

        FromArray(long[] timestampsNs, boolean loop) {
            this.timestampsNs = timestampsNs;
            this.loop = loop;
            long latestNs = 0;
            for (long timestampNs : timestampsNs) {
                latestNs = Math.max(latestNs, since(timestampsNs[0], timestampNs));
            }
            if (loop && (latestNs == 0 || latestNs >= MAX_NS)) {
                throw new IllegalArgumentException("timestamps that span " + latestNs + " ns cannot be looped");
            }
            // So that the mean rate is that of the log, and the first is not at the instant of the last.
            roundNs = loop ? latestNs + Math.max(1, latestNs / (timestampsNs.length - 1)) : 0;
        }

        @Override
        public long getAsLong() {
            if (next == timestampsNs.length) {
                if (!loop || roundStartNs > MAX_NS) {
                    return END;
                }
                next = 0;
                roundStartNs += roundNs;
            }
            return roundStartNs + since(timestampsNs[0], timestampsNs[next++]);
        }
    }
}
