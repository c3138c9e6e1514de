package dev.steward.reports.guide;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What following a guide costs at scenarios that it was not measured at: the work of the recommended contestant against
 * the least of all, both measured there side by side. Immutable.
 *
 * @param scenarios those that could be judged
 * @param left      scenarios that could not: no valid cells, or the guide had no answer
 */
public record Regret(List<Judged> scenarios, List<String> left) {
    /** Copies the lists. */
    public Regret {
        scenarios = List.copyOf(scenarios);
        left = List.copyOf(left);
    }

    /**
     * One scenario.
     *
     * @param point       what was measured
     * @param recommended by the guide
     * @param best        least work of all that are ranked
     * @param regret      work of the recommended over that of the best, less 1
     */
    public record Judged(GridData.PointData point, String recommended, String best, double regret) {
    }

    /**
     * Judges a guide.
     *
     * @param guide    made of a grid
     * @param measured scenarios drawn from within that grid, with the same contestants
     * @return what it costs to follow it
     */
    public static Regret of(final Guide guide, final GridData measured) {
        final List<Judged> judged = new ArrayList<>();
        final List<String> left = new ArrayList<>();
        for (final GridData.PointData point : measured.points()) {
            final Question question = new Question(point.at(), List.of(), false, false, false);
            final String outside = guide.outside(point.at());
            final List<Option> options = outside == null ? guide.ask(question).options() : List.of();
            final String best = best(measured, point);
            final double chosen = options.isEmpty() ? Double.NaN : work(point, options.get(0).strategy().name());
            if (best == null || Double.isNaN(chosen)) {
                left.add(point.folder() + ": " + (outside != null ? outside : "no valid cells of the recommended one"));
            } else {
                judged.add(new Judged(point, options.get(0).strategy().name(), best,
                    chosen / work(point, best) - 1));
            }
        }
        return new Regret(judged, left);
    }

    private static String best(final GridData measured, final GridData.PointData point) {
        String best = null;
        for (final GridData.StrategyData strategy : measured.strategies()) {
            final double work = strategy.ranked() ? work(point, strategy.name()) : Double.NaN;
            if (!Double.isNaN(work) && (best == null || work < work(point, best))) {
                best = strategy.name();
            }
        }
        return best;
    }

    /** Measured work per second, or NaN without valid cells. */
    private static double work(final GridData.PointData point, final String strategy) {
        final double[] events = Interpolation.repeats(point.of(strategy), Figures.EVENT_WORK);
        final double[] commits = Interpolation.repeats(point.of(strategy), Figures.ATTACH_WORK);
        if (events.length == 0 || commits.length == 0) {
            return Double.NaN;
        }
        return Interpolation.median(events) * point.at().getOrDefault(Guide.EVENTS, 0.0)
            + Interpolation.median(commits) * point.at().getOrDefault(Guide.ATTACHES, 0.0);
    }

    /**
     * Regret of always taking one and the same contestant, for comparison.
     *
     * @param measured scenarios
     * @param strategy name
     * @return regrets, rising, of the scenarios in which it has valid cells
     */
    public static double[] always(final GridData measured, final String strategy) {
        return measured.points().stream()
            .filter(point -> best(measured, point) != null && !Double.isNaN(work(point, strategy)))
            .mapToDouble(point -> work(point, strategy) / work(point, best(measured, point)) - 1)
            .sorted().toArray();
    }

    /**
     * Median over the scenarios.
     *
     * @return share, NaN without a scenario
     */
    public double median() {
        final double[] sorted = sorted();
        return sorted.length == 0 ? Double.NaN : Interpolation.median(sorted);
    }

    /**
     * The worst scenario.
     *
     * @return share, NaN without a scenario
     */
    public double worst() {
        final double[] sorted = sorted();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length - 1];
    }

    private double[] sorted() {
        final double[] sorted = scenarios.stream().mapToDouble(Judged::regret).toArray();
        Arrays.sort(sorted);
        return sorted;
    }
}
