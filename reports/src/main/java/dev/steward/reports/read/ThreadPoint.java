package dev.steward.reports.read;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What so many threads did together, once. Immutable.
 *
 * @param subject   what was measured, without the number of threads
 * @param threads   1 or more
 * @param perSecond operations of all threads together, above 0
 */
public record ThreadPoint(String subject, int threads, double perSecond) {
    private static final Map<String, Double> SECONDS =
        Map.of("ns", 1e-9, "us", 1e-6, "ms", 1e-3, "s", 1.0, "min", 60.0, "hr", 3600.0);

    /** One point for each fork, whose iterations share a JVM; none in mode {@code ss} or of unknown threads or unit. */
    public static List<ThreadPoint> of(JmhResults.Result result) {
        Stream<Double> scores = result.rawData().isEmpty() ? Stream.of(result.score())
            : result.rawData().stream().map(fork ->
                fork.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN));
        return result.threads() < 1 || result.mode().equals("ss") ? List.of()
            : scores.map(score -> perSecond(result, score)).filter(rate -> rate > 0 && !Double.isInfinite(rate))
                .map(rate -> new ThreadPoint(result.label() + " (" + result.mode() + ")", result.threads(), rate))
                .toList();
    }

    /** JMH adds the throughputs of its threads up, and takes the mean of their times. */
    private static double perSecond(JmhResults.Result result, double score) {
        String[] unit = result.unit().split("/");
        if (unit.length != 2) {
            return Double.NaN;
        }
        return result.largerIsBetter() ? score / SECONDS.getOrDefault(unit[1], Double.NaN)
            : result.threads() / (score * SECONDS.getOrDefault(unit[0], Double.NaN));
    }
}
