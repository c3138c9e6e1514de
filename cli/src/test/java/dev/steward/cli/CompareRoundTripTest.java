package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.steward.reports.read.ResultFolder;
import dev.steward.results.CellResult;
import dev.steward.results.CellRecord;
import dev.steward.results.RunManifest;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * One real comparison, as short as it can be: what a user sees of it, and that the reports read exactly what the rig
 * wrote. The two ends share nothing but files.
 */
final class CompareRoundTripTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_COLUMNS = 80;
    private static final int ATTEMPTS = 10;
    private static final List<String> TAGS = List.of("event.enqueue", "event.read", "attach", "slip.storm", "hiccup");

    @TempDir
    private static Path temporary;
    private static Path folder;
    private static Cli.Outcome compare;
    private static ResultFolder results;

    @BeforeAll
    static void runComparison() {
        // A machine that stalls leaves windows without events, or with too few: then once more. In a window of 100 ms
        // a stall of five was too long already, and ten runs did not get one without.
        for (int attempt = 0; attempt == 0 || attempt < ATTEMPTS && !allAreLoaded(); attempt++) {
            folder = temporary.resolve("two strategies " + attempt);
            compare = Cli.run(
                "compare", "--strategy", "rwlock,mutex", "--out", folder.toString(), "--set", "repeats=1",
                "--set", "warmup=50ms", "--set", "duration=1s", "--set", "path=inline", "--set", "rehearsal=50ms",
                "--set", "turn.rounds=2", "--set", "turn.runIn=1", "--set", "turn.window=500ms",
                "--set", "storm.rate=2k/s", "--budget", "1s");
            results = ResultFolder.read(folder);
        }
    }

    private static boolean allAreLoaded() {
        // A round in which a parked JVM was disturbed is left out, and there may be no other.
        return compare.code() == ExitCode.OK && !compare.out().contains("Nothing to choose from")
            && results.cells().stream().allMatch(cell -> cell.json().ledger().generated() > 0
            && cell.histograms().tags().containsAll(TAGS) && cell.histograms().of("event.enqueue").count() > 0);
    }

    @Test
    void shouldEndWell() {
        assertThat(compare.err()).isEmpty();
        assertThat(compare.code()).isZero();
        assertThat(results.run().status()).isEqualTo(RunManifest.Status.COMPLETE);
    }

    @Test
    void shouldPrintPreflightProgressAndTable() {
        List<String> lines = compare.out().lines().filter(line -> !line.contains("NOISY")).toList();

        assertThat(lines.get(0)).startsWith("preflight: ");
        assertThat(lines.get(1)).startsWith("waiting, inline: handler park");
        assertThat(lines.get(2)).startsWith("threads, inline: ");
        assertThat(lines.get(3)).startsWith(
            "2 strategies on 1 path take turns of 500 ms; a generation of JVMs takes about ").endsWith("; about 1 s");
        assertThat(lines.get(4)).startsWith("expect no verdicts: they need 6 generations, about ");
        assertThat(lines.get(5)).startsWith("[generation  1] ");
        assertThat(lines.subList(6, lines.size() - 1)).allMatch(line -> line.length() <= MAX_COLUMNS);
        assertThat(lines).anyMatch(line -> line.startsWith("mutex ")).anyMatch(line -> line.startsWith("rwlock "));
        assertThat(lines.get(lines.size() - 1))
            .isEqualTo("report: " + folder.resolve("report.txt") + "  " + folder.resolve("report.html"));
    }

    @Test
    void shouldWriteEveryFormatBesideOtherTools() throws IOException {
        Path out = temporary.resolve("formats");
        Path log = folder.resolve("cells/mutex-inline-r1.hlog");
        Path broken = Files.createDirectory(temporary.resolve("no result folder"));

        Cli.Outcome outcome = Cli.run("report", folder.toString(), broken.toString(), "--format", "all", "--with",
            log.toString(), "--out", out.toString());

        assertThat(outcome.code()).isZero();
        assertThat(outcome.err()).isEqualTo(
            "steward: skipped: " + broken.resolve("run.json") + ": the file is missing" + System.lineSeparator());
        assertThat(outcome.out().lines().map(line -> Path.of(line).getFileName().toString())).containsExactly(
            "report.txt", "report.html", "report.md", "report.csv", "report.bench", "report.jmh.json",
            "report.openmetrics");
        assertThat(outcome.out().lines().map(Path::of)).allMatch(Files::isRegularFile);
        assertThat(Files.readString(out.resolve("report.txt"))).contains("HdrHistogram log, mutex-inline-r1.hlog");
    }

    @Test
    void shouldRefuseAFileOfNoOtherToolInOneLine() {
        Cli.Outcome outcome = Cli.run(
            "report", folder.toString(), "--with", folder.resolve("run.json").toString(), "--format", "csv");

        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).startsWith("steward: " + folder.resolve("run.json") + ": holds no results of ");
        assertThat(outcome.err().lines()).hasSize(1);
    }

    @Test
    void shouldShowFiguresWithoutColourWhereThereIsNoTerminal() {
        Cli.Outcome outcome = Cli.run("show", folder.toString());

        assertThat(outcome.code()).isZero();
        // Not the figures of its cells: a busy machine makes them invalid.
        assertThat(outcome.out()).contains("path inline").doesNotContain("\u001b");
        assertThat(outcome.out().lines()).allMatch(line -> line.length() <= MAX_COLUMNS);
        assertThat(outcome.out().lines()).anyMatch(line -> line.startsWith("mutex "))
            .anyMatch(line -> line.startsWith("rwlock "));
        assertThat(Cli.run("show", temporary.resolve("none").toString()).code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    @DisabledIfEnvironmentVariable(named = "DISPLAY", matches = ".+")
    @DisabledIfEnvironmentVariable(named = "WAYLAND_DISPLAY", matches = ".+")
    void shouldPrintWhereThePageIsWhereThereIsNoDesktop() {
        Cli.Outcome outcome = Cli.run("open", folder.toString());

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out().strip()).isEqualTo(folder.resolve("report.html").toAbsolutePath().toString());
        assertThat(Cli.run("open", temporary.resolve("none").toString()).code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void shouldWriteEveryFileOfTheContractAndNoOther() throws IOException {
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile).map(file -> folder.relativize(file).toString()))
                .containsExactlyInAnyOrder(
                    "run.json", "turns.jsonl", "verdicts.json", "report.txt", "report.html",
                    "cells/mutex-inline-r1.json", "cells/mutex-inline-r1.hlog",
                    "cells/rwlock-inline-r1.json", "cells/rwlock-inline-r1.hlog");
        }
    }

    @Test
    void shouldRecordTheCommandThatRerunsIt() {
        assertThat(results.run().command()).isEqualTo(
            // Without --out: a result folder must be new.
            "./steward compare --strategy rwlock,mutex --set repeats=1 --set warmup=50ms --set duration=1s "
                + "--set path=inline --set rehearsal=50ms --set turn.rounds=2 --set turn.runIn=1 "
                + "--set turn.window=500ms --set storm.rate=2k/s --budget 1s");
    }

    @Test
    void shouldReadEveryCellThatWasWritten() {
        assertThat(results.missing()).isEmpty();
        assertThat(results.cells()).extracting(cell -> cell.json().id())
            .containsExactlyInAnyOrder("mutex-inline-r1", "rwlock-inline-r1");
    }

    @Test
    void shouldReadTheSameCountsThatWereWritten() throws IOException {
        for (CellResult cell : results.cells()) {
            CellRecord read = cell.json();
            JsonNode written = JSON.readTree(folder.resolve("cells/" + read.id() + ".json").toFile());
            JsonNode ledger = written.get("ledger");

            assertThat(read.ledger().generated()).isPositive().isEqualTo(ledger.get("generated").longValue());
            assertThat(read.ledger().delivered()).isEqualTo(ledger.get("delivered").longValue());
            assertThat(read.ledger().unattached()).isEqualTo(ledger.get("unattached").longValue());
            assertThat(read.ledger().notForwarded()).isEqualTo(ledger.get("notForwarded").longValue());
            assertThat(read.ledger().balance()).isZero();
            assertThat(read.seed()).isEqualTo(written.get("seed").longValue());
            assertThat(read.attach().syncs()).isEqualTo(written.get("attach").get("syncs").longValue());
            assertThat(read.oracles()).hasSize(written.get("oracles").size())
                .allMatch(oracle -> oracle.violations() == 0);
            assertThat(read.rates()).extracting(CellRecord.Rate::load).containsExactly("storm", "churn");
            assertThat(read.measuredMs()).isEqualTo(1_000);
        }
    }

    @Test
    void shouldReadTheSameHistogramsThatWereWritten() throws IOException {
        for (CellResult cell : results.cells()) {
            Map<String, Histogram> written = histograms(folder.resolve("cells/" + cell.json().id() + ".hlog"));

            assertThat(written.keySet()).containsAll(TAGS);
            assertThat(cell.histograms().tags()).isEqualTo(written.keySet());
            written.forEach((tag, histogram) -> {
                assertThat(cell.histograms().of(tag).count()).as(tag).isEqualTo(histogram.getTotalCount());
                assertThat(cell.histograms().of(tag).maxNs()).as(tag).isEqualTo(histogram.getMaxValue());
            });
            assertThat(written.get("event.enqueue").getTotalCount()).isPositive();
        }
    }

    @Test
    void shouldMeetTheSameArrivalsWithBothStrategies() {
        assertThat(results.cells()).extracting(cell -> cell.json().arrivalsDigest())
            .hasSize(2).allMatch(results.cells().get(0).json().arrivalsDigest()::equals);
    }

    @Test
    void shouldMakeTheSameReportAnewWhenAsked() throws IOException {
        Path text = folder.resolve("report.txt");
        String first = Files.readString(text);
        Files.delete(text);

        Cli.Outcome report = Cli.run("report", folder.toString());

        assertThat(report.code()).isZero();
        assertThat(report.out().lines()).containsExactly(text.toString(), folder.resolve("report.html").toString());
        assertThat(text).hasContent(first);
    }

    @Test
    void shouldRefuseToOverwriteResults() {
        Cli.Outcome again = Cli.run("compare", "--out", folder.toString());

        assertThat(again.code()).isEqualTo(ExitCode.USAGE);
        assertThat(again.err()).isEqualTo("steward: --out: " + folder
            + " is not empty; name a new folder, results are never overwritten" + System.lineSeparator());
    }

    private static Map<String, Histogram> histograms(Path log) throws FileNotFoundException {
        Map<String, Histogram> byTag = new HashMap<>();
        try (HistogramLogReader reader = new HistogramLogReader(log.toFile())) {
            while (reader.hasNext()) {
                EncodableHistogram interval = reader.nextIntervalHistogram();
                if (interval != null) {
                    // Into the first of its tag: some are written with two digits, some with three.
                    byTag.merge(interval.getTag(), (Histogram) interval, CompareRoundTripTest::sum);
                }
            }
        }
        return byTag;
    }

    private static Histogram sum(Histogram first, Histogram next) {
        first.add(next);
        return first;
    }
}
