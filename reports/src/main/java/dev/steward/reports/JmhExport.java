package dev.steward.reports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.results.Wording;
import dev.steward.reports.summary.Quantile;
import dev.steward.reports.summary.RunSet;
import dev.steward.results.Distribution;
import dev.steward.results.RunManifest;
import java.util.ArrayList;
import java.util.List;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.stat.descriptive.StreamingStatistics;

/**
 * JSON with the fields of JMH. A repeat stands for a fork with one iteration, since each ran in a JVM of its own: the
 * score is the mean over the repeats of their mean latency, its error the half width of the 99.9 % interval that JMH
 * gives. The percentiles are those of all recorded latencies together.
 */
final class JmhExport {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final double[] QUANTILES = {0.5, 0.9, 0.95, 0.99, 0.999, 0.9999};
    private static final double CONFIDENCE = 0.999;

    private JmhExport() {
    }

    static String of(RunSet runs) {
        ArrayNode entries = MAPPER.createArrayNode();
        Operation.of(runs).forEach(operation -> entry(entries.addObject(), operation, runs));
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(entries) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("entries are plain data", e);
        }
    }

    private static void entry(ObjectNode entry, Operation operation, RunSet runs) {
        RunManifest manifest = operation.run().summary().run();
        List<Distribution> repeats = operation.repeats();
        entry.put("jmhVersion", "steward " + manifest.stewardVersion())
            .put("benchmark", "dev.steward." + operation.tag()).put("mode", "avgt").put("threads", 1)
            .put("forks", repeats.size()).put("jvm", fact(manifest, "jvm")).putArray("jvmArgs");
        entry.put("vmName", fact(manifest, "jvm")).put("warmupIterations", 1).put("warmupTime", setting(manifest,
            "warmup")).put("warmupBatchSize", 1).put("measurementIterations", 1)
            .put("measurementTime", setting(manifest, "duration")).put("measurementBatchSize", 1);
        entry.putObject("params").put("strategy", operation.strategy().info().name())
            .put("path", operation.strategy().path()).put("scenario", operation.run().scenario())
            .put("host", runs.hosts().get(operation.run().host()));
        metric(entry.putObject("primaryMetric"), operation.merged(), repeats);
        entry.putObject("secondaryMetrics");
    }

    private static void metric(ObjectNode metric, Distribution merged, List<Distribution> repeats) {
        StreamingStatistics means = new StreamingStatistics();
        repeats.forEach(repeat -> means.addValue(repeat.meanNs()));
        double error = repeats.size() < 2 ? Double.NaN
            : new TDistribution(repeats.size() - 1.0).inverseCumulativeProbability((1 + CONFIDENCE) / 2)
                * means.getStandardDeviation() / Math.sqrt(repeats.size());
        metric.put("score", rounded(means.getMean()));
        ArrayNode confidence = MAPPER.createArrayNode();
        if (Double.isNaN(error)) {
            // As JMH itself writes it: JSON has no such number.
            metric.put("scoreError", "NaN");
            confidence.add("NaN").add("NaN");
        } else {
            metric.put("scoreError", rounded(error));
            confidence.add(rounded(means.getMean() - error)).add(rounded(means.getMean() + error));
        }
        metric.set("scoreConfidence", confidence);
        ObjectNode percentiles = metric.putObject("scorePercentiles");
        percentiles.put("0.0", merged.valueAtNs(Double.MIN_VALUE));
        List<Double> supported = new ArrayList<>();
        for (double quantile : QUANTILES) {
            if (Quantile.of(merged, quantile).support() != Quantile.Support.NONE) {
                supported.add(quantile);
            }
        }
        supported.forEach(quantile -> percentiles.put(nameOf(quantile), merged.valueAtNs(quantile)));
        percentiles.put("100.0", merged.maxNs());
        metric.put("scoreUnit", "ns/op");
        ArrayNode raw = metric.putArray("rawData");
        repeats.forEach(repeat -> raw.addArray().add(rounded(repeat.meanNs())));
    }

    private static String nameOf(double quantile) {
        String text = Wording.format("%.2f", quantile * 100);
        return text.endsWith("0") ? text.substring(0, text.length() - 1) : text;
    }

    private static double rounded(double ns) {
        return Math.rint(ns * 1000) / 1000;
    }

    private static String fact(RunManifest manifest, String key) {
        return manifest.environment().stream().filter(fact -> fact.key().equalsIgnoreCase(key))
            .map(RunManifest.EnvironmentEntry::value).findFirst().orElse("unknown");
    }

    private static String setting(RunManifest manifest, String key) {
        return manifest.scenario().getOrDefault(key, "unknown");
    }
}
