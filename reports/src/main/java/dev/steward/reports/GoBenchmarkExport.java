package dev.steward.reports;

import dev.steward.results.Wording;
import dev.steward.reports.summary.Quantile;
import dev.steward.reports.summary.Run;
import dev.steward.reports.summary.RunSet;
import dev.steward.results.Distribution;
import dev.steward.results.RunManifest;
import java.util.List;
import java.util.Locale;

/**
 * Go benchmark data: configuration lines, unit lines, and one line for each repeat, so that benchstat has samples to
 * compare. The format is that of https://go.dev/design/14313-benchmark-format; units end in {@code ns}, which benchstat
 * turns into seconds.
 */
final class GoBenchmarkExport {
    private GoBenchmarkExport() {
    }

    static String of(RunSet runs) {
        StringBuilder text = new StringBuilder("pkg: dev.steward\n");
        for (String unit : List.of("ns/op", "p50-latency-ns", "p99-latency-ns", "p99.9-latency-ns")) {
            text.append("Unit ").append(unit).append(" better=lower\n");
        }
        for (Run run : runs.runs()) {
            text.append('\n');
            RunManifest manifest = run.summary().run();
            line(text, "scenario", run.scenario());
            line(text, "host", run.host() + ": " + runs.hosts().get(run.host()));
            line(text, "cpu", manifest.environment().stream().filter(fact -> fact.key().equals("cpu"))
                .map(RunManifest.EnvironmentEntry::value).findFirst().orElse(""));
            line(text, "commit", manifest.commit());
            line(text, "seed", Long.toString(manifest.seed()));
            for (Operation operation : Operation.of(new RunSet(
                List.of(run), runs.hosts(), List.of(), List.of(), List.of()))) {
                operation.repeats().forEach(values -> result(text, operation, values));
            }
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append(key).append(": ").append(value.replaceAll("\\s+", " ").strip()).append('\n');
    }

    private static void result(StringBuilder text, Operation operation, Distribution values) {
        text.append("Benchmark").append(nameOf(operation.tag())).append("/strategy=")
            .append(word(operation.strategy().info().name())).append("/path=").append(word(operation.strategy().path()))
            .append(' ').append(values.count())
            .append(Wording.format(" %.1f ns/op", values.meanNs()));
        figure(text, values, 0.5, "p50");
        figure(text, values, 0.99, "p99");
        figure(text, values, 0.999, "p99.9");
        text.append('\n');
    }

    private static void figure(StringBuilder text, Distribution values, double quantile, String name) {
        Quantile value = Quantile.of(values, quantile);
        if (value.support() != Quantile.Support.NONE) {
            text.append(' ').append(value.valueNs()).append(' ').append(name).append("-latency-ns");
        }
    }

    /** {@code event.enqueue} becomes {@code EventEnqueue}. */
    private static String nameOf(String tag) {
        StringBuilder name = new StringBuilder();
        for (String part : word(tag).split("[._]")) {
            if (!part.isEmpty()) {
                name.append(part.substring(0, 1).toUpperCase(Locale.ROOT)).append(part.substring(1));
            }
        }
        return name.toString();
    }

    /** A slash or any space of Unicode would end the name; a last part like {@code -8} would be a number of CPUs. */
    private static String word(String text) {
        return text.replaceAll("(?U)[\\s/\\p{Cntrl}]+", "_").replaceAll("-(\\d+)$", "_$1");
    }
}
