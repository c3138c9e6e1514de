package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.steward.catalog.Strategies;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.strategy.Strategy;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers for programs: each is one document, alone on standard output, and says what the answer for people says. */
final class JsonOutputTest {
    private static final ObjectMapper JSON =
        new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final String RESULT =
        Cli.checkout("reports/src/test/resources/commit-1031f34/compare").toString();
    private static final String[] GUIDE =
        {"guide", "--events", "100k/s", "--attach", "200/s", "--streams", "1024", "--section", "500ns"};

    @TempDir
    private Path folder;

    @Test
    void shouldShowARun() throws IOException {
        JsonNode run = document("steward-show", ExitCode.OK, "show", RESULT).path("runs").path(0);
        String text = Cli.run("show", RESULT).out().replaceAll("\\s+", " ");

        assertThat(run.path("status").asText()).isEqualTo("complete");
        assertThat(texts(run.path("answer"))).isNotEmpty().allSatisfy(line -> assertThat(text).contains(line));
        assertThat(texts(run.path("warnings"))).isNotEmpty().allSatisfy(line -> assertThat(text).contains(line));
        assertThat(run.path("verdicts").path("standings")).isNotEmpty()
            .allSatisfy(standing -> assertThat(standing.path("medianNs").asDouble()).isPositive());
        assertThat(run.path("verdicts").path("pairs"))
            .allSatisfy(pair -> assertThat(pair.path("verdict").asText())
                .isIn("better", "worse", "no difference", "undecided"));
        assertThat(run.path("latencies")).isNotEmpty().allSatisfy(latency -> {
            assertThat(latency.path("figure").asText()).isIn("event", "attach");
            assertThat(latency.path("p50Ns").asLong()).isPositive().isLessThanOrEqualTo(latency.path("maxNs").asLong());
        });
    }

    @Test
    void shouldNameFoldersThatCannotBeShown() throws IOException {
        Cli.Outcome outcome = Cli.run("show", "--json", RESULT, folder.resolve("nowhere").toString());

        assertThat(texts(JSON.readTree(outcome.data()).path("unreadable"))).hasSize(1).first().asString()
            .contains("nowhere");
        assertThat(outcome.err()).contains("skipped: ");
    }

    @Test
    void shouldGuide() throws IOException {
        JsonNode answer = document("steward-guide", ExitCode.OK, GUIDE);
        String text = Cli.run(GUIDE).out().replaceAll("\\s+", " ");

        assertThat(text).contains("Use " + answer.path("recommended").asText());
        assertThat(answer.path("options").path(0).path("strategy").path("name").asText())
            .isEqualTo(answer.path("recommended").asText());
        assertThat(answer.path("options")).isNotEmpty().allSatisfy(option -> {
            JsonNode event = option.path("event");
            double medianNs = event.path("medianNs").asDouble();
            assertThat(event.path("lowNs").asDouble()).isPositive().isLessThanOrEqualTo(medianNs);
            assertThat(event.path("highNs").asDouble()).isGreaterThanOrEqualTo(medianNs);
            assertThat(option.path("attach").path("medianNs").asDouble()).isPositive();
        });
        assertThat(answer.path("excluded")).isNotEmpty().allSatisfy(one ->
            assertThat(text).contains(one.path("strategy").asText() + ": " + one.path("reason").asText()));
        assertThat(texts(answer.path("asGood"))).allSatisfy(name -> assertThat(text).contains(name));
        assertThat(answer.path("otherRules").path("event alone").asText()).isNotEmpty();
        assertThat(answer.path("question").path("at").path("storm.rate").asDouble()).isEqualTo(100_000);
        assertThat(answer.path("question").path("at").path("section").asDouble()).isEqualTo(500);
        assertThat(answer.path("crossovers").isArray()).isTrue();
        assertThat(answer.path("notes")).isEmpty();
    }

    @Test
    void shouldGuideWithBoundsAndWhereNothingKeepsThem() throws IOException {
        JsonNode kept = document("steward-guide", ExitCode.OK, and(GUIDE, "--slo", "event.raw.p50<=1s"));
        assertThat(kept.path("options").path(0).path("bounds").path(0).path("figure").asText())
            .isEqualTo("event.raw.p50");
        assertThat(kept.path("question").path("bounds").path(0).path("limitNs").asLong()).isEqualTo(1_000_000_000);

        JsonNode broken = document("steward-guide", ExitCode.FAILED, and(GUIDE, "--slo", "event.raw.p50<=1ns"));
        assertThat(broken.has("recommended")).isFalse();
        assertThat(broken.path("options")).isEmpty();
        assertThat(broken.path("excluded")).isNotEmpty();
    }

    @Test
    void shouldSayWhereItAnsweredOtherThanAsked() throws IOException {
        JsonNode answer = document("steward-guide", ExitCode.OK,
            "guide", "--events", "1/s", "--attach", "200/s", "--streams", "1024", "--section", "500ns");

        assertThat(texts(answer.path("notes"))).hasSize(1).first().asString().startsWith("--events 1/s is below");
    }

    @Test
    void shouldDiff() throws IOException {
        String before = jmh("before.json", 100);
        String after = jmh("after.json", 130);
        JsonNode diff = document("steward-diff", ExitCode.FAILED, "diff", before, after, "--fail-on", "worse");

        assertThat(diff.path("before").asText()).isEqualTo(before);
        assertThat(diff.path("counts").path("worse").asInt()).isEqualTo(1);
        JsonNode one = diff.path("comparisons").path(0);
        assertThat(one.path("verdict").asText()).isEqualTo("worse");
        assertThat(one.path("reason").asText()).isEqualTo("differs");
        assertThat(one.path("ratio").asDouble()).isBetween(1.29, 1.31);
        assertThat(one.path("ratioLow").asDouble()).isLessThan(one.path("ratioHigh").asDouble());
    }

    @Test
    void shouldLeaveOutOfADiffWhatIsNotKnown() throws IOException {
        String file = Files.writeString(folder.resolve("one.json"), jmhText("[1.0]")).toString();
        JsonNode one = document("steward-diff", ExitCode.UNDECIDED, "diff", file, file)
            .path("comparisons").path(0);

        assertThat(one.path("verdict").asText()).isEqualTo("undecided");
        assertThat(one.has("ratioLow")).isFalse();
        assertThat(one.path("repeatsNeeded").isInt()).isTrue();
    }

    @Test
    void shouldListHistory() throws IOException {
        String store = folder.resolve("history.db").toString();
        assertThat(Cli.run("history", "add", RESULT, "--store", store).code()).isZero();
        JsonNode run = document("steward-history", ExitCode.OK, "history", "list", "--store", store)
            .path("runs").path(0);
        JsonNode series = document("steward-history", ExitCode.OK, "history", "show", "--store", store).path("series");

        assertThat(run.path("folder").asText()).isEqualTo(RESULT);
        assertThat(run.path("commit").asText()).isNotEmpty();
        assertThat(series).isNotEmpty().allSatisfy(one -> {
            assertThat(one.path("figure").asText()).isNotEmpty();
            assertThat(one.path("points").path(0).path("runId").asText()).isEqualTo(run.path("id").asText());
            assertThat(one.path("points").path(0).path("valueNs").asDouble()).isPositive();
            assertThat(one.path("changes").isArray()).isTrue();
        });
    }

    @Test
    void shouldListStrategies() throws IOException {
        JsonNode all = document("steward-strategies", ExitCode.OK, "strategies").path("strategies");
        assertThat(all.findValuesAsText("name")).containsExactlyElementsOf(
            Stream.concat(Strategies.all().stream(), Strategies.designs().stream())
                .map(Strategy::description).map(description -> description.name()).toList());
        assertThat(all).allSatisfy(one -> {
            assertThat(one.path("kernelPrimitive").asText()).isNotEmpty();
            assertThat(one.path("ranked").isBoolean()).isTrue();
        });

        JsonNode named = document("steward-strategies", ExitCode.OK, "strategies", "rcu-page:qsbr:deferred", "designs")
            .path("strategies");
        assertThat(named.path(0).path("quiescence").asText()).isEqualTo("at-destroy");
        assertThat(named.path(0).has("design")).isFalse();
        assertThat(named.path(1).path("design").path("origin").asText()).isNotEmpty();
    }

    @Test
    void shouldRefuseTwoForms() {
        Cli.Outcome outcome = Cli.run("strategies", "--json", "--format", "md");

        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).startsWith("steward: --json and --format md: name one");
        assertThat(outcome.data()).isEmpty();
    }

    @Test
    void shouldListScenariosAndKeys() throws IOException {
        JsonNode scenarios = document("steward-scenarios", ExitCode.OK, "scenarios").path("scenarios");
        assertThat(scenarios.path(0).path("name").asText()).isEqualTo("default");
        assertThat(scenarios).allSatisfy(one ->
            assertThat(one.path("settings").path("storm.rate").asText()).endsWith("/s"));

        JsonNode keys = document("steward-scenarios", ExitCode.OK, "scenarios", "--keys").path("keys");
        assertThat(keys).hasSize(ScenarioKey.values().length);
        assertThat(keys.findValuesAsText("key")).contains("storm.rate");
        assertThat(keys).allSatisfy(key -> assertThat(key.path("allowed").asText()).isNotEmpty());
    }

    @Test
    void shouldTorture() throws IOException {
        JsonNode result = document("steward-torture", ExitCode.OK, "torture", "--strategy", "mutex", "--time", "50ms");

        assertThat(result.path("timeMs").asInt()).isEqualTo(50);
        JsonNode mutex = result.path("strategies").path(0);
        assertThat(mutex.path("strategy").asText()).isEqualTo("mutex");
        assertThat(mutex.path("reads").asLong()).isPositive();
        assertThat(mutex.path("violations").asLong()).isZero();
        assertThat(mutex.path("longestAttachNs").asLong()).isPositive();
    }

    @Test
    void shouldReadTheLogOfAKernel() throws IOException {
        String log = Cli.checkout("loadgen/src/test/resources/kernel/6.1.0-57-rt-amd64.log").toString();
        JsonNode measurements = document("steward-kernel", ExitCode.OK, "kernel", "read", log).path("measurements");

        assertThat(measurements).hasSize(22).allSatisfy(one -> {
            assertThat(one.path("run").path("kernel").asText()).isEqualTo("6.1.0-57-rt-amd64");
            assertThat(one.path("figures")).isNotEmpty().allSatisfy(figure ->
                assertThat(figure.path("minNs").asDouble()).isLessThanOrEqualTo(figure.path("meanNs").asDouble()));
        });
        assertThat(measurements.valueStream().filter(one -> one.path("control").asBoolean())
            .mapToLong(one -> one.path("violations").path("torn").asLong()).sum()).isPositive();
    }

    @Test
    void shouldEndQuietlyWhenTheReaderHasGone() {
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        Cli.Outcome outcome = Cli.runInto(gone, "scenarios", "--json");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.err()).isEmpty();
    }

    /** Runs a command for a program: nothing but the document on standard output, and nothing that JSON has not. */
    private static JsonNode document(String format, int code, String... command) throws IOException {
        Cli.Outcome outcome = Cli.run(and(command, "--json"));

        assertThat(outcome.code()).as(outcome.err()).isEqualTo(code);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.data()).doesNotContain("\"NaN\"", "Infinity\"", " : null").endsWith("}\n");
        JsonNode document = JSON.readTree(outcome.data());
        assertThat(document.path("format").asText()).isEqualTo(format);
        assertThat(document.path("version").asInt()).isEqualTo(1);
        JsonNode schema = JSON.readTree(schema(format));
        assertThat(unnamed("", document, schema)).as("fields that the schema does not name").isEmpty();
        assertThat(errors(schema, document)).isEmpty();
        schema.path("required").forEach(field ->
            assertThat(errors(schema, ((ObjectNode) document.deepCopy()).without(field.asText()))).isNotEmpty());
        return document;
    }

    private static String schema(String format) {
        return Pages.text(Cli.checkout("docs/schemas/" + format.replace("steward-", "") + "-v1.schema.json"));
    }

    private static List<String> errors(JsonNode schema, JsonNode document) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12,
                registry -> registry.schemas(Map.of("urn:steward:verdicts:1", schema("steward-verdicts"))))
            .getSchema(schema.toString(), InputFormat.JSON).validate(document.toString(), InputFormat.JSON).stream()
            .map(Object::toString).toList();
    }

    private static List<String> unnamed(String path, JsonNode value, JsonNode schema) {
        if (schema.has("$ref")) {
            return List.of();
        }
        return value.isArray()
            ? value.valueStream().flatMap(one -> unnamed(path + "[]", one, schema.path("items")).stream()).toList()
            : value.propertyStream().flatMap(field -> {
                String name = path + "." + field.getKey();
                JsonNode said = schema.path("properties").path(field.getKey());
                return said.isMissingNode() && !schema.has("additionalProperties") ? Stream.of(name)
                    : unnamed(name, field.getValue(), said).stream();
            }).toList();
    }

    private static String[] and(String[] command, String... more) {
        return Stream.concat(Stream.of(command), Stream.of(more)).toArray(String[]::new);
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).toList();
    }

    private String jmh(String name, double level) throws IOException {
        StringBuilder raw = new StringBuilder("[" + level + "]");
        for (int fork = 1; fork < 8; fork++) {
            raw.append(",[").append(level * (1 + 0.001 * fork)).append(']');
        }
        return Files.writeString(folder.resolve(name), jmhText(raw.toString())).toString();
    }

    private static String jmhText(String raw) {
        return "[{\"benchmark\":\"a.B.c\",\"mode\":\"avgt\","
            + "\"primaryMetric\":{\"scoreUnit\":\"ns/op\",\"rawData\":[" + raw + "]}}]";
    }
}
