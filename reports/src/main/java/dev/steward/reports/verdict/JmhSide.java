package dev.steward.reports.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.reports.read.JmhResults;
import dev.steward.reports.read.SampledValues;
import dev.steward.results.CellRecord;
import dev.steward.results.UnreadableResultsException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads one side from the JSON that JMH writes ({@code -rf json}). The fork is what counts as a repeat: iterations of
 * one fork share a JVM. A fork's value is the mean of its iterations, as JMH's own score; in mode {@code sample} its
 * percentiles, from its iterations' values added up.
 */
final class JmhSide {
    private static final Map<String, Double> PERCENTILES =
        new TreeMap<>(Map.of("p50", 0.5, "p99", 0.99, "p99.9", 0.999));
    /** How long it was measured: worth a note, and the same benchmark all the same. */
    private static final List<String> LENGTH =
        List.of("warmupIterations", "warmupTime", "measurementIterations", "measurementTime");
    private static final List<String> MACHINE = List.of("jmhVersion", "jvm", "jdkVersion", "vmName", "vmVersion");

    private final Path file;
    private final Map<String, String> load = new LinkedHashMap<>();
    private final Map<String, String> machine = new LinkedHashMap<>();
    private final Map<Side.Key, Side.Series> series = new LinkedHashMap<>();

    private JmhSide(Path file) {
        this.file = file;
    }

    static Side read(Path file) {
        JmhSide side = new JmhSide(file);
        JsonNode results = tree(file);
        if (!results.isArray() || results.isEmpty()) {
            throw refused(file, "not a result file of JMH: no array of results", null);
        }
        for (int i = 0; i < results.size(); i++) {
            side.add(results.get(i), i + 1);
        }
        return new Side(file.toString(), Side.JMH, side.load, side.machine, side.series, List.of());
    }

    private static JsonNode tree(Path file) {
        try {
            return JmhResults.tree(file);
        } catch (NoSuchFileException e) {
            throw refused(file, "no such file", e);
        } catch (FileSystemException e) {
            throw refused(file, "cannot be read: " + e.getMessage(), e);
        } catch (IOException e) {
            throw refused(file, e.getMessage(), e);
        }
    }

    private static UnreadableResultsException refused(Path file, String reason, Throwable cause) {
        return new UnreadableResultsException(file + ": " + reason, cause);
    }

    private void add(JsonNode result, int number) {
        String benchmark = result.path("benchmark").asText();
        String mode = result.path("mode").asText();
        JsonNode metric = result.path("primaryMetric");
        if (benchmark.isEmpty() || mode.isEmpty() || !metric.isObject()) {
            throw refused(file, "result " + number + " has no benchmark, mode or primaryMetric", null);
        }
        String name = nameOf(result.path("params"));
        String group = benchmark.replaceFirst("^.*\\.(?=[^.]+\\.[^.]+$)", "");
        String unit = metric.path("scoreUnit").asText();
        load.put(group + " " + mode + " threads", result.path("threads").asText());
        LENGTH.forEach(key -> machine.put(group + " " + mode + " " + key, result.path(key).asText()));
        MACHINE.forEach(key -> machine.put(key, result.path(key).asText()));
        machine.put("jvmArgs", result.path("jvmArgs").toString());
        if (mode.equals("sample") && metric.path("rawDataHistogram").isArray()) {
            PERCENTILES.forEach((label, quantile) -> put(group, mode + " " + label, name, unit, true,
                histogramValues(metric.path("rawDataHistogram"), quantile, number)));
        } else {
            put(group, mode, name, unit, !mode.equals("thrpt"), means(metric.path("rawData"), number));
        }
    }

    private void put(
        String group, String figure, String name, String unit, boolean lowerIsBetter, List<Double> values) {
        List<Sample.Value> sample = values.stream().map(value -> new Sample.Value(value, CellRecord.UNKNOWN)).toList();
        if (series.put(new Side.Key(group, figure, name),
            new Side.Series(new Sample(name, sample, List.of()), lowerIsBetter, unit)) != null) {
            throw refused(file, group + " " + name + ", mode " + figure + ", is there twice", null);
        }
    }

    private static String nameOf(JsonNode params) {
        List<String> parts = new ArrayList<>();
        params.properties().forEach(entry -> parts.add(entry.getKey() + "=" + entry.getValue().asText()));
        return parts.isEmpty() ? "no parameters" : String.join(" ", parts);
    }

    private List<Double> means(JsonNode forks, int number) {
        List<Double> values = new ArrayList<>();
        for (JsonNode fork : forks) {
            double sum = 0;
            for (JsonNode iteration : fork) {
                sum += iteration.asDouble(Double.NaN);
            }
            values.add(positive(sum / fork.size(), number));
        }
        return required(values, number);
    }

    private List<Double> histogramValues(JsonNode forks, double quantile, int number) {
        List<Double> values = new ArrayList<>();
        for (JsonNode fork : forks) {
            SampledValues sampled = SampledValues.of(fork);
            values.add(positive(sampled == null ? Double.NaN : sampled.at(quantile), number));
        }
        return required(values, number);
    }

    private double positive(double value, int number) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw refused(file, "result " + number + " has raw data that are no numbers above 0", null);
        }
        return value;
    }

    private List<Double> required(List<Double> values, int number) {
        if (values.isEmpty()) {
            throw refused(file, "result " + number + " has no raw data", null);
        }
        return values;
    }
}
