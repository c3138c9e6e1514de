package dev.steward.reports.verdict;

import dev.steward.reports.read.ResultFolder;
import dev.steward.results.RunManifest;
import java.util.ArrayList;
import java.util.List;

/**
 * Every ranked strategy of a run against every other, on each path and under each figure. The pairs of one path and
 * figure are one family: picking any of them afterwards, such as those against the best, costs nothing more.
 *
 * @param comparisons all pairs; the first of a pair stands before the second in the run
 */
public record RunVerdicts(Rules rules, List<Comparison> comparisons, List<CellGrade> grades) {
    /** Grades, then compares. */
    public static RunVerdicts of(ResultFolder folder, Rules rules) {
        List<CellGrade> grades = CellGrade.of(folder);
        List<Comparison> comparisons = new ArrayList<>();
        for (String path : folder.run().paths()) {
            List<String> ranked = folder.run().strategies().stream().filter(RunManifest.StrategyInfo::ranked)
                .map(RunManifest.StrategyInfo::name).filter(name -> folder.run().cells().stream()
                    .anyMatch(cell -> cell.path().equals(path) && cell.strategy().equals(name)))
                .toList();
            // Where contestants took turns the turns compare them: one long cell of each has nothing to test.
            for (Figure figure : folder.run().turns() == null ? Figure.values() : new Figure[0]) {
                comparisons.addAll(family(grades, ranked, path, figure, rules));
            }
        }
        return new RunVerdicts(rules, comparisons, grades);
    }

    private static List<Comparison> family(
        List<CellGrade> grades, List<String> ranked, String path, Figure figure, Rules rules) {
        List<Sample> samples = ranked.stream().map(name -> Sample.of(grades, name, path, figure)).toList();
        // A load that was not offered is not undecided: there is nothing to say about it.
        if (grades.stream().allMatch(grade -> grade.cell().histograms().of(figure.tag()).count() == 0)) {
            return List.of();
        }
        Judge judge = new Judge(rules);
        for (int i = 0; i < samples.size(); i++) {
            for (int j = i + 1; j < samples.size(); j++) {
                judge.add(path, figure.label(), samples.get(i), samples.get(j), true);
            }
        }
        return judge.judge();
    }

    /** {@return the other against the baseline; null if there is no such pair} */
    public Comparison of(String path, Figure figure, String baseline, String other) {
        for (Comparison comparison : comparisons) {
            if (comparison.group().equals(path) && comparison.figure().equals(figure.label())) {
                if (comparison.first().equals(baseline) && comparison.second().equals(other)) {
                    return comparison;
                }
                if (comparison.first().equals(other) && comparison.second().equals(baseline)) {
                    return comparison.flipped();
                }
            }
        }
        return null;
    }
}
