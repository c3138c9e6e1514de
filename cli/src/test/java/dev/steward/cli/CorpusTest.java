package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.engine.event.EventId;
import dev.steward.engine.event.EventRecordLayout;
import dev.steward.loadgen.log.KernelMessages;
import dev.steward.loadgen.log.LogAction;
import dev.steward.loadgen.log.LogRecord;
import dev.steward.loadgen.replay.TraceMaker;
import dev.steward.reports.read.ForeignFigure;
import dev.steward.reports.read.ForeignResult;
import dev.steward.results.ReplaySummary;
import dev.steward.results.Wording;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Logs and results of others, each held against what a correct reader gives: {@code right.json}, worked out by hand
 * from the pages beside the files. Copies stand in the resources; a whole corpus beside the checkout, or where the
 * property {@code steward.corpus} says, is walked too, with a {@code right.json} of its own if it has one.
 */
class CorpusTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Set<String> READ = Set.of("log", "trace", "txt", "hlog", "hgrm", "csv", "json");

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> shouldReadEachCopyAsItShouldBeRead() throws IOException {
        return tests(copies());
    }

    @TestFactory
    Stream<DynamicTest> shouldReadTheCorpusBesideTheCheckout() throws IOException {
        String named = System.getProperty("steward.corpus");
        Path corpus = named == null ? Home.path().resolve("../shared/corpus").normalize() : Path.of(named);
        assumeTrue(Files.isDirectory(corpus), "no corpus here");
        return tests(corpus);
    }

    @Test
    void shouldSayWhereEachCopyIsFrom() throws IOException {
        JsonNode right = right();
        for (String name : names(copies())) {
            assertThat(right.path(name).path("source").asText()).as(name).isNotBlank();
        }
        List<String> sourced = new ArrayList<>();
        right.properties().forEach(entry -> {
            if (entry.getValue().has("source")) {
                sourced.add(entry.getKey());
            }
        });
        assertThat(names(copies())).containsExactlyInAnyOrderElementsOf(sourced);
    }

    private Stream<DynamicTest> tests(Path corpus) throws IOException {
        ObjectNode right = right();
        Path own = corpus.resolve("right.json");
        if (Files.exists(own)) {
            right.setAll((ObjectNode) MAPPER.readTree(own.toFile()));
        }
        return names(corpus).stream().map(name -> DynamicTest.dynamicTest(name, () -> {
            Path file = corpus.resolve(name);
            JsonNode values = right.path(name);
            if (values.has("decode")) {
                decode(file, values.get("decode"));
            }
            if (values.has("replay")) {
                replay(file, values.get("replay"));
            }
            if (values.has("results")) {
                results(file, values.get("results"));
            }
            if (values.isMissingNode()) {
                shouldEndWell(file);
            }
        }));
    }

    /** A file that nobody has judged yet is read, or refused in one line. */
    private static void shouldEndWell(Path file) {
        for (Cli.Outcome outcome : List.of(
            Cli.run("decode", file.toString()), Cli.run("replay", "--dry-run", file.toString()))) {
            assertThat(outcome.code()).isIn(ExitCode.OK, ExitCode.USAGE);
        }
        try {
            assertThat(ForeignResult.read(file, KernelMessages::read)).isNotEmpty();
        } catch (IOException e) {
            assertThat(e.getMessage().lines()).hasSize(1);
        }
    }

    private static void decode(Path file, JsonNode right) throws IOException {
        Cli.Outcome outcome = Cli.run("decode", file.toString());
        assertThat(outcome.code()).isZero();
        List<JsonNode> events = new ArrayList<>();
        for (String line : outcome.dataLines()) {
            events.add(MAPPER.readTree(line));
        }
        assertThat(outcome.err()).contains(String.format(
            ": %s, %d of them incomplete, %s, %s suppressed",
            Wording.counted(right.path("complete").asInt() + right.path("incomplete").asInt(), "event"),
            right.path("incomplete").asInt(), Wording.counted(right.path("overflows").asInt(), "overflow"),
            Wording.counted(right.path("suppressed").asInt(), "message")));
        if (right.path("silent").asBoolean()) {
            assertThat(outcome.err().lines()).hasSize(1);
        }
        right.path("says").forEach(said -> assertThat(outcome.err()).contains(said.asText()));
        if (right.has("events")) {
            assertThat(events).hasSameSizeAs(right.get("events"));
            for (int i = 0; i < events.size(); i++) {
                JsonNode event = events.get(i);
                right.get("events").get(i).properties().forEach(field -> assertThat(event.path(field.getKey()))
                    .as(field.getKey()).isEqualTo(field.getValue()));
            }
        }
    }

    private void replay(Path file, JsonNode right) throws IOException {
        Cli.Outcome outcome = Cli.run("replay", "--dry-run", file.toString());
        assertThat(outcome.code()).isEqualTo(right.path("exit").asInt());
        if (outcome.code() != ExitCode.OK) {
            assertThat(outcome.err().lines()).hasSize(1);
            assertThat(outcome.err()).contains(right.path("says").asText());
            return;
        }
        ReplaySummary summary = TraceMaker.make(List.of(file), 1_000_000, 0, folder.resolve("trace"));
        Map<String, List<Integer>> used = new LinkedHashMap<>();
        right.path("used").properties().forEach(kind -> used.put(
            kind.getKey(), List.of(kind.getValue().get(0).asInt(), kind.getValue().get(1).asInt())));
        assertThat(summary.used().stream().collect(Collectors.toMap(
            ReplaySummary.Used::kind, kind -> List.of((int) kind.events(), (int) kind.attaches())))).isEqualTo(used);
        Map<String, Long> skipped = new LinkedHashMap<>();
        right.path("skipped").properties().forEach(kind -> skipped.put(kind.getKey(), kind.getValue().asLong()));
        assertThat(summary.skipped().stream().collect(Collectors.toMap(
            ReplaySummary.Skipped::kind, ReplaySummary.Skipped::count, Long::sum))).isEqualTo(skipped);
        assertThat(summary.suppressed()).as("suppressed").isEqualTo(right.path("suppressed").asLong());
        assertThat(summary.overflows()).as("overflows").isEqualTo(right.path("overflows").asLong());
        if (right.has("devices")) {
            assertThat(summary.devices()).as("devices").isEqualTo(right.get("devices").asInt());
            assertThat(summary.timing().unstamped()).as("unstamped").isEqualTo(right.path("unstamped").asLong());
            assertThat(summary.timing().restarts()).as("restarts").isEqualTo(right.path("restarts").asLong());
        }
        if (right.has("lengthUs")) {
            assertThat(summary.lengthNs()).as("length").isEqualTo(right.get("lengthUs").asLong() * 1000);
        }
        if (right.has("records")) {
            List<String> records = new ArrayList<>();
            right.get("records").forEach(record -> records.add(record.asText()));
            assertThat(records(file)).isEqualTo(records);
        }
    }

    private static List<String> records(Path file) throws IOException {
        return ScannedLog.of(file).records().stream().map(CorpusTest::words).toList();
    }

    /** Device and operation, or device and event, and for an access its direction and address. */
    private static String words(LogRecord record) {
        if (record.action() != LogAction.EVENT) {
            return record.device() + " " + record.action();
        }
        EventId id = EventId.of(EventRecordLayout.id(record.words()[0]));
        String access = id.hasInputAddress() ? (EventRecordLayout.read(record.words()[1]) ? " read" : " write")
            + " 0x" + Long.toHexString(record.words()[2]) : "";
        return record.device() + " " + id + access;
    }

    private static void results(Path file, JsonNode right) throws IOException {
        List<ForeignResult> results;
        try {
            results = ForeignResult.read(file, KernelMessages::read);
        } catch (IOException e) {
            assertThat(e.getMessage().lines()).hasSize(1);
            assertThat(e.getMessage()).startsWith(file + ": ").contains(right.path("refused").asText("(none)"));
            return;
        }
        assertThat(right.has("refused")).as("refused").isFalse();
        assertThat(results).hasSize(1);
        ForeignResult result = results.get(0);
        assertThat(result.tool()).isEqualTo(right.path("tool").asText());
        assertThat(result.machine()).contains(right.path("machine").asText());
        right.path("remarks").forEach(
            remark -> assertThat(result.remarks()).anyMatch(said -> said.contains(remark.asText())));
        assertThat(result.figures()).extracting(ForeignFigure::subject)
            .containsExactlyElementsOf(right.path("figures").findValuesAsText("subject"));
        for (int i = 0; i < result.figures().size(); i++) {
            figure(result.figures().get(i), right.path("figures").get(i));
        }
    }

    private static void figure(ForeignFigure figure, JsonNode right) {
        assertThat(figure.unit()).isEqualTo(right.path("unit").asText());
        if (right.has("count")) {
            assertThat(figure.count()).as("count").isEqualTo(right.get("count").asLong());
        }
        check("min", figure.min(), right);
        check("mean", figure.mean(), right);
        check("p50", figure.p50(), right);
        check("p99", figure.p99(), right);
        check("max", figure.max(), right);
    }

    /** Right values have the digits that their source has. */
    private static void check(String name, double value, JsonNode right) {
        if (right.path(name).isNull()) {
            assertThat(value).as(name).isNaN();
        } else if (right.has(name)) {
            BigDecimal expected = new BigDecimal(right.get(name).asText());
            assertThat(new BigDecimal(value).setScale(expected.scale(), RoundingMode.HALF_UP)).as(name)
                .isEqualByComparingTo(expected);
        }
    }

    private static ObjectNode right() throws IOException {
        return (ObjectNode) MAPPER.readTree(copies().resolve("right.json").toFile());
    }

    private static Path copies() {
        try {
            return Path.of(CorpusTest.class.getResource("/corpus").toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** Paths below a corpus, without what is not for the readers. */
    private static List<String> names(Path corpus) throws IOException {
        try (Stream<Path> files = Files.walk(corpus)) {
            return files.filter(Files::isRegularFile).map(file -> corpus.relativize(file).toString().replace('\\', '/'))
                .filter(name -> READ.contains(name.substring(name.lastIndexOf('.') + 1)))
                .filter(name -> !name.startsWith("published/") && !name.equals("right.json"))
                .sorted().toList();
        }
    }
}
