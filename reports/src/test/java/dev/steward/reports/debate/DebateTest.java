package dev.steward.reports.debate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.reports.DebateText;
import dev.steward.reports.Fixture;
import dev.steward.reports.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebateTest {
    private static final List<String> DESIGNS = List.of(
        "streams-mutex", "vmaster-rwsem", "draft-rwsem-lookup", "rcu-sync", "unguarded");

    @TempDir
    private Path folder;

    private static Span span(double low, double median, double high) {
        return Span.of(new double[] {low, median, high});
    }

    private void topic(String name, String axis, String unit, double... values)
        throws IOException {
        StringBuilder points = new StringBuilder();
        StringBuilder listed = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            points.append(i == 0 ? "" : ", ")
                .append("{\"id\": \"000").append(i).append("\", \"at\": {\"").append(axis).append("\": ")
                .append(values[i]).append("}}");
            listed.append(i == 0 ? "" : ", ").append(values[i]);
            point(name, i, DESIGNS);
        }
        Files.writeString(folder.resolve(name).resolve("sweep.json"), """
            {"format": "steward-sweep", "version": 1, "name": "%s", "description": "Why %s?", "command": "x",
             "strategies": [], "settings": {}, "axes": [{"key": "%s", "unit": "%s", "values": [%s]}],
             "points": [%s]}""".formatted(name, name, axis, unit, listed, points));
    }

    /** The later a strategy stands in the list, the longer its events and its batches take. */
    private void point(String name, int number, List<String> designs) {
        boolean scan = name.equals("3-scan");
        Fixture fixture = Fixture.of(designs, scan ? List.of("inline") : List.of("ring", "inline"), 3);
        if (scan) {
            fixture.invalidating(designs);
            fixture.run().withObject("/scenario").put("viommus", "2");
        }
        fixture.write(folder.resolve(name).resolve("000" + number));
    }

    /** The only question of the folder. */
    private DebateAnswers answer() {
        return DebateAnswers.of(DebateReader.read(folder).get(0));
    }

    @Test
    void shouldCallTwoFiguresDifferentOnlyWhenTheirSpansDoNotOverlap() {
        assertThat(span(5, 6, 7).above(span(1, 2, 4.9))).isTrue();
        assertThat(span(5, 6, 7).overlaps(span(1, 2, 5))).isTrue();
        assertThat(span(1, 2, 3).overlaps(span(4, 5, 6))).isFalse();
    }

    /** However sure it is, less than 5 % is not worth a word. */
    @Test
    void shouldTellFiguresApartOnlyWhenTheyDifferByAsMuchAsCounts() {
        Span hundred = span(99, 100, 101);
        assertThat(new Compared("one", hundred, "other", span(102, 103, 104)).toldApart()).isFalse();
        assertThat(new Compared("one", hundred, "other", span(105, 106, 107)).otherTakesMore()).isTrue();
        assertThat(new Compared("one", hundred, "other", span(60, 70, 80)).otherTakesLess()).isTrue();
        assertThat(new Compared("one", hundred, "other", span(60, 70, 99)).toldApart()).isFalse();
        assertThat(new Compared("one", hundred, "other", span(40, 50, 60)).factor()).isEqualTo("a factor of 2.00");
        assertThat(Compared.factor(123.4)).isEqualTo("a factor of 123");
    }

    /** Of one cell against two, chance alone keeps the spans apart in two pairs of three. */
    @Test
    void shouldLeaveOpenWhatHasTooFewValidCells() throws IOException {
        topic("7-enough", "section", "ns", 0);
        Fixture fixture = Fixture.of(List.of("streams-mutex", "vmaster-rwsem"), List.of("inline"), 3);
        fixture.invalidate("vmaster-rwsem-inline-r1", "x");
        fixture.write(folder.resolve("7-enough").resolve("0000"));
        assertThat(answer().verdicts().get(0)).contains("vmaster-rwsem ~", "old apart");

        fixture.invalidate("streams-mutex-inline-r2", "x").write(folder.resolve("7-enough").resolve("0000"));
        assertThat(answer().inShort()).isEqualTo("open, too few valid cells.");
        assertThat(answer().verdicts().get(0)).contains("Open, too few valid cells: vmaster-rwsem");
        topic("4-scope", "section", "ns", 0, 20_000);
        fixture.write(folder.resolve("4-scope").resolve("0001"));
        assertThat(answer().inShort()).startsWith("beats one per SMMU nowhere in this run; loses with 0ns inside the")
            .endsWith("; open with 20.0us inside the lock.");
    }

    @Test
    void shouldAnswerEachQuestionWithFiguresOrSayThatItIsOpen() throws IOException {
        topic("1-designs", "storm.rate", "/s", 20_000);
        topic("1-ring", "storm.rate", "/s", 20_000);
        topic("2-load", "storm.rate", "/s", 1_000, 600_000);
        topic("3-scan", "streams", "", 2, 64);
        topic("4-scope", "section", "ns", 0, 20_000);
        topic("5-smmus", "smmus", "", 1, 2);
        topic("6-rcu", "churn.rate", "/s", 100);
        topic("7-enough", "section", "ns", 0);
        topic("8-hazards", "churn.threads", "", 2);

        List<Topic> topics = DebateReader.read(folder);
        Map<String, DebateAnswers> answers = new HashMap<>();
        assertThat(topics).hasSize(9).allSatisfy(topic -> {
            DebateAnswers answer = DebateAnswers.of(topic);
            answers.put(topic.name(), answer);
            assertThat(answer.inShort()).as(topic.name()).isNotBlank().endsWith(".");
            assertThat(answer.verdicts()).as(topic.name()).isNotEmpty()
                .allSatisfy(verdict -> assertThat(verdict).isNotBlank().endsWith("."));
        });
        for (String path : List.of("1-designs", "1-ring")) {
            assertThat(answers.get(path).inShort()).startsWith("no; a median event takes 89")
                .endsWith("ns with streams-mutex, 2.34us without any lock: no less.");
            assertThat(answers.get(path).verdicts()).hasSize(2).last().asString()
                .startsWith("Median event: streams-mutex 89")
                .contains("Told apart from it: vmaster-rwsem 1.2", ", more by a factor of 1.");
        }
        assertThat(answers.get("2-load").inShort()).startsWith("commit p99 of streams-mutex ~")
            .endsWith(": not told apart.");
        assertThat(answers.get("2-load").verdicts()).last().asString()
            .contains("Open, too few valid cells: monitor");
        assertThat(answers.get("4-scope").inShort())
            .startsWith("beats one per SMMU nowhere in this run; loses with 0ns");
        assertThat(answers.get("5-smmus").inShort()).isEqualTo("open, too few valid cells.");
        assertThat(answers.get("6-rcu").inShort())
            .startsWith("a median event gains nothing that is told apart, a median");
        assertThat(answers.get("7-enough").inShort()).isEqualTo("holds at every length of a report that was measured.");

        String page = DebateText.page(topics, null);
        assertThat(page).startsWith("# The debate").contains("## Why 3-scan?", "`./steward debate --only 4-scope`",
            "[inline, section 20.0us]", "Measured on:", "\n## In short\n", "\n- RCU: a median event gains nothing");
        assertThat(page.lines()).allMatch(line -> line.length() <= 120);
        assertThat(page.lines().dropWhile(line -> !line.equals("```text")).takeWhile(line -> !line.equals("```")))
            .allMatch(line -> line.length() <= 72);
    }

    /** What the words say is what the table shows. */
    @Test
    void shouldPrintTheMedianOfTheRepeatsInTheTableToo() throws IOException {
        topic("1-designs", "storm.rate", "/s", 20_000);
        DebateAnswers answer = answer();
        List<String> merged = answer.table().groups().get(1).rows().get(0);
        assertThat(merged.get(0)).isEqualTo("streams-mutex");
        assertThat(answer.verdicts().get(1)).startsWith("Median event: streams-mutex " + merged.get(2) + " (");
        assertThat(Span.of(answer.topic().points().get(0).of("inline", "streams-mutex").orElseThrow(), "attach", 0.99)
            .orElseThrow().few()).isTrue();
    }

    @Test
    void shouldFindTheSizeFromWhichTheScanShowsAndFromWhichItDominates() throws IOException {
        topic("3-scan", "streams", "", 2, 64, 256);
        point("3-scan", 0, List.of("draft-rwsem-lookup", "vmaster-rwsem"));
        point("3-scan", 1, List.of("vmaster-rwsem", "draft-rwsem-lookup"));
        point("3-scan", 2, List.of("vmaster-rwsem", "a", "b", "c", "draft-rwsem-lookup"));

        DebateAnswers answer = answer();
        assertThat(answer.inShort()).startsWith("costs an event from 32 vDEVICEs on; at 128 vDEVICEs ")
            .contains("; over twice as long from 128 vDEVICEs on. Holds up invalidations: at 128 vDEVICEs p99 of a ");
        assertThat(answer.verdicts()).hasSize(7).first().asString().startsWith("1 vDEVICE, median event: stored id ")
            .contains("the scan takes less by ");
        assertThat(answer.verdicts().get(1)).startsWith("32 vDEVICEs, median event: ").contains("the scan adds ");
        assertThat(answer.verdicts().get(5)).startsWith("128 vDEVICEs, a batch of invalidations").contains(" p99: ");
    }

    @Test
    void shouldNotTakeASizeForTheFirstIfAGreaterOneDoesNotShowIt() throws IOException {
        topic("3-scan", "streams", "", 2, 64);
        point("3-scan", 0, List.of("vmaster-rwsem", "draft-rwsem-lookup"));
        point("3-scan", 1, List.of("draft-rwsem-lookup", "vmaster-rwsem"));

        assertThat(answer().inShort())
            .startsWith("no steady cost told apart from the stored id up to 32 vDEVICEs.");
    }

    @Test
    void shouldNameTheDesignThatIsOutOfStepAndTheMergedOneThatIsNot() throws IOException {
        topic("8-hazards", "churn.threads", "", 2);
        assertThat(answer().inShort()).startsWith("no event was misrouted or dropped");

        Fixture fixture = Fixture.of(List.of("streams-mutex", "v1-vdev-ops"), List.of("ring"), 1);
        fixture.cell("v1-vdev-ops-ring-r1").withObject("/deliveries").withArray("windows").addObject()
            .put("window", "OPS").put("staleSameGuest", 3).put("crossGuest", 14).put("lost", 15).put("oldestNs", 9)
            .put("meaning", "x");
        fixture.write(folder.resolve("8-hazards").resolve("0000"));

        assertThat(answer().inShort()).isEqualTo(
            "v1-vdev-ops sends 17 of 6848 events by a pointer out of step and drops 15; streams-mutex none.");
        assertThat(answer().verdicts().get(1)).startsWith("v1-vdev-ops, of 6848 events: ")
            .endsWith("14 out of step (OPS); dropped out of step 15.");
    }

    @Test
    void shouldCompareReadersOnlyUpToTheCoresOfTheMachine() throws IOException {
        for (int[] one : new int[][] {{1, 100}, {2, 160}, {4, 900}}) {
            Files.writeString(folder.resolve(Readers.fileOf(one[0])), """
                [{"jmhVersion": "1.37", "benchmark": "dev.steward.jmh.ReadersBenchmark.report", "mode": "avgt",
                  "threads": %d, "forks": 1, "params": {"strategy": "streams-mutex"},
                  "primaryMetric": {"score": %d, "scoreUnit": "ns/op", "rawData": [[%d, %d, %d]]}}]
                """.formatted(one[0], one[1], one[1] - 1, one[1], one[1] + 1));
        }

        Readers readers = Readers.read(folder, List.of(1, 2, 4, 8), 2);

        assertThat(readers.verdicts()).containsExactly(
            "streams-mutex: 2 readers together report 1.25 times the events of one; each event takes 160ns (159ns to "
                + "161ns), alone 100ns (99ns to 101ns).",
            "Open for 4 and 8 readers: the machine has 2 cores, and more readers than that would show its scheduler.");
        assertThat(readers.table().columns()).extracting(Table.Column::head)
            .containsExactly("design", "1 reader", "2 readers", "4 readers");
        assertThat(readers.inShort()).isEqualTo("2 together report, of the events of one, streams-mutex 1.25 times.");
        assertThat(Readers.read(folder, List.of(1, 2, 4, 8), 1).inShort()).isEqualTo("open, the machine has one core.");
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
