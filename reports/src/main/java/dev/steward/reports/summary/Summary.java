package dev.steward.reports.summary;

import dev.steward.reports.read.ResultFolder;
import dev.steward.reports.verdict.Rules;
import dev.steward.reports.verdict.RunVerdicts;
import dev.steward.results.CellResult;
import dev.steward.results.CellRecord;
import dev.steward.results.RunManifest;
import java.util.List;
import java.util.stream.Stream;

/**
 * All that a report says about one run, as figures. Immutable.
 *
 * @param problems planned cells that are not among the figures
 * @param finished every finished and readable cell, valid or not
 */
public record Summary(
    RunManifest run, List<PathSummary> paths, List<Problem> problems, ArrivalsCheck arrivals,
    List<CellRecord> finished, RunVerdicts verdicts) {
    /** Copies the lists. */
    public Summary {
        paths = List.copyOf(paths);
        problems = List.copyOf(problems);
        finished = List.copyOf(finished);
    }

    /** Computes the figures. */
    public static Summary of(ResultFolder folder) {
        return new Summary(folder.run(),
            folder.run().paths().stream().map(path -> PathSummary.of(folder, path))
                .filter(path -> !path.all().isEmpty()).toList(),
            Problem.of(folder), ArrivalsCheck.of(folder), folder.cells().stream().map(CellResult::json).toList(),
            RunVerdicts.of(folder, Rules.DEFAULT));
    }

    /** {@return number of valid cells: 0 or more} */
    public int validCells() {
        return run.cells().size() - problems.size();
    }

    /**
     * Number of problems of a kind.
     *
     * @return 0 or more
     */
    public int count(Problem.Kind kind) {
        return (int) problems.stream().filter(problem -> problem.kind() == kind).count();
    }

    /** {@return every strategy on every path: in the order of the paths} */
    public Stream<StrategySummary> strategies() {
        return paths.stream().flatMap(path -> path.all().stream());
    }

    /**
     * One strategy on one path.
     *
     * @return its figures, or null if it was not to run there
     */
    public StrategySummary strategy(String path, String name) {
        return paths.stream().filter(one -> one.path().equals(path)).flatMap(one -> one.all().stream())
            .filter(one -> one.info().name().equals(name)).findFirst().orElse(null);
    }

    /** {@return true if strategies were to be ranked and not one of them has a valid cell} */
    public boolean nothingToCompare() {
        List<StrategySummary> strategies = paths.stream().flatMap(path -> path.ranked().stream()).toList();
        return !strategies.isEmpty() && strategies.stream().allMatch(strategy -> strategy.valid() == 0);
    }
}
