package dev.steward.reports.verdict;

import dev.steward.reports.read.ResultFolder;
import dev.steward.results.CellResult;
import dev.steward.results.Tags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a finished cell is good for. Grading comes before any comparison: an INVALID cell is in none, a load that was
 * not in a steady state is not in the verdicts.
 *
 * @param unsteady reason by tag, for loads that were not steady
 */
public record CellGrade(CellResult cell, Map<String, String> unsteady) {
    /** Copies the map, in its order. */
    public CellGrade {
        unsteady = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(unsteady));
    }

    /**
     * Grades the cells of a folder.
     *
     * @return one grade for each finished and readable cell, in the order they ran
     */
    public static List<CellGrade> of(ResultFolder folder) {
        List<CellGrade> grades = new ArrayList<>();
        for (CellResult cell : folder.cells()) {
            Map<String, String> unsteady = new LinkedHashMap<>();
            for (String tag : Tags.OVER_TIME) {
                String problem = Steadiness.problem(cell.histograms().slices().getOrDefault(tag, List.of()));
                if (problem != null) {
                    unsteady.put(tag, problem);
                }
            }
            grades.add(new CellGrade(cell, unsteady));
        }
        return grades;
    }

    /** Whether a load of this cell takes part in verdicts. */
    boolean comparable(String tag) {
        return cell.valid() && !unsteady.containsKey(tag);
    }
}
