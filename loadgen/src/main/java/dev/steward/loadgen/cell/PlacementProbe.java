package dev.steward.loadgen.cell;

import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.record.Threads;
import dev.steward.results.CellRecord;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures the round trip of a cache line between two running threads: on virtual machines two CPUs are sometimes near
 * and sometimes far, and a contended lock costs several times as much when they are far.
 */
final class PlacementProbe {
    /** Round trips below this are near; the gap between the two kinds is wide (about 85 against 450 ns). */
    private static final double NEAR_BELOW_NS = 200;
    private static final double FAR_ABOVE_NS = 300;
    /** Until both loops are compiled; before that a near pair reads 200 to 260 ns, as if something had changed. */
    private static final long WARM_UP_NS = 20_000_000;
    private static final int BATCHES = 40;
    private static final int ROUND_TRIPS = 250;
    private static final int LOOKS_PER_CLOCK_READ = 1_024;
    private static final long STOP = -1;
    /** Two threads that get one CPU between them would take a minute. */
    private static final long LIMIT_NS = 500_000_000;

    private PlacementProbe() {
    }

    /** One measurement: the median over the batches, 0 if there is one CPU only. */
    static CellRecord.Placement measure(Clock clock, String when) {
        if (Runtime.getRuntime().availableProcessors() < 2) {
            return new CellRecord.Placement(when, 0, "unknown");
        }
        AtomicLong line = new AtomicLong();
        Threads threads = new Threads();
        threads.start("placement-echo", () -> echo(line));
        long start = clock.nowNs();
        long warm = start + WARM_UP_NS;
        long limit = start + LIMIT_NS;
        double[] batches = new double[BATCHES];
        int done = 0;
        long ball = 1;
        while (done < BATCHES && clock.nowNs() - limit < 0) {
            long begin = clock.nowNs();
            long back = play(line, ball, clock, limit);
            if (back != ball + 2 * ROUND_TRIPS) {
                break;
            }
            ball = back;
            if (begin - warm >= 0) {
                batches[done++] = (double) (clock.nowNs() - begin) / ROUND_TRIPS;
            }
        }
        line.set(STOP);
        threads.end();
        return done == 0 ? new CellRecord.Placement(when, 0, "unknown") : classify(when, Arrays.copyOf(batches, done));
    }

    /** One batch of round trips; the ball that would be next, or an earlier one if the limit came first. */
    private static long play(AtomicLong line, long first, Clock clock, long limit) {
        long ball = first;
        for (int i = 0; i < ROUND_TRIPS; i++) {
            line.set(ball);
            for (int looks = 1; line.get() != ball + 1; looks++) {
                if (looks % LOOKS_PER_CLOCK_READ == 0 && clock.nowNs() - limit >= 0) {
                    return ball;
                }
                Thread.onSpinWait();
            }
            ball += 2;
        }
        return ball;
    }

    private static void echo(AtomicLong line) {
        long last = 0;
        while (true) {
            long seen = line.get();
            if (seen == STOP) {
                return;
            }
            if (seen > last) {
                last = seen + 1;
                // Not a plain store: it must not wipe out a STOP.
                line.compareAndSet(seen, last);
            }
            Thread.onSpinWait();
        }
    }

    static CellRecord.Placement classify(String when, double[] batches) {
        double[] counted = batches.clone();
        Arrays.sort(counted);
        double median = counted[counted.length / 2];
        double low = counted[counted.length / 10];
        double high = counted[counted.length * 9 / 10];
        String placement = "mixed";
        if (high < NEAR_BELOW_NS) {
            placement = "near";
        } else if (low > FAR_ABOVE_NS) {
            placement = "far";
        }
        return new CellRecord.Placement(when, median, placement);
    }
}
