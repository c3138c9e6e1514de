package dev.steward.reports.guide;

import dev.steward.results.GridData;
import dev.steward.results.Median;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What following a guide costs at scenarios that it was not measured at: the work of the recommended strategy against
 * the least of all that may be used, both measured there side by side. Beside it the same of an event and of an attach
 * alone, by which the guide chooses. Immutable.
 *
 * <p>The least of many noisy figures is partly the luckiest, so the plain regret is too high. Beside it stands one
 * without most of that bias: the best is chosen by all generations (or cells) but one, and both are judged by the one
 * held out; mean over them. What is left of it: a mean of ratios is a little too high, and a best that is chosen by
 * fewer is a little less often the best.
 *
 * @param left   scenarios that could not be judged, with the reason
 * @param always regrets of always taking one and the same strategy, rising, by name
 */
public record Regret(List<Judged> scenarios, List<String> left, Map<String, double[]> always) {
    /**
     * One scenario.
     *
     * @param best    least work of all that may be used
     * @param regret  work of the recommended over that of the best, less 1, with its interval
     * @param heldOut the same, judged by what the best was not chosen by; NaN if it was measured once only
     * @param event   event of the recommended over the shortest, less 1
     * @param attach  the same of an attach
     */
    public record Judged(
        GridData.PointData point, String recommended, String best, Estimate regret, double heldOut, double event,
        double attach) {
    }

    /** Judges a guide by scenarios drawn from within its grid, with the same strategies. */
    public static Regret of(Guide guide, GridData measured) {
        GridData there = guide.brought(measured);
        List<Judged> judged = new ArrayList<>();
        List<String> left = new ArrayList<>();
        Map<String, List<Double>> always = new LinkedHashMap<>();
        for (GridData.PointData point : there.points()) {
            Question question = Question.ofDriver(point.at());
            Guide.Outside outside = guide.outside(point.at());
            List<Option> advised = outside != null ? List.of() : guide.ask(question).best();
            List<Option> options = advised.isEmpty() ? List.of()
                : Guide.asMeasured(there.withPoints(List.of(point))).ask(question).options();
            Option chosen = advised.isEmpty() ? null : named(options, advised.get(0).strategy().name());
            if (chosen == null) {
                left.add(point.folder() + ": " + (outside != null ? outside : "no valid cells of the recommended one"));
                continue;
            }
            Option best = least(options, Option::work);
            judged.add(new Judged(point, chosen.strategy().name(), best.strategy().name(), loss(chosen, best),
                heldOut(options, chosen), over(chosen, options, Option::event), over(chosen, options, Option::attach)));
            options.forEach(option -> always.computeIfAbsent(option.strategy().name(), any -> new ArrayList<>())
                .add(loss(option, best).value()));
        }
        Map<String, double[]> rising = new LinkedHashMap<>();
        always.forEach((name, regrets) ->
            rising.put(name, regrets.stream().mapToDouble(Double::doubleValue).sorted().toArray()));
        return new Regret(judged, left, rising);
    }

    private static Option named(List<Option> options, String name) {
        return options.stream().filter(option -> option.strategy().name().equals(name)).findFirst().orElse(null);
    }

    private static Option least(List<Option> options, Function<Option, Sample> figure) {
        return options.stream().min((one, other) ->
            Double.compare(figure.apply(one).typical(), figure.apply(other).typical())).orElseThrow();
    }

    private static double over(Option chosen, List<Option> options, Function<Option, Sample> figure) {
        return figure.apply(chosen).typical() / figure.apply(least(options, figure)).typical() - 1;
    }

    private static Estimate loss(Option chosen, Option best) {
        Estimate ratio = chosen.work().with(best.work(), (own, least) -> own / least).estimate();
        double typical = chosen.work().typical() / best.work().typical();
        return new Estimate(typical - 1, ratio.low() - 1, ratio.high() - 1);
    }

    private static double heldOut(List<Option> options, Option chosen) {
        List<Double> losses = new ArrayList<>();
        for (int time : chosen.work().values().keySet()) {
            options.stream()
                .filter(option -> option.work().values().containsKey(time) && !without(option, time).isEmpty())
                .min((one, other) -> Double.compare(without(one, time).typical(), without(other, time).typical()))
                .ifPresent(best -> losses.add(
                    chosen.work().values().get(time) / best.work().values().get(time) - 1));
        }
        return losses.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    private static Sample without(Option option, int time) {
        Map<Integer, Double> others = new TreeMap<>(option.work().values());
        others.remove(time);
        return new Sample(option.work().generations(), others);
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
