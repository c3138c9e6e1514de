package dev.steward.loadgen.cell;

import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.record.Placement;
import dev.steward.loadgen.record.Threads;
import dev.steward.results.CellRecord;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures the round trip of a cache line between two running threads: on virtual machines two CPUs are sometimes near
 * and sometimes far, and a contended lock costs several times as much when they are far.
 */
final class PlacementProbe {
    /** Until both loops are compiled; before that a near pair reads 200 to 260 ns, as if something had changed. */
    private static final long WARM_UP_NS = 20_000_000;
    private static final int BATCHES = 40;
    private static final int ROUND_TRIPS = 250;
    private static final int LOOKS_PER_CLOCK_READ = 1_024;
    private static final long STOP = -1;
    /** A batch that took so many times the fastest one shows a scheduler; far CPUs take 5 times what near ones do. */
    private static final double INTERRUPTED = 10;
    private static final String PLAYER = "placement-player";
    private static final String ECHO = "placement-echo";
    /** Two threads that get one CPU between them would take a minute. */
    private static final long LIMIT_NS = 500_000_000;

    private PlacementProbe() {
    }

    /** Between any two CPUs; nothing read if there is one only. */
    static CellRecord.Placement measure(Clock clock, String when) {
        return Runtime.getRuntime().availableProcessors() < 2 ? reading(when, null, new double[0])
            : measure(clock, when, null, Placement.FREE);
    }

    /** Between the CPUs of the run's own threads: a handler's and each other one's. */
    static List<CellRecord.Placement> measure(Clock clock, String when, Placement placement) {
        List<int[]> pairs = placement.pairs();
        if (pairs.isEmpty()) {
            return List.of(measure(clock, when));
        }
        return pairs.stream().map(pair -> measure(
            clock, when, pair[0] + "-" + pair[1], Placement.ofPair(PLAYER, pair[0], ECHO, pair[1]))).toList();
    }

    private static CellRecord.Placement measure(Clock clock, String when, String cpus, Placement placement) {
        AtomicLong line = new AtomicLong();
        double[][] batches = new double[1][];
        Threads threads = new Threads(placement);
        threads.start(ECHO, () -> echo(line));
        threads.join(threads.start(PLAYER, () -> batches[0] = batches(clock, line)));
        threads.end();
        return reading(when, cpus, batches[0]);
    }

    private static double[] batches(Clock clock, AtomicLong line) {
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
        return Arrays.copyOf(batches, done);
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

    static CellRecord.Placement reading(String when, String cpus, double[] batches) {
        if (batches.length == 0) {
            return new CellRecord.Placement(when, 0, null, null, cpus, CellRecord.UNKNOWN);
        }
        double longestNs = INTERRUPTED * Arrays.stream(batches).min().getAsDouble();
        double[] counted = Arrays.stream(batches).sorted().takeWhile(ns -> ns <= longestNs).toArray();
        return new CellRecord.Placement(
            when, counted[counted.length / 2], counted[counted.length / 10], counted[counted.length * 9 / 10], cpus,
            null);
    }
}
