package dev.steward.loadgen.replay;

import dev.steward.loadgen.log.Stamp;
import dev.steward.loadgen.workload.ArrivalProcess;
import dev.steward.results.ReplaySummary;

/**
 * When each record is played: as the log's clock says, from the first record on, never backwards.
 *
 * <p>Threading: one thread.
 */
final class ReplayClock {
    /** Processors that print at once differ by less; a clock that goes back further was set or restarted. */
    private static final long JITTER_NS = 10_000;

    private final long gapNs;
    private final long maxGapNs;
    private Stamp.Clock clock = Stamp.Clock.NONE;
    private long lastStampNs;
    private long offsetNs;
    private long lastNs;
    private boolean started;
    private boolean newLog;
    /** Records without a time. */
    private long unstamped;
    /** Records a little earlier than the one before, played at the same time. */
    private long outOfOrder;
    /** Places where the clock started anew. */
    private long restarts;
    private long shortenedGaps;
    private long shortenedNs;

    /** Starts at 0; pauses are kept up to a longest one, 0 for any. */
    ReplayClock(long gapNs, long maxGapNs) {
        this.gapNs = gapNs;
        this.maxGapNs = maxGapNs;
    }

    /** The next record is of another log, which is put behind. */
    void nextLog() {
        newLog = started;
        clock = Stamp.Clock.NONE;
    }

    /** Time of the next record, in nanoseconds after the first. */
    long place(Stamp stamp) {
        Stamp.Clock stampClock = stamp.clock();
        long stampNs = stamp.ns();
        long before = lastNs;
        if (!started) {
            started = true;
            unstamped += stampClock == Stamp.Clock.NONE ? 1 : 0;
            align(stampClock, stampNs, 0);
        } else if (stampClock == Stamp.Clock.NONE) {
            unstamped++;
            lastNs = capped(before + gapNs);
        } else if (newLog || clock == Stamp.Clock.NONE) {
            align(stampClock, stampNs, capped(before + gapNs));
        } else if (stampClock != clock || stampNs < lastStampNs - JITTER_NS) {
            restarts++;
            align(stampClock, stampNs, capped(before + gapNs));
        } else if (stampNs < lastStampNs) {
            outOfOrder++;
        } else {
            follow(stampNs, before);
        }
        newLog = false;
        return lastNs;
    }

    private void follow(long stampNs, long before) {
        lastStampNs = stampNs;
        long timeNs = Math.max(before, capped(stampNs + offsetNs));
        if (maxGapNs > 0 && timeNs - before > maxGapNs) {
            shortenedGaps++;
            shortenedNs += timeNs - before - maxGapNs;
            offsetNs -= timeNs - before - maxGapNs;
            timeNs = before + maxGapNs;
        }
        lastNs = timeNs;
    }

    private void align(Stamp.Clock stampClock, long stampNs, long timeNs) {
        lastNs = timeNs;
        clock = stampClock;
        lastStampNs = stampNs;
        offsetNs = timeNs - stampNs;
    }

    private static long capped(long ns) {
        return Math.min(ns, ArrivalProcess.MAX_NS);
    }

    long lengthNs() {
        return lastNs;
    }

    ReplaySummary.Timing timing() {
        return new ReplaySummary.Timing(unstamped, outOfOrder, restarts, shortenedGaps, shortenedNs, gapNs);
    }
}
