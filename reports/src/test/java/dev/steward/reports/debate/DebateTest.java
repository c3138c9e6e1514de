package dev.steward.reports.debate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.reports.DebateText;
import dev.steward.reports.Fixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebateTest {
    private static final List<String> DESIGNS = List.of(
        "streams-mutex", "vmaster-rwsem", "draft-rwsem-lookup", "rcu-sync", "unguarded");

    @TempDir
    private Path folder;

    private void topic(final String name, final String axis, final String unit, final double... values)
        throws IOException {
        final StringBuilder points = new StringBuilder();
        final StringBuilder listed = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            points.append(i == 0 ? "" : ", ")
                .append("{\"id\": \"000").append(i).append("\", \"at\": {\"").append(axis).append("\": ")
                .append(values[i]).append("}}");
            listed.append(i == 0 ? "" : ", ").append(values[i]);
            Fixture.of(DESIGNS, List.of("ring", "inline"), 3).write(folder.resolve(name).resolve("000" + i));
        }
        Files.writeString(folder.resolve(name).resolve("sweep.json"), """
            {"format": "steward-sweep", "version": 1, "name": "%s", "description": "Why %s?", "command": "x",
             "strategies": [], "settings": {}, "axes": [{"key": "%s", "unit": "%s", "values": [%s]}],
             "points": [%s]}""".formatted(name, name, axis, unit, listed, points));
    }

    private List<String> verdicts(final String name) {
        final Topic topic = DebateReader.read(folder).stream().filter(one -> one.name().equals(name)).findFirst()
            .orElseThrow();
        return DebateAnswers.of(topic).verdicts();
    }

    @Test
    void shouldCallTwoFiguresDifferentOnlyWhenTheirSpansDoNotOverlap() {
        assertThat(new Span(5, 6, 7).above(new Span(1, 2, 4.9))).isTrue();
        assertThat(new Span(5, 6, 7).overlaps(new Span(1, 2, 5))).isTrue();
        assertThat(new Span(1, 2, 3).overlaps(new Span(4, 5, 6))).isFalse();
    }

    @Test
    void shouldAnswerEachQuestionWithFiguresOrSayThatItIsOpen() throws IOException {
        topic("1-designs", "storm.rate", "/s", 20_000);
        topic("2-load", "storm.rate", "/s", 1_000, 600_000);
        topic("3-scan", "streams", "", 2, 64);
        topic("4-scope", "section", "ns", 0, 20_000);
        topic("5-smmus", "smmus", "", 1, 2);
        topic("6-rcu", "churn.rate", "/s", 100);
        topic("7-enough", "section", "ns", 0);
        topic("8-hazards", "churn.threads", "", 2);

        final List<Topic> topics = DebateReader.read(folder);
        assertThat(topics).hasSize(8).allSatisfy(topic ->
            assertThat(DebateAnswers.of(topic).verdicts()).as(topic.name()).isNotEmpty()
                .allSatisfy(verdict -> assertThat(verdict).isNotBlank().endsWith(".")));
        assertThat(verdicts("1-designs")).anySatisfy(verdict -> assertThat(verdict)
            .startsWith("Path inline: entering and leaving the lock of streams-mutex is ").contains("%"));
        assertThat(verdicts("2-load")).anySatisfy(verdict -> assertThat(verdict).contains("monitor", "open"));
        assertThat(verdicts("5-smmus")).first().asString().contains("streams-mutex:shared: open");
        assertThat(verdicts("8-hazards")).first().asString().contains("went to a guest that did not cause them");

        final String page = DebateText.page(topics, null);
        assertThat(page).startsWith("# The debate").contains("## Why 3-scan?", "`./steward debate --only 4-scope`",
            "[inline, section 20.0us]", "Measured on:");
        assertThat(page.lines().dropWhile(line -> !line.equals("```text")).takeWhile(line -> !line.equals("```")))
            .allMatch(line -> line.length() <= 72);
    }

    @Test
    void shouldFindTheSizeFromWhichTheScanDominates() throws IOException {
        topic("3-scan", "streams", "", 2, 64);
        final Topic topic = DebateReader.read(folder).get(0);
        // The fixture's contestants differ by far less than twice.
        assertThat(DebateAnswers.of(topic).verdicts()).singleElement().asString().startsWith("At no size measured");
    }

    @Test
    void shouldCompareReadersOnlyUpToTheCoresOfTheMachine() throws IOException {
        for (final int[] one : new int[][] {{1, 100}, {2, 160}, {4, 900}}) {
            Files.writeString(folder.resolve(Readers.fileOf(one[0])), """
                [{"jmhVersion": "1.37", "benchmark": "dev.steward.jmh.ReadersBenchmark.report", "mode": "avgt",
                  "threads": %d, "forks": 1, "params": {"strategy": "streams-mutex"},
                  "primaryMetric": {"score": %d, "scoreUnit": "ns/op", "rawData": [[%d, %d, %d]]}}]
                """.formatted(one[0], one[1], one[1] - 1, one[1], one[1] + 1));
        }

        final Readers readers = Readers.read(folder, List.of(1, 2, 4, 8), 2);

        assertThat(readers.verdicts()).containsExactly(
            "streams-mutex: 2 readers together report 1.25 times the events of one.",
            "Open for more than 2 readers: the machine has no more cores, and the other columns show its scheduler.");
        assertThat(DebateText.page(List.of(), readers)).contains("## What would 2, 4, 8 readers", "160ns");
        assertThat(Readers.read(folder.resolve("nowhere"), List.of(1), 2)).isNull();
    }

    @Test
    void shouldSayWhatIsWrongWithAFolder() throws IOException {
        assertThatThrownBy(() -> DebateReader.read(folder.resolve("nowhere"))).hasMessageContaining("cannot be read");
        assertThat(DebateReader.read(folder)).isEmpty();
        Files.createDirectories(folder.resolve("1-designs"));
        Files.writeString(folder.resolve("1-designs").resolve("sweep.json"), "{");
        assertThatThrownBy(() -> DebateReader.read(folder)).hasMessageContaining("sweep.json: ");
    }
}
