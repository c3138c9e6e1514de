package dev.steward.reports.verdict;

import dev.steward.reports.statistics.Median;
import dev.steward.reports.statistics.Trend;
import dev.steward.reports.statistics.Wording;
import dev.steward.results.CellHistograms;
import java.util.Arrays;
import java.util.List;

/**
 * Whether one load of a cell was in a steady state: the medians of its slices neither rise nor fall (trend test at 1
 * %), or the second half of the window differs from the first by no more than 10 %. A cell fails only if both speak
 * against it: a trend alone may be too small to matter, a shift alone is what any jitter gives.
 */
final class Steadiness {
    private static final double SIGNIFICANCE = 0.01;
    private static final double MARGIN = 0.10;
    private static final int FEWEST_SLICES = 6;
    private static final int FEWEST_VALUES = 20;

    private Steadiness() {
    }

    /** {@return why it is not steady; null if it is, or if there are too few slices to tell} */
    static String problem(List<CellHistograms.Slice> slices) {
        double[] medians = slices.stream().filter(slice -> slice.values().count() >= FEWEST_VALUES)
            .mapToDouble(slice -> slice.values().interpolatedNs(0.5)).toArray();
        if (medians.length < FEWEST_SLICES) {
            return null;
        }
        Trend trend = Trend.of(medians);
        double before = Median.of(Arrays.copyOfRange(medians, 0, medians.length / 2));
        double after = Median.of(Arrays.copyOfRange(medians, medians.length - medians.length / 2, medians.length));
        double change = after / before - 1;
        if (trend.pValue() > SIGNIFICANCE || Math.max(after / before, before / after) < 1 + MARGIN) {
            return null;
        }
        return Wording.format("its median %s through the window, by %.0f%% from the first half to the second",
            change > 0 ? "rises" : "falls", Math.abs(change) * 100);
    }
}
