package dev.steward.reports.summary;

import dev.steward.reports.read.ResultFolder;
import dev.steward.results.CellResult;
import dev.steward.results.Distribution;
import dev.steward.results.RunManifest;
import dev.steward.results.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All strategies on one path. Immutable.
 *
 * @param unranked floors and negative controls in table order, shown apart
 * @param hiccup   of the machine beside all valid cells of this path
 */
public record PathSummary(
    String path, List<StrategySummary> ranked, List<StrategySummary> unranked, Distribution hiccup) {
    private static final String RAW = ".raw";

    static PathSummary of(ResultFolder folder, String path) {
        List<StrategySummary> ranked = new ArrayList<>();
        List<StrategySummary> unranked = new ArrayList<>();
        for (RunManifest.StrategyInfo info : folder.run().strategies()) {
            int planned = (int) folder.run().cells().stream()
                .filter(cell -> cell.path().equals(path) && cell.strategy().equals(info.name())).count();
            if (planned > 0) {
                List<CellResult> finished = folder.cells().stream().filter(
                    cell -> cell.json().path().equals(path) && cell.json().strategy().equals(info.name())).toList();
                (info.ranked() ? ranked : unranked).add(new StrategySummary(path, info, planned, finished));
            }
        }
        Distribution hiccup = Distribution.merge(folder.cells().stream()
            .filter(cell -> cell.valid() && cell.json().path().equals(path))
            .map(cell -> cell.histograms().of(Tags.HICCUP)).toList());
        return new PathSummary(path, ranked, unranked, hiccup);
    }

    /**
     * The tag by which a latency is shown over time: where half of its p99 or more is the generator's own lateness,
     * that from the real start; empty if no slices of that are recorded.
     */
    public Optional<String> overTime(String tag) {
        return all().stream().noneMatch(one -> one.quantile(tag, 0.99).support() == Quantile.Support.MACHINE)
            ? Optional.of(tag) : Optional.of(tag + RAW).filter(Tags.SLICED::contains);
    }

    /** {@return strategies, then the others: all strategies of this path} */
    public List<StrategySummary> all() {
        List<StrategySummary> all = new ArrayList<>(ranked);
        all.addAll(unranked);
        return all;
    }
}
