package dev.steward.reports.guide;

import dev.steward.reports.statistics.Median;
import dev.steward.results.GridData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * What following a guide costs at scenarios that it was not measured at: the work of the recommended strategy against
 * the least of all, both measured there side by side and brought to the placement of the guide. Immutable.
 *
 * <p>The least of many noisy figures is partly the luckiest, so the plain regret is too high. Beside it stands one
 * without most of that bias: the best is chosen by all cells but one, and both are judged by the cell held out; mean
 * over the cells. What is left of it: the effect of placement is fitted with all cells, a mean of ratios is a little
 * too high, and a best that is chosen by fewer cells is a little less often the best.
 *
 * @param left      scenarios that could not: no valid cells, or the guide had no answer
 * @param always    regrets, rising, of always taking one and the same strategy, by name
 */
public record Regret(List<Judged> scenarios, List<String> left, Map<String, double[]> always) {
    /**
     * One scenario.
     *
     * @param best        least work of all that are ranked
     * @param regret      work of the recommended over that of the best, less 1
     * @param heldOut     the same, judged by cells that the best was not chosen by; NaN with fewer than two cells
     */
    public record Judged(GridData.PointData point, String recommended, String best, double regret, double heldOut) {
    }

    /** Judges a guide by scenarios drawn from within its grid, with the same strategies. */
    public static Regret of(Guide guide, GridData measured) {
        GridData there = guide.brought(measured);
        List<Judged> judged = new ArrayList<>();
        List<String> left = new ArrayList<>();
        Map<String, double[]> always = new LinkedHashMap<>();
        there.strategies().stream().filter(GridData.StrategyData::ranked)
            .forEach(strategy -> always.put(strategy.name(), always(there, strategy.name())));
        for (GridData.PointData point : there.points()) {
            Guide.Outside outside = guide.outside(point.at());
            List<Option> options = outside != null ? List.of()
                : guide.ask(new Question(point.at(), List.of(), false, false, Question.ANY_WAIT)).options();
            String best = best(there, point);
            double chosen = options.isEmpty() ? Double.NaN : work(point, options.get(0).strategy().name());
            if (best == null || Double.isNaN(chosen)) {
                left.add(point.folder() + ": " + (outside != null ? outside : "no valid cells of the recommended one"));
            } else {
                String recommended = options.get(0).strategy().name();
                judged.add(new Judged(point, recommended, best, chosen / work(point, best) - 1,
                    heldOut(there, point, recommended)));
            }
        }
        return new Regret(judged, left, always);
    }

    private static String best(GridData measured, GridData.PointData point) {
        return least(measured, name -> work(point, name));
    }

    private static String least(GridData measured, ToDoubleFunction<String> work) {
        String best = null;
        double least = Double.MAX_VALUE;
        for (GridData.StrategyData strategy : measured.strategies()) {
            double here = strategy.ranked() ? work.applyAsDouble(strategy.name()) : Double.NaN;
            if (here < least) {
                best = strategy.name();
                least = here;
            }
        }
        return best;
    }

    private static double heldOut(GridData measured, GridData.PointData point, String recommended) {
        double[] ours = works(point, recommended);
        List<Double> losses = new ArrayList<>();
        for (int out = 0; out < ours.length; out++) {
            int left = out;
            String best = least(measured, name -> workWithout(works(point, name), left));
            if (best != null) {
                losses.add(ours[out] / works(point, best)[out] - 1);
            }
        }
        OptionalDouble mean = losses.stream().mapToDouble(Double::doubleValue).average();
        return mean.orElse(Double.NaN);
    }

    /** Median of the others; NaN without the cell that is held out, or without others. */
    private static double workWithout(double[] works, int out) {
        if (out >= works.length || works.length < 2) {
            return Double.NaN;
        }
        double[] others = new double[works.length - 1];
        System.arraycopy(works, 0, others, 0, out);
        System.arraycopy(works, out + 1, others, out, others.length - out);
        return Median.of(others);
    }

    /** Work per second of each cell that has both figures. */
    private static double[] works(GridData.PointData point, String strategy) {
        GridData.Result result = point.of(strategy);
        return result == null ? new double[0] : result.cells().stream()
            .map(cell -> Figures.work(cell, point.at().getOrDefault(Guide.EVENTS, 0.0),
                point.at().getOrDefault(Guide.ATTACHES, 0.0)))
            .filter(work -> work != null).mapToDouble(Double::doubleValue).toArray();
    }

    /** Median of the cells; NaN without a valid one. */
    private static double work(GridData.PointData point, String strategy) {
        return Median.of(works(point, strategy));
    }

    private static double[] always(GridData measured, String strategy) {
        return measured.points().stream()
            .filter(point -> !Double.isNaN(work(point, strategy)))
            .mapToDouble(point -> work(point, strategy) / work(point, best(measured, point)) - 1).sorted().toArray();
    }

    /** {@return median over the scenarios, as a share: NaN without a scenario} */
    public double median(ToDoubleFunction<Judged> regret) {
        return Median.of(sorted(regret));
    }

    /** {@return the worst of the scenarios, as a share: NaN without a scenario} */
    public double worst(ToDoubleFunction<Judged> regret) {
        double[] sorted = sorted(regret);
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length - 1];
    }

    private double[] sorted(ToDoubleFunction<Judged> regret) {
        return scenarios.stream().mapToDouble(regret).filter(one -> !Double.isNaN(one)).sorted().toArray();
    }
}
