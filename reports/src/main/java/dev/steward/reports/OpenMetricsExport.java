package dev.steward.reports;

import dev.steward.reports.summary.LoadRate;
import dev.steward.reports.summary.Run;
import dev.steward.reports.summary.RunSet;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.results.Distribution;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * OpenMetrics text 1.0: latencies as a summary in seconds, rates and cells as gauges. The writer is that of the
 * Prometheus client: escapes, order and the end mark are its business.
 */
final class OpenMetricsExport {
    private static final double NANOSECONDS_PER_SECOND = 1e9;
    private static final double[] QUANTILES = {0.5, 0.9, 0.99, 0.999};

    private OpenMetricsExport() {
    }

    static String of(RunSet runs) {
        SummarySnapshot.Builder latency = SummarySnapshot.builder().name("steward_latency_seconds").unit(Unit.SECONDS)
            .help("Latency by operation, all valid repeats added up.");
        for (Operation operation : Operation.of(runs)) {
            latency.dataPoint(point(operation));
        }
        MetricSnapshots.Builder all = MetricSnapshots.builder().metricSnapshot(latency.build());
        all.metricSnapshot(perStrategy(runs, "steward_offered_events_per_second", "Events asked for by the scenario.",
            strategy -> target(strategy.storm())));
        all.metricSnapshot(perStrategy(runs, "steward_achieved_events_per_second", "Events that were generated.",
            strategy -> achieved(strategy.storm())));
        all.metricSnapshot(perStrategy(runs, "steward_offered_attaches_per_second",
            "Attach operations asked for by the scenario.", strategy -> target(strategy.churn())));
        all.metricSnapshot(perStrategy(runs, "steward_achieved_attaches_per_second",
            "Attach operations that were carried out.", strategy -> achieved(strategy.churn())));
        all.metricSnapshot(perStrategy(runs, "steward_cells_planned", "Cells of the plan.",
            strategy -> (double) strategy.planned()));
        all.metricSnapshot(perStrategy(runs, "steward_cells_valid", "Cells that may be believed.",
            strategy -> (double) strategy.valid()));
        all.metricSnapshot(perStrategy(runs, "steward_oracle_violations",
            "Violations that the oracles saw, in INVALID cells too.",
            strategy -> (double) strategy.oracles().stream().mapToLong(oracle -> oracle.violations()).sum()));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            OpenMetricsTextFormatWriter.create().write(bytes, all.build(), EscapingScheme.ALLOW_UTF8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static SummarySnapshot.SummaryDataPointSnapshot point(Operation operation) {
        Distribution merged = operation.merged();
        List<Quantile> quantiles = new ArrayList<>();
        for (double quantile : QUANTILES) {
            if (dev.steward.reports.summary.Quantile.of(merged, quantile).support()
                != dev.steward.reports.summary.Quantile.Support.NONE) {
                quantiles.add(new Quantile(quantile, merged.valueAtNs(quantile) / NANOSECONDS_PER_SECOND));
            }
        }
        return SummarySnapshot.SummaryDataPointSnapshot.builder().count(merged.count())
            .sum(merged.meanNs() * merged.count() / NANOSECONDS_PER_SECOND).quantiles(Quantiles.of(quantiles))
            .labels(labels(operation.run(), operation.strategy()).merge(
                Labels.of("operation", operation.tag()))).build();
    }

    private static GaugeSnapshot perStrategy(
        RunSet runs, String name, String help, Function<StrategySummary, Double> value) {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
        for (Run run : runs.runs()) {
            run.summary().strategies().filter(strategy -> value.apply(strategy) != null).forEach(strategy ->
                gauge.dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                    .labels(labels(run, strategy)).value(value.apply(strategy)).build()));
        }
        return gauge.build();
    }

    private static Labels labels(Run run, StrategySummary strategy) {
        return Labels.of("scenario", run.scenario(), "host", run.host(), "strategy", strategy.info().name(),
            "path", strategy.path());
    }

    private static Double target(LoadRate rate) {
        return rate == null ? null : rate.targetPerSecond();
    }

    private static Double achieved(LoadRate rate) {
        return rate == null ? null : rate.achievedPerSecond();
    }
}
