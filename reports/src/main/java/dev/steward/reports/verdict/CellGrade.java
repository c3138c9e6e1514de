package dev.steward.reports.verdict;

import dev.steward.reports.read.ResultFolder;
import dev.steward.reports.statistics.Trend;
import dev.steward.results.CellHistograms;
import dev.steward.results.CellResult;
import dev.steward.results.Median;
import dev.steward.results.Tags;
import dev.steward.results.Wording;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a finished cell is good for. Grading comes before any comparison: an INVALID cell is in none, a load that was
 * not in a steady state, did not come as planned or was disturbed by the JVM is not in the verdicts.
 *
 * @param unsteady reason by tag, for such loads
 * @param untold   tags of which too few slices have enough values to tell
 */
public record CellGrade(CellResult cell, Map<String, String> unsteady, Set<String> untold) {
    private static final double SIGNIFICANCE = 0.01;
    private static final double MARGIN = 0.10;
    private static final int FEWEST_SLICES = 6;
    private static final int FEWEST_VALUES = 20;

    /** {@return one grade for each finished and readable cell, in the order they ran} */
    public static List<CellGrade> of(ResultFolder folder) {
        List<CellGrade> grades = new ArrayList<>();
        for (CellResult cell : folder.cells()) {
            Map<String, String> unsteady = new LinkedHashMap<>();
            Set<String> untold = new TreeSet<>();
            Map<String, String> load = LoadGrade.of(cell.json());
            for (String tag : Tags.OVER_TIME) {
                double[] medians = medians(cell.histograms().slices().getOrDefault(tag, List.of()));
                if (medians.length < FEWEST_SLICES) {
                    untold.add(tag);
                } else {
                    drift(medians).ifPresent(problem -> unsteady.put(tag, problem));
                }
            }
            unsteady.putAll(load);
            grades.add(new CellGrade(cell, unsteady, untold));
        }
        return grades;
    }

    /**
     * Why one load is not in a steady state: the medians of its slices rise or fall (trend test at 1 %), and the second
     * half of the window differs from the first by more than 10 %. It takes both: a trend alone may be too small to
     * matter, a shift alone is what any jitter gives.
     */
    private static Optional<String> drift(double[] medians) {
        Trend trend = Trend.of(medians);
        double before = Median.of(Arrays.copyOfRange(medians, 0, medians.length / 2));
        double after = Median.of(Arrays.copyOfRange(medians, medians.length - medians.length / 2, medians.length));
        double change = after / before - 1;
        if (trend.pValue() > SIGNIFICANCE || Math.max(after / before, before / after) < 1 + MARGIN) {
            return Optional.empty();
        }
        return Optional.of(Wording.format(
            "its median %s through the window, by %.0f%% from the first half to the second",
            change > 0 ? "rises" : "falls", Math.abs(change) * 100));
    }

    private static double[] medians(List<CellHistograms.Slice> slices) {
        return slices.stream().filter(slice -> slice.values().count() >= FEWEST_VALUES)
            .mapToDouble(slice -> slice.values().interpolatedNs(0.5)).toArray();
    }

    /** Whether a load of this cell takes part in verdicts. */
    boolean comparable(String tag) {
        return cell.valid() && !unsteady.containsKey(tag);
    }
}
