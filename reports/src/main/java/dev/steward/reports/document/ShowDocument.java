package dev.steward.reports.document;

import dev.steward.reports.summary.Latency;
import dev.steward.reports.summary.Quantile;
import dev.steward.reports.summary.Run;
import dev.steward.reports.summary.RunSet;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.Summary;
import dev.steward.reports.table.Outline;
import dev.steward.reports.table.Sentences;
import dev.steward.results.RunManifest;
import dev.steward.results.Tags;
import dev.steward.results.Verdicts;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code show --json} prints. Immutable.
 *
 * @param unreadable one line for each folder that could not be used
 */
public record ShowDocument(String format, int version, List<OfRun> runs, List<String> unreadable) {
    /** {@return what is to be said of runs} */
    public static ShowDocument of(RunSet runs) {
        return new ShowDocument("steward-show", 1, runs.runs().stream().map(OfRun::of).toList(), runs.unreadable());
    }

    /**
     * One run.
     *
     * @param answer    the first lines of a report
     * @param warnings  what to know before the first figure
     * @param verdicts  medians and their pairs, by turns or else by the repeats of the cells
     * @param latencies of the cells, from the intended start
     * @param problems  planned cells that are not among the figures
     */
    public record OfRun(
        String scenario, String host, List<String> folders, RunManifest.Status status, String commit, long seed,
        List<String> answer, List<String> warnings, Verdicts verdicts, List<OfLatency> latencies,
        List<OfProblem> problems) {
        private static OfRun of(Run run) {
            Summary summary = run.summary();
            return new OfRun(run.scenario(), run.host(), run.folders(), summary.run().status(), summary.run().commit(),
                summary.run().seed(), Outline.answer(summary), Sentences.warnings(summary), summary.medians(),
                summary.strategies().flatMap(OfLatency::of).toList(),
                summary.problems().stream().map(problem -> new OfProblem(
                    problem.cellId(), problem.kind().word(), problem.reasons())).toList());
        }
    }

    /**
     * Latencies of one strategy.
     *
     * @param figure  {@code event} until its record stands in the vEVENTQ, or {@code attach}
     * @param counted cells that the figures rest on, of those planned
     * @param p50Ns   nanoseconds, as are the others; null if fewer than one value lies beyond
     * @param late    those of the percentiles of which half or more is the generator's own lateness
     */
    public record OfLatency(
        String path, String figure, String strategy, int counted, int planned, long count, Long p50Ns, Long p99Ns,
        Long p999Ns, long maxNs, List<String> late) {
        private static Stream<OfLatency> of(StrategySummary one) {
            return Stream.of(of(one, "event", Tags.EVENT_ENQUEUE), of(one, "attach", Tags.ATTACH))
                .filter(latency -> latency.count > 0);
        }

        private static OfLatency of(StrategySummary one, String figure, String tag) {
            Latency latency = one.latency(tag);
            return new OfLatency(one.path(), figure, one.info().name(), one.counted(), one.planned(), latency.count(),
                ns(latency.p50()), ns(latency.p99()), ns(latency.p999()), latency.maxNs(),
                Stream.of(late("p50Ns", latency.p50()), late("p99Ns", latency.p99()), late("p999Ns", latency.p999()))
                    .flatMap(Optional::stream).toList());
        }

        private static Optional<String> late(String name, Quantile quantile) {
            return quantile.support() == Quantile.Support.MACHINE ? Optional.of(name) : Optional.empty();
        }

        private static Long ns(Quantile quantile) {
            return quantile.support() == Quantile.Support.NONE ? null : quantile.valueNs();
        }
    }

    /** One cell, with what is wrong in a word and in sentences. */
    public record OfProblem(String cellId, String kind, List<String> reasons) {
    }
}
