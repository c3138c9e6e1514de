package dev.steward.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.steward.reports.read.JmhResults;
import dev.steward.reports.summary.RunSet;
import dev.steward.reports.summary.Summary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {
    private static final String HOSTILE = "a\"b,c\n| <b>\\ d\u00a0e\u2003f-8";

    private final RunSet standard = RunSet.of(Fixtures.standard());
    private final RunSet hostile = RunSet.of(hostile());

    @Test
    void shouldWriteTheGoldenFiles() {
        RunSet small = RunSet.of(Fixtures.summary(Fixture.of(List.of("mutex", "srcu"), List.of("ring"), 2)));
        Golden.assertSealed("report.md", MarkdownReport.of(small));
        Golden.assertSealed("report.csv", CsvExport.of(small));
        Golden.assertSealed("report.bench", GoBenchmarkExport.of(small));
        Golden.assertSealed("report.jmh.json", JmhExport.of(small));
        Golden.assertSealed("report.openmetrics", OpenMetricsExport.of(small));
    }

    @Test
    void shouldWriteTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            shouldWriteTheGoldenFiles();
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void shouldWriteWhatTurnsSaidAsRows() {
        Fixture fixture = Fixture.of(List.of("mutex", "srcu"), List.of("ring"), 1);
        String[] csv = CsvExport.of(RunSet.of(Fixtures.summary(
            fixture.turns(Turns.of(1, "mutex", "srcu").paths("ring").slower("srcu", 2))))).split("\n");

        assertThat(csv).filteredOn(row -> row.contains("event by turns")).hasSize(16)
            .anyMatch(row -> row.matches(".*,mutex,yes,ring,\"event by turns\",median,[56]\\d\\d[.0-9]*,ns,,,"))
            .anyMatch(row -> row.matches(
                ".*,srcu,yes,ring,\"event by turns against mutex\",\"ratio low\",1[.]\\d+,1,worse,,"))
            .anyMatch(row -> row.matches(".*,srcu,yes,ring,\"event by turns against mutex\",rounds,80,1,worse,,"));
    }

    @Test
    void shouldKeepMarkdownRowsAsLongAsTheirHeadsWhateverTheFilesSay() {
        int columns = 0;
        for (String line : MarkdownReport.of(hostile).lines().toList()) {
            assertThat(line).doesNotContain("<b>");
            if (line.startsWith("|")) {
                int here = line.replace("\\|", "").split("\\|", -1).length;
                assertThat(columns == 0 || here == columns).as(line).isTrue();
                columns = here;
            } else {
                columns = 0;
            }
        }
    }

    @Test
    void shouldReadCsvBackWithHostileNames() throws IOException {
        List<Map<String, String>> rows = new ArrayList<>();
        try (MappingIterator<Map<String, String>> iterator = new CsvMapper().readerFor(Map.class)
            .with(CsvSchema.emptySchema().withHeader()).readValues(CsvExport.of(hostile))) {
            iterator.forEachRemaining(rows::add);
        }

        assertThat(rows).isNotEmpty().allSatisfy(row -> {
            assertThat(row.get("strategy")).as("without control characters")
                .isEqualTo(HOSTILE.replaceAll("\\p{Cc}", "?"));
            assertThat(Double.parseDouble(row.get("value"))).isGreaterThanOrEqualTo(0);
        });
        Set<List<String>> keys = new HashSet<>();
        assertThat(rows).allMatch(row -> keys.add(List.of(row.get("scenario"), row.get("host"), row.get("strategy"),
            row.get("path"), row.get("operation"), row.get("figure"))));
    }

    /** The rules of the format's own page: keys, even number of fields, name, numbers, units. */
    @Test
    void shouldFollowTheGoBenchmarkFormat() {
        for (RunSet runs : List.of(standard, hostile)) {
            Map<String, Integer> lines = new HashMap<>();
            for (String line : GoBenchmarkExport.of(runs).lines().toList()) {
                if (line.startsWith("Benchmark")) {
                    // Go splits at any space of Unicode.
                    String[] fields = line.split("(?U)\\s+");
                    assertThat(fields.length).as(line).isGreaterThanOrEqualTo(4).isEven();
                    assertThat(fields[0]).matches("Benchmark[A-Z][A-Za-z0-9]*/strategy=[^/]+/path=[^/]+")
                        .doesNotMatch(".*-\\d+");
                    assertThat(Long.parseLong(fields[1])).isPositive();
                    for (int i = 2; i < fields.length; i += 2) {
                        assertThat(Double.parseDouble(fields[i])).isPositive();
                        assertThat(fields[i + 1]).matches("ns/op|p(50|99|99\\.9)-latency-ns");
                    }
                    lines.merge(fields[0], 1, Integer::sum);
                } else if (line.startsWith("Unit ")) {
                    assertThat(line).matches("Unit \\S+ better=(lower|higher)");
                } else if (!line.isEmpty()) {
                    assertThat(line).matches("[a-z][^\\sA-Z:]*: .*");
                }
            }
            assertThat(lines).isNotEmpty();
            if (runs == standard) {
                assertThat(lines).containsEntry("BenchmarkEventEnqueue/strategy=mutex/path=inline", 3)
                    .containsEntry("BenchmarkEventEnqueue/strategy=mutex/path=ring", 2);
            }
        }
    }

    @Test
    void shouldWriteJmhThatOurReaderAndAViewerUnderstand(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("jmh.json"), JmhExport.of(standard));
        JmhResults read = JmhResults.read(file);
        JsonNode tree = new ObjectMapper().readTree(file.toFile());

        assertThat(read.remarks()).isEmpty();
        assertThat(read.results()).hasSize(tree.size()).allSatisfy(result -> {
            assertThat(result.mode()).isEqualTo("avgt");
            assertThat(result.params()).containsKeys("strategy", "path", "scenario");
            assertThat(result.values().stream().mapToDouble(Double::doubleValue).average().orElseThrow())
                .isCloseTo(result.score(), within(0.002));
        });
        assertThat(tree).allSatisfy(entry -> {
            JsonNode metric = entry.get("primaryMetric");
            assertThat(metric.get("scoreConfidence")).hasSize(2);
            assertThat(metric.get("rawData")).hasSize(entry.get("forks").asInt());
            double last = 0;
            for (JsonNode percentile : metric.get("scorePercentiles")) {
                assertThat(percentile.asDouble()).isGreaterThanOrEqualTo(last);
                last = percentile.asDouble();
            }
        });
    }

    @Test
    void shouldGiveJmhsOwnErrorForThreeRepeats() {
        // R: qt(0.9995, df = 2) = 31.59905; sd of the three means / sqrt(3) times that.
        JsonNode metric = metricOf(standard, "event.enqueue", "rwlock", "ring");
        double[] means = new double[3];
        for (int i = 0; i < 3; i++) {
            means[i] = metric.get("rawData").get(i).get(0).asDouble();
        }
        double mean = Arrays.stream(means).average().orElseThrow();
        double sd = Math.sqrt(Arrays.stream(means).map(value -> (value - mean) * (value - mean)).sum() / 2);
        assertThat(metric.get("scoreError").asDouble()).isCloseTo(31.59905 * sd / Math.sqrt(3), within(0.05));
    }

    /** OpenMetrics 1.0: families in one piece, their descriptors first and once, units in names, one end. */
    @Test
    void shouldWriteWellFormedOpenMetrics() {
        for (RunSet runs : List.of(standard, hostile)) {
            String text = OpenMetricsExport.of(runs);
            assertThat(text).endsWith("\n# EOF\n").containsOnlyOnce("# EOF")
                .contains("# TYPE steward_latency_seconds summary\n")
                .contains("# UNIT steward_latency_seconds seconds\n").contains("# HELP steward_latency_seconds ");
            Set<String> series = new HashSet<>();
            Set<String> descriptors = new HashSet<>();
            Set<String> families = new HashSet<>();
            String family = "";
            for (String line : text.substring(0, text.length() - "# EOF\n".length()).split("\n")) {
                assertThat(line).matches("# (HELP|TYPE|UNIT) [a-z_]+ .+|"
                    + "[a-z_]+\\{([a-z]+=\"([^\"\\\\\\n]|\\\\[\\\\n\"])*\",?)+} [0-9.eE+-]+");
                if (line.startsWith("#")) {
                    String[] words = line.split(" ");
                    assertThat(descriptors.add(words[1] + words[2])).as(line).isTrue();
                    if (!words[2].equals(family)) {
                        family = words[2];
                        assertThat(families.add(family)).as(line).isTrue();
                    }
                    assertThat(series).as("descriptors stand before the samples").noneMatch(nameOf(family));
                    assertThat(words[1].equals("UNIT") && !family.endsWith("_" + words[3])).as(line).isFalse();
                } else {
                    assertThat(line).matches(family + "(_count|_sum)?\\{.*");
                    assertThat(series.add(line.substring(0, line.lastIndexOf(' ')))).as(line).isTrue();
                }
            }
        }
        assertThat(OpenMetricsExport.of(hostile)).contains("a\\\"b,c\\n| <b>\\\\ d");
    }

    private static Predicate<String> nameOf(String family) {
        return sample -> sample.startsWith(family + "{") || sample.matches(family + "_(count|sum)\\{.*");
    }

    private static JsonNode metricOf(RunSet runs, String tag, String strategy, String path) {
        try {
            for (JsonNode entry : new ObjectMapper().readTree(JmhExport.of(runs))) {
                if (entry.get("benchmark").asText().equals("dev.steward." + tag)
                    && entry.get("params").get("strategy").asText().equals(strategy)
                    && entry.get("params").get("path").asText().equals(path)) {
                    return entry.get("primaryMetric");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError(tag);
    }

    private static Summary hostile() {
        Fixture fixture = Fixture.of(List.of("mutex"), List.of("ring"), 1);
        fixture.run().put("scenarioName", HOSTILE).put("commit", HOSTILE).put("name", HOSTILE);
        fixture.run().withArray("strategies").forEach(strategy ->
            ((ObjectNode) strategy).put("name", HOSTILE));
        fixture.planned("mutex-ring-r1").put("strategy", HOSTILE);
        fixture.cell("mutex-ring-r1").put("strategy", HOSTILE);
        return Fixtures.summary(fixture);
    }
}
