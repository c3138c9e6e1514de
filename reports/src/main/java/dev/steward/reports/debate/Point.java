package dev.steward.reports.debate;

import dev.steward.reports.read.JmhResults;
import dev.steward.reports.read.ResultFolder;
import dev.steward.reports.read.ThreadPoint;
import dev.steward.reports.summary.GuardCost;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.Summary;
import dev.steward.reports.verdict.Sample;
import dev.steward.results.CellRecord;
import dev.steward.results.Distribution;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What was measured at one point of a question: the cells of a comparison, or a benchmark. */
interface Point {
    /** A percentile that so many values lie beyond is not marked. */
    int ENOUGH = 10;

    /** Where it lies, in words. */
    String where();

    /** In the order of the table. */
    List<String> strategies();

    /** For print; empty without a repeat that has it. */
    Optional<Span> span(String strategy, Figure figure);

    /** For the verdict: valid and steady repeats only. */
    Sample sample(String strategy, Figure figure);

    /** What a comparison says of a strategy besides; empty for a benchmark. */
    default Optional<StrategySummary> of(String strategy) {
        return Optional.empty();
    }

    /** What it takes of an event beyond its floor; empty for a benchmark. */
    default Optional<GuardCost> guardCost(String strategy) {
        return Optional.empty();
    }

    /** Cells of one path. */
    record OfCells(String where, Summary summary) implements Point {
        static Point read(String where, Path folder) {
            return new OfCells(where, Summary.of(ResultFolder.read(folder)));
        }

        @Override
        public List<String> strategies() {
            return summary.strategies().map(one -> one.info().name()).toList();
        }

        @Override
        public Optional<StrategySummary> of(String strategy) {
            return summary.strategies().filter(one -> one.info().name().equals(strategy)).findFirst();
        }

        @Override
        public Optional<GuardCost> guardCost(String strategy) {
            return of(strategy).flatMap(summary::guardCost);
        }

        @Override
        public Optional<Span> span(String strategy, Figure figure) {
            List<Distribution> repeats = of(strategy).stream().flatMap(one -> one.perRepeat().stream())
                .map(repeat -> repeat.of(figure.load().tag()))
                .filter(repeat -> repeat.count() * (1 - figure.quantile()) >= 1).toList();
            return repeats.isEmpty() ? Optional.empty() : Optional.of(Span.of(figure,
                repeats.stream().mapToDouble(repeat -> repeat.valueAtNs(figure.quantile())).toArray(),
                repeats.stream().anyMatch(repeat -> repeat.count() * (1 - figure.quantile()) < ENOUGH)));
        }

        @Override
        public Sample sample(String strategy, Figure figure) {
            return Sample.of(summary.verdicts().grades(), strategy, summary.paths().get(0).path(),
                figure.load().tag(), figure.load().steadyTag(), figure.quantile());
        }
    }

    /** A benchmark with so many threads; each fork is a repeat. */
    record OfThreads(String where, Map<String, double[]> rates, int threads) implements Point {
        private static final double NS_PER_S = 1e9;

        static Point of(String where, JmhResults results, int threads) {
            return new OfThreads(where, results.results().stream().collect(Collectors.toMap(
                result -> result.params().get("strategy"),
                result -> ThreadPoint.of(result).stream().mapToDouble(ThreadPoint::perSecond).toArray(),
                (one, other) -> one, LinkedHashMap::new)), threads);
        }

        @Override
        public List<String> strategies() {
            return List.copyOf(rates.keySet());
        }

        private double[] values(String strategy, Figure figure) {
            double[] together = rates.getOrDefault(strategy, new double[0]);
            return figure.lowerIsBetter()
                ? Arrays.stream(together).map(rate -> threads * NS_PER_S / rate).toArray() : together;
        }

        @Override
        public Optional<Span> span(String strategy, Figure figure) {
            double[] values = values(strategy, figure);
            return values.length == 0 ? Optional.empty() : Optional.of(Span.of(figure, values, false));
        }

        @Override
        public Sample sample(String strategy, Figure figure) {
            return new Sample(strategy, Arrays.stream(values(strategy, figure))
                .mapToObj(value -> new Sample.Value(value, CellRecord.UNKNOWN)).toList(), List.of());
        }
    }
}
