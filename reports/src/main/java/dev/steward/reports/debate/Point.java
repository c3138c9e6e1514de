package dev.steward.reports.debate;

import dev.steward.reports.debate.Question.Claim;
import dev.steward.reports.read.JmhResults;
import dev.steward.reports.read.ResultFolder;
import dev.steward.reports.read.ThreadPoint;
import dev.steward.reports.statistics.MeanInterval;
import dev.steward.reports.summary.Summary;
import dev.steward.reports.verdict.TurnLoads;
import dev.steward.reports.verdict.TurnRounds;
import dev.steward.results.RunManifest;
import dev.steward.results.TurnRecord;
import dev.steward.results.UnreadableResultsException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hipparchus.stat.StatUtils;

/** What was measured at one point of a question: turns of a comparison, or a benchmark. */
interface Point {
    /** Values of the axes. */
    Map<String, Double> at();

    /** What a claim is about, in logarithms: a ratio, or a figure; null if it was not measured twice. */
    MeanInterval measured(Claim claim);

    /** Median of a claim's figure with a strategy in nanoseconds, of all generations of JVMs; NaN without any. */
    double medianNs(Claim claim, String strategy);

    /**
     * What a comparison found; cells are read only if they are asked for.
     *
     * @param offered whether the machine kept up with the load
     */
    record OfTurns(
        Map<String, Double> at, Path folder, RunManifest run, Map<String, TurnRounds> byPath, boolean offered)
        implements Point {
        static OfTurns read(Map<String, Double> at, Path folder) {
            ResultFolder result = ResultFolder.read(folder);
            Map<String, TurnRounds> byPath = new LinkedHashMap<>();
            if (result.run().turns() != null) {
                result.run().paths().forEach(path ->
                    byPath.put(path, TurnRounds.of(result.turns(), result.run().turns(), path)));
            }
            return new OfTurns(at, folder, result.run(), byPath, offered(result.turns()));
        }

        /** Whether each contestant got each load on each path in most of its turns. */
        private static boolean offered(List<TurnRecord> turns) {
            return turns.stream().filter(turn -> turn.round() > 0 && turn.kept())
                .collect(Collectors.groupingBy(turn -> List.of(turn.strategy(), turn.path()))).values().stream()
                .flatMap(taken -> TurnLoads.started(taken).values().stream())
                .allMatch(share -> share >= TurnLoads.LEAST_STARTED);
        }

        Summary summary() {
            return Summary.of(ResultFolder.read(folder));
        }

        @Override
        public MeanInterval measured(Claim claim) {
            double[] values = claim.against() == null ? logs(claim, claim.of())
                : rounds(claim).paired(claim.median(), claim.against(), claim.of()).logs();
            return values.length < 2 ? null : MeanInterval.trimmed(values);
        }

        @Override
        public double medianNs(Claim claim, String strategy) {
            return Math.exp(StatUtils.mean(logs(claim, strategy)));
        }

        private double[] logs(Claim claim, String strategy) {
            return rounds(claim).logs(claim.median(), strategy);
        }

        private TurnRounds rounds(Claim claim) {
            String path = claim.path() == null ? run.paths().get(0) : claim.path();
            TurnRounds rounds = byPath.get(path);
            if (rounds == null) {
                throw new UnreadableResultsException(folder + ": no turns were taken on path " + path, null);
            }
            return rounds;
        }
    }

    /** A benchmark with so many threads; each fork is a JVM of its own. */
    record OfThreads(int threads, Map<String, double[]> rates) implements Point {
        /** Name of the axis. */
        static final String AXIS = "threads";

        private static final double NS_PER_S = 1e9;

        static Point of(int threads, JmhResults results) {
            return new OfThreads(threads, results.results().stream().collect(Collectors.toMap(
                result -> result.params().get("strategy"),
                result -> ThreadPoint.of(result).stream().mapToDouble(ThreadPoint::perSecond).toArray(),
                (one, other) -> one, LinkedHashMap::new)));
        }

        @Override
        public Map<String, Double> at() {
            return Map.of(AXIS, (double) threads);
        }

        @Override
        public MeanInterval measured(Claim claim) {
            double[] of = logs(claim.of());
            double[] against = claim.against() == null ? of : logs(claim.against());
            return of.length < 2 || against.length < 2 ? null
                : claim.against() == null ? MeanInterval.of(of) : MeanInterval.of(of).minus(MeanInterval.of(against));
        }

        @Override
        public double medianNs(Claim claim, String strategy) {
            return Math.exp(StatUtils.percentile(logs(strategy), 50));
        }

        private double[] logs(String strategy) {
            return Arrays.stream(rates.getOrDefault(strategy, new double[0]))
                .map(rate -> Math.log(threads * NS_PER_S / rate)).toArray();
        }
    }
}
