package dev.steward.loadgen.cell;

import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.record.IntervalRecorder;
import dev.steward.results.CellRecord;
import java.util.Locale;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;

/**
 * How quiet the machine is before a run.
 *
 * @param gapP99Ns    p99 of the gaps that a spinning thread saw above the clock's own cost.
 * @param stealShare  share of the time that the host took away, empty where not readable.
 * @param roundTripNs of a cache line between two CPUs, median; 0 if not measured.
 * @param lowNs       10th percentile of it.
 * @param highNs      90th percentile of it.
 */
public record Noise(long gapP99Ns, OptionalDouble stealShare, double roundTripNs, double lowNs, double highNs) {
    private static final long LOOK_NS = 300_000_000;
    private static final long SLICE_NS = 1_000_000;

    /** Looks for a third of a second. */
    public static Noise measure() {
        Clock clock = Clock.SYSTEM;
        ProcessorTimes before = ProcessorTimes.now();
        Histogram worstGaps = new Histogram(1, IntervalRecorder.MAX_VALUE_NS, 3);
        long begin = clock.nowNs();
        long sliceEnd = begin + SLICE_NS;
        long worst = 0;
        long last = begin;
        while (last - begin < LOOK_NS) {
            long now = clock.nowNs();
            worst = Math.max(worst, now - last);
            last = now;
            if (now >= sliceEnd) {
                worstGaps.recordValue(Math.min(worst, IntervalRecorder.MAX_VALUE_NS));
                worst = 0;
                sliceEnd = now + SLICE_NS;
            }
        }
        CellRecord.Placement placement = PlacementProbe.measure(clock, "preflight");
        return new Noise(
            worstGaps.getValueAtPercentile(99), ProcessorTimes.now().stealShareSince(before),
            placement.roundTripNs(), orZero(placement.lowNs()), orZero(placement.highNs()));
    }

    private static double orZero(Double value) {
        return value == null ? 0 : value;
    }

    /** The round trip in words. */
    public String roundTrip() {
        return roundTripNs == 0 ? "not measured"
            : String.format(Locale.ROOT, "%.0f ns (%.0f to %.0f)", roundTripNs, lowNs, highNs);
    }
}
