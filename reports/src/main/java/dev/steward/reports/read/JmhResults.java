package dev.steward.reports.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.steward.results.JsonRefusal;
import dev.steward.results.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The JSON that JMH writes with {@code -rf json}. Immutable.
 *
 * @param machine what JMH says of the JVM; it does not name the machine
 * @param remarks entries that could not be used, by their place in the file
 */
public record JmhResults(List<Result> results, String machine, List<String> remarks) {
    private static final ObjectMapper MAPPER =
        // Whoever rewrites such a file may take the quotes off "NaN".
        JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

    /**
     * One benchmark.
     *
     * @param threads   of all groups together; 0 if the file does not say
     * @param unit      of the score, for example {@code ns/op}
     * @param score     NaN if JMH wrote none
     * @param rawData   scores of the iterations, one list for each fork; empty in mode {@code sample}
     * @param sampled   what mode {@code sample} recorded in all forks, null in other modes
     * @param percentiles of the values behind the score, by their names: {@code 0.0}, {@code 50.0}, {@code 99.0}
     */
    public record Result(
        String benchmark, String mode, int threads, Map<String, String> params, String unit, double score,
        List<List<Double>> rawData, SampledValues sampled, Map<String, Double> percentiles) {
        /** {@return the benchmark as people call it: class and method without the package, and the parameters} */
        public String label() {
            String[] parts = benchmark.split("\\.");
            String name = parts.length < 2 ? benchmark : parts[parts.length - 2] + "." + parts[parts.length - 1];
            return params.isEmpty() ? name : name + params.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue()).collect(Collectors.joining(", ", " ", ""));
        }

        /** The scores of all iterations of all forks. */
        public List<Double> values() {
            return rawData.stream().flatMap(List::stream).toList();
        }

        /** Whether a larger score is a better one. */
        public boolean largerIsBetter() {
            return mode.equals("thrpt");
        }
    }

    /**
     * Reads a file. An entry that cannot be used is named in the remarks and skipped.
     *
     * @return its results, at least one
     * @throws IOException with a one-line reason, without the file's name
     */
    public static JmhResults read(Path file) throws IOException {
        JsonNode tree = tree(file);
        if (!tree.isArray()) {
            throw new IOException("not a JSON array as JMH writes it");
        }
        List<Result> results = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        Set<String> machines = new LinkedHashSet<>();
        for (int entry = 0; entry < tree.size(); entry++) {
            JsonNode node = tree.get(entry);
            String missing = missing(node);
            if (missing != null) {
                remarks.add("entry " + (entry + 1) + " has no " + missing + " and is skipped");
                continue;
            }
            results.add(result(node));
            if (node.hasNonNull("vmName")) {
                machines.add(node.get("vmName").asText() + " " + node.path("vmVersion").asText());
            }
        }
        if (results.isEmpty()) {
            throw new IOException("holds no benchmark of JMH");
        }
        return new JmhResults(results,
            machines.isEmpty() ? ForeignResult.UNKNOWN_MACHINE
                : ForeignResult.UNKNOWN_MACHINE + ", " + String.join(", ", machines), remarks);
    }

    /** The JSON as it stands; throws as {@link #read} does. */
    public static JsonNode tree(Path file) throws IOException {
        try {
            return MAPPER.readTree(WholeFile.text(file));
        } catch (JsonProcessingException e) {
            throw new IOException(JsonRefusal.of(e), e);
        }
    }

    private static String missing(JsonNode node) {
        for (String field : List.of("benchmark", "mode")) {
            if (!node.path(field).isTextual()) {
                return field;
            }
        }
        return node.path("primaryMetric").path("scoreUnit").isTextual() ? null : "primaryMetric.scoreUnit";
    }

    private static Result result(JsonNode node) {
        Map<String, String> params = new LinkedHashMap<>();
        node.path("params").properties().forEach(entry -> params.put(entry.getKey(), entry.getValue().asText()));
        JsonNode metric = node.get("primaryMetric");
        List<List<Double>> raw = new ArrayList<>();
        metric.path("rawData").forEach(fork -> {
            List<Double> scores = new ArrayList<>();
            fork.forEach(score -> {
                if (score.isNumber()) {
                    scores.add(score.asDouble());
                }
            });
            raw.add(scores);
        });
        // JMH writes NaN as text.
        Map<String, Double> percentiles = new LinkedHashMap<>();
        metric.path("scorePercentiles").properties().forEach(entry -> percentiles.put(
            entry.getKey(), entry.getValue().isNumber() ? entry.getValue().asDouble() : Double.NaN));
        double score = metric.path("score").isNumber() ? metric.get("score").asDouble() : Double.NaN;
        return new Result(node.get("benchmark").asText(), node.get("mode").asText(), node.path("threads").asInt(),
            params, metric.get("scoreUnit").asText(), score, raw, SampledValues.of(metric.path("rawDataHistogram")),
            percentiles);
    }
}
