package dev.steward.reports.verdict;

import dev.steward.reports.statistics.Wording;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Takes samples from graded cells. */
public final class Samples {
    private Samples() {
    }

    /** One figure of one strategy on one path. */
    public static Sample of(List<CellGrade> grades, String strategy, String path, Figure figure) {
        return of(grades, strategy, path, figure.tag(), figure.loadTag(), figure.quantile());
    }

    /**
     * Any percentile of one strategy on one path.
     *
     * @param loadTag  of the load whose steadiness decides whether a cell counts
     * @param quantile above 0, below 1
     */
    public static Sample of(
        List<CellGrade> grades, String strategy, String path, String tag, String loadTag, double quantile) {
        List<Sample.Value> values = new ArrayList<>();
        int invalid = 0;
        int unsteady = 0;
        int fewValues = 0;
        for (CellGrade grade : grades) {
            if (!grade.cell().json().strategy().equals(strategy) || !grade.cell().json().path().equals(path)) {
                continue;
            }
            double value = grade.cell().histograms().of(tag).interpolatedNs(quantile);
            if (!grade.cell().valid()) {
                invalid++;
            } else if (!grade.comparable(loadTag)) {
                unsteady++;
            } else if (!(value > 0)) {
                fewValues++;
            } else {
                values.add(new Sample.Value(value, grade.cell().json().placementClass()));
            }
        }
        List<String> notes = new ArrayList<>();
        note(notes, invalid, "INVALID");
        note(notes, unsteady, "not steady");
        note(notes, fewValues, "with too few values for p"
            + BigDecimal.valueOf(quantile).movePointRight(2).stripTrailingZeros().toPlainString());
        return new Sample(strategy, values, notes);
    }

    private static void note(List<String> notes, int cells, String what) {
        if (cells > 0) {
            notes.add(Wording.counted(cells, "cell") + " " + what);
        }
    }
}
