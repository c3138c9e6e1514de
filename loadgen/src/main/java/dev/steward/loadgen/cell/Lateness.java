package dev.steward.loadgen.cell;

import dev.steward.loadgen.record.IntervalRecorder;
import dev.steward.loadgen.record.Recorders;
import java.util.Arrays;

/**
 * How many arrivals a load started late, from the histograms of its lateness.
 */
public final class Lateness {
    private Lateness() {
    }

    /**
     * Share of the due arrivals that were started more than one mean gap after their intended time, or never.
     *
     * @param recorders of threads that have ended.
     * @param tag       of the load's lateness.
     * @param gapNs     mean gap of the arrivals of one thread.
     * @param scheduled arrivals that were due in the measured window.
     * @return 0 to 1; 0 if nothing was due.
     */
    public static double share(Recorders recorders, String tag, double gapNs, long scheduled) {
        long limitNs = Math.min(IntervalRecorder.MAX_VALUE_NS, (long) gapNs);
        long punctual = recorders.all().stream()
            .filter(recorder -> recorder.tag().equals(tag))
            .flatMap(recorder -> Arrays.stream(recorder.intervals()))
            .mapToLong(interval -> interval.getCountBetweenValues(0, limitNs))
            .sum();
        return scheduled == 0 ? 0 : Math.max(0, 1 - (double) punctual / scheduled);
    }
}
