package dev.steward.reports.debate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.reports.DebateText;
import dev.steward.reports.Fixture;
import dev.steward.reports.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebateTest {
    private static final Path SHIPPED = Path.of(System.getProperty("basedir", "."), "..", "debate");
    private static final List<String> DESIGNS = List.of(
        "streams-mutex", "vmaster-rwsem", "draft-rwsem-lookup", "rcu-sync", "unguarded-pointer");
    private static final int REPEATS = 7;

    @TempDir
    private Path folder;

    private static Question question(String name) {
        return Question.read(SHIPPED.resolve(name + ".yaml"));
    }

    private static List<Question> all() throws IOException {
        try (Stream<Path> files = Files.list(SHIPPED)) {
            return files.sorted().map(Question::read).toList();
        }
    }

    private void topic(String name, String axis, String unit, double... values) throws IOException {
        StringBuilder points = new StringBuilder();
        StringBuilder listed = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            points.append(i == 0 ? "" : ", ")
                .append("{\"id\": \"000").append(i).append("\", \"at\": {\"").append(axis).append("\": ")
                .append(values[i]).append("}}");
            listed.append(i == 0 ? "" : ", ").append(values[i]);
            point(name, i, DESIGNS).write(at(name, i));
        }
        Files.writeString(folder.resolve(name).resolve("sweep.json"), """
            {"format": "steward-sweep", "version": 1, "name": "%s", "description": "Why %s?", "command": "x",
             "strategies": [], "settings": {}, "axes": [{"key": "%s", "unit": "%s", "values": [%s]}],
             "points": [%s]}""".formatted(name, name, axis, unit, listed, points));
    }

    private Path at(String name, int number) {
        return folder.resolve(name).resolve("000" + number);
    }

    /** The later a strategy stands in the list, the longer its events and its batches take. */
    private static Fixture point(String name, int number, List<String> designs) {
        boolean ring = List.of("1-ring", "2-load", "8-hazards").contains(name);
        Fixture fixture = Fixture.of(designs, List.of(ring ? "ring" : "inline"), REPEATS);
        return name.equals("3-scan") ? fixture.invalidating(designs) : fixture;
    }

    private Answer answer(String name) {
        return Answer.read(folder, List.of(question(name))).get(0);
    }

    @Test
    void shouldSayYesNoOrOpenWithFigures() throws IOException {
        topic("7-enough", "section", "ns", 0, 20_000);
        point("7-enough", 1, List.of("vmaster-rwsem", "streams-mutex")).write(at("7-enough", 1));

        Answer answer = answer("7-enough");

        assertThat(answer.inShort()).startsWith("Is the commit p99 shorter without the one mutex of streams-mutex? "
            + "Yes: vmaster-rwsem at section 20.0us ~").contains(
                " instead of ~", " No, the opposite: vmaster-rwsem at section 0ns ~",
                " Open: ste-hazard-slot at section 0ns, section 20.0us (no cells).");
        assertThat(answer.details().get(0)).contains(" to ", ", less by a factor of ", ", more by a factor of ");
    }

    @Test
    void shouldLeaveOpenWhatHasTooFewValidCells() throws IOException {
        topic("1-designs", "storm.rate", "/s", 20_000);
        Fixture fixture = Fixture.of(List.of("streams-mutex", "unguarded-pointer"), List.of("inline"), 3);
        fixture.write(at("1-designs", 0));
        assertThat(answer("1-designs").inShort()).endsWith("Open: unguarded-pointer (needs 5 cells).");

        for (int repeat = 1; repeat <= 3; repeat++) {
            fixture.invalidate("unguarded-pointer-inline-r" + repeat, "x");
        }
        fixture.write(at("1-designs", 0));
        assertThat(answer("1-designs").inShort()).endsWith("Open: unguarded-pointer (no cells).");
    }

    /** Two of seven may fail, the third leaves that point open, and that one only. */
    @Test
    void shouldLeaveOpenOnlyThePointWithTooFewValidCells() throws IOException {
        topic("7-enough", "section", "ns", 0, 20_000);
        List<String> both = List.of("vmaster-rwsem", "streams-mutex");
        Fixture fixture = point("7-enough", 1, both);
        fixture.invalidate("vmaster-rwsem-inline-r1", "x");
        fixture.invalidate("vmaster-rwsem-inline-r2", "x").write(at("7-enough", 1));
        assertThat(answer("7-enough").inShort()).contains("Yes: vmaster-rwsem at section 20.0us ~");

        fixture.invalidate("vmaster-rwsem-inline-r3", "x").write(at("7-enough", 1));
        assertThat(answer("7-enough").inShort()).doesNotContain("Yes:")
            .contains("the opposite: vmaster-rwsem at section 0ns ~")
            .contains("vmaster-rwsem at section 20.0us (needs 6 cells)");
    }

    @Test
    void shouldSayWhenADifferenceIsNotSignificantOrTooSmallToMatter() throws IOException {
        topic("7-enough", "section", "ns", 0);
        Fixture alike = point("7-enough", 0, DESIGNS);
        for (int repeat = 1; repeat <= REPEATS; repeat++) {
            alike.log("vmaster-rwsem-inline-r" + repeat, alike.log("streams-mutex-inline-r" + repeat));
        }
        alike.write(at("7-enough", 0));

        assertThat(answer("7-enough").details().get(0))
            .containsAnyOf("No, equal within 5%: vmaster-rwsem ~", "No significant difference: vmaster-rwsem ~")
            .contains(" instead of ~");
    }

    @Test
    void shouldCompareWithTheFirstPointWhereNoOtherDesignIsNamed() throws IOException {
        topic("2-load", "storm.rate", "/s", 1_000, 600_000);
        point("2-load", 1, List.of("a", "b", "c", "d", "streams-mutex")).write(at("2-load", 1));

        Answer answer = answer("2-load");

        assertThat(answer.inShort()).contains("Yes: streams-mutex at storm.rate 600000/s ~")
            .contains("; monitor at storm.rate 600000/s (no cells)");
        assertThat(answer.details().get(2)).contains("monitor at storm.rate 600000/s").doesNotContain("1000/s");
    }

    @Test
    void shouldAnswerEachShippedQuestion() throws IOException {
        topic("1-designs", "storm.rate", "/s", 20_000);
        topic("1-ring", "storm.rate", "/s", 20_000);
        topic("2-load", "storm.rate", "/s", 1_000, 600_000);
        topic("3-scan", "streams", "", 2, 64);
        topic("4-scope", "section", "ns", 0, 20_000);
        topic("5-smmus", "smmus", "", 1, 2);
        topic("6-rcu", "churn.rate", "/s", 100);
        topic("7-enough", "section", "ns", 0);
        topic("8-hazards", "churn.threads", "", 2);
        readers(1, 100);
        readers(2, 160);

        List<Answer> answers = Answer.read(folder, all());

        assertThat(answers).hasSize(10).allSatisfy(answer -> {
            assertThat(answer.label()).isNotBlank();
            assertThat(answer.inShort()).as(answer.name()).contains("? ").endsWith(".");
            assertThat(answer.details()).as(answer.name()).isNotEmpty()
                .allSatisfy(detail -> assertThat(detail).isNotBlank().endsWith("."));
            assertThat(answer.table().columns()).hasSizeGreaterThan(3);
        });
        String page = DebateText.page(answers);
        assertThat(page).startsWith("# The debate").contains("## From how many vDEVICEs on does the scan",
            "`./steward debate --only 4-scope`", "[section 20.0us]", "Measured on:", "\n## In short\n",
            "\n- RCU: Is a median event shorter");
        assertThat(page.lines()).allMatch(line -> line.length() <= 120);
        assertThat(page.lines().dropWhile(line -> !line.equals("```text")).takeWhile(line -> !line.equals("```")))
            .allMatch(line -> line.length() <= 72);
    }

    /** What the words say is what the table shows. */
    @Test
    void shouldPrintTheMedianOfTheRepeatsInTheTableToo() throws IOException {
        topic("1-designs", "storm.rate", "/s", 20_000);

        Answer answer = answer("1-designs");

        List<String> merged = answer.table().groups().get(0).rows().get(0);
        assertThat(merged.get(0)).isEqualTo("streams-mutex");
        assertThat(answer.details().get(0)).contains(" instead of " + merged.get(2) + " (");
        assertThat(Topic.read(folder, question("1-designs")).orElseThrow().points().get(0)
            .span("streams-mutex", Figure.of("attach p99")).orElseThrow().few()).isTrue();
    }

    @Test
    void shouldNameTheDesignWhosePointersAreInconsistentAndThoseWhoseAreNot() throws IOException {
        topic("8-hazards", "churn.threads", "", 2);
        assertThat(answer("8-hazards").inShort()).contains("(OPS)? No: streams-mutex; ").doesNotContain("Yes");

        Fixture fixture = Fixture.of(List.of("streams-mutex", "v1-vdev-ops"), List.of("ring"), 1);
        fixture.cell("v1-vdev-ops-ring-r1").withObject("/deliveries").withArray("windows").addObject()
            .put("window", "OPS").put("staleSameGuest", 3).put("crossGuest", 14).put("lost", 15).put("oldestNs", 9)
            .put("meaning", "x");
        fixture.write(at("8-hazards", 0));

        assertThat(answer("8-hazards").inShort())
            .endsWith(" Yes: v1-vdev-ops 17 delivered and 15 dropped of 6848. No: streams-mutex.");
    }

    /** Forks are repeats; each has one iteration. */
    private void readers(int threads, int ns) throws IOException {
        Files.writeString(Question.Benchmark.fileOf(folder, "readers", threads), """
            [{"jmhVersion": "1.37", "benchmark": "dev.steward.jmh.ReadersBenchmark.report", "mode": "avgt",
              "threads": %d, "forks": 7, "params": {"strategy": "streams-mutex"},
              "primaryMetric": {"score": %d, "scoreUnit": "ns/op",
                "rawData": [[%d], [%d], [%d], [%d], [%d], [%d], [%d]]}}]
            """.formatted(threads, ns, ns - 3, ns - 2, ns - 1, ns, ns + 1, ns + 2, ns + 3));
    }

    @Test
    void shouldCompareReadersTogetherWithOne() throws IOException {
        readers(1, 100);
        readers(2, 160);

        Answer answer = answer("readers");

        assertThat(answer.inShort()).startsWith("Do several readers together report more events than one? "
            + "Yes: streams-mutex at threads 2 12.5M/s instead of 10.0M/s. Open: streams-rwsem at threads 2");
        assertThat(answer.details()).contains("Not measured: threads 4; threads 8.");
        assertThat(answer.details().get(1)).contains("Yes: streams-mutex at threads 2 160ns (157ns to 163ns) instead "
            + "of 100ns (97.0ns to 103ns), more by a factor of 1.60.");
        assertThat(answer.table().groups()).extracting(Table.Group::head).containsExactly("threads 1", "threads 2");
        assertThat(DebateText.page(List.of(answer))).contains("## What would 2, 4, 8 readers", "160ns");
    }

    @Test
    void shouldSayWhatIsWrongWithAFolderOrAFile() throws IOException {
        assertThat(Answer.read(folder.resolve("nowhere"), all())).isEmpty();
        Files.createDirectories(folder.resolve("1-designs"));
        Files.writeString(folder.resolve("1-designs").resolve("sweep.json"), "{");
        assertThatThrownBy(() -> answer("1-designs")).hasMessageContaining("sweep.json: ");

        Path file = folder.resolve("mine.yaml");
        Files.writeString(file, "answer: {claims: [{ask: x}]}");
        assertThatThrownBy(() -> Question.read(file))
            .hasMessageContaining("mine.yaml: ").hasMessageContaining("\"ask\"");
        Files.writeString(file, "name: mine\n");
        assertThatThrownBy(() -> Question.read(file))
            .hasMessageContaining("mine.yaml: ").hasMessageContaining("answer");
    }
}
