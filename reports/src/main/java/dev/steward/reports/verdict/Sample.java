package dev.steward.reports.verdict;

import dev.steward.results.CellHistograms;
import dev.steward.results.Tags;
import dev.steward.results.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One figure of one strategy: a value of each repeat, with the placement class it was taken in. Values within one
 * repeat share a JVM, so a repeat counts once however many intervals it has.
 *
 * @param values  of the repeats; all above 0
 */
public record Sample(String name, List<Value> values, List<String> notes) {
    /** One figure of one strategy on one path. */
    public static Sample of(List<CellGrade> grades, String strategy, String path, Figure figure) {
        List<Value> values = new ArrayList<>();
        int invalid = 0;
        int unsteady = 0;
        int fewValues = 0;
        int late = 0;
        for (CellGrade grade : grades) {
            if (!grade.cell().json().strategy().equals(strategy) || !grade.cell().json().path().equals(path)) {
                continue;
            }
            double value = grade.cell().histograms().of(figure.tag()).interpolatedNs(figure.quantile());
            if (!grade.cell().valid()) {
                invalid++;
            } else if (!grade.comparable(figure.loadTag())) {
                unsteady++;
            } else if (!(value > 0)) {
                fewValues++;
            } else if (late(grade.cell().histograms(), figure)) {
                late++;
            } else {
                values.add(new Value(value, grade.cell().json().placementClass()));
            }
        }
        List<String> notes = new ArrayList<>();
        note(notes, invalid, "INVALID");
        note(notes, unsteady, "not steady");
        note(notes, fewValues, "with too few values for " + figure.percentile());
        note(notes, late, "whose " + figure.percentile() + " is the generator's lateness by half or more");
        return new Sample(strategy, values, notes);
    }

    private static boolean late(CellHistograms cell, Figure figure) {
        String lateness = Tags.latenessOf(figure.tag());
        return lateness != null && cell.of(figure.tag()).isMostly(cell.of(lateness), figure.quantile());
    }

    private static void note(List<String> notes, int cells, String what) {
        if (cells > 0) {
            notes.add(Wording.counted(cells, "cell") + " " + what);
        }
    }

    /** The repeats by placement class. */
    Map<String, double[]> logsByPlacement() {
        return values.stream().collect(Collectors.groupingBy(Value::placement, TreeMap::new,
            Collectors.collectingAndThen(Collectors.toList(),
                list -> list.stream().mapToDouble(value -> Math.log(value.value())).toArray())));
    }

    /** The value of one repeat, above 0, and the placement class it was taken in. */
    public record Value(double value, String placement) {
    }
}
