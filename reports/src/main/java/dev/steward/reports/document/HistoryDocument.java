package dev.steward.reports.document;

import dev.steward.reports.verdict.PastRun;
import dev.steward.reports.verdict.Series;
import java.util.List;

/**
 * What {@code history list --json} and {@code history show --json} print. Immutable.
 *
 * @param runs   in order of time; null where the figures were asked for
 * @param series each figure over the runs; null where the runs were asked for
 */
public record HistoryDocument(String format, int version, List<OfRun> runs, List<OfSeries> series) {
    private static final String FORMAT = "steward-history";

    /** {@return the list of runs} */
    public static HistoryDocument list(List<PastRun> runs) {
        return new HistoryDocument(FORMAT, 1, runs.stream().map(run -> new OfRun(run.id(), run.created(), run.commit(),
            run.scenario(), run.load(), run.host(), run.folder())).toList(), null);
    }

    /** {@return the figures over the runs} */
    public static HistoryDocument show(List<Series> series) {
        return new HistoryDocument(FORMAT, 1, null, series.stream().map(OfSeries::of).toList());
    }

    /**
     * One run.
     *
     * @param created ISO-8601 UTC
     * @param load    digest of every setting that is not a name, a seed or a number of repeats
     */
    public record OfRun(
        String id, String created, String commit, String scenario, String load, String host, String folder) {
    }

    /**
     * One figure over the runs of one machine and load.
     *
     * @param figure  for example {@code event p99}
     * @param points  in order of time
     * @param changes where it changed
     */
    public record OfSeries(
        String host, String scenario, String load, String path, String strategy, String figure, String placement,
        List<Series.Point> points, List<OfChange> changes) {
        private static OfSeries of(Series series) {
            return new OfSeries(series.host(), series.scenario(), series.load(), series.path(), series.strategy(),
                series.figure(), series.placement(), series.points(), series.changes().stream()
                    .map(change -> new OfChange(change.first().runId(), change.ratio(), change.pValue())).toList());
        }
    }

    /**
     * One change.
     *
     * @param firstRunId first run at which it is there
     * @param ratio      median after it by median before it
     */
    public record OfChange(String firstRunId, double ratio, double pValue) {
    }
}
