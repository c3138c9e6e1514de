package dev.steward.reports.debate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.steward.reports.DebatePage;
import dev.steward.reports.DebateText;
import dev.steward.reports.Fixture;
import dev.steward.reports.Golden;
import dev.steward.reports.Transferred;
import dev.steward.reports.Turns;
import dev.steward.reports.table.Table;
import dev.steward.results.JsonLines;
import dev.steward.results.TurnFigure;
import dev.steward.results.TurnRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebateTest {
    private static final Path SHIPPED = Path.of(System.getProperty("basedir", "."), "..", "debate");
    private static final double[] SECTIONS = {1_000, 10_000, 25_000, 40_000};
    private static final int GENERATIONS = 8;
    private static final int ROUNDS = 3;

    @TempDir
    private Path folder;

    private static Question question(String name) {
        return Question.read(SHIPPED.resolve(name + ".yaml"));
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(SHIPPED)) {
            return files.sorted().toList();
        }
    }

    /** A sweep of one axis: one strategy slower than the other by a factor that depends on the place. */
    private void sweep(String name, String path, String one, String slow, DoubleUnaryOperator factor)
        throws IOException {
        List<String> points = new ArrayList<>();
        for (int i = 0; i < SECTIONS.length; i++) {
            points.add("{\"id\": \"000" + i + "\", \"at\": {\"section\": " + SECTIONS[i] + "}}");
            write(name, i, path, Turns.of(i, one, slow).slower(slow, factor.applyAsDouble(SECTIONS[i])));
        }
        plan(name, "{\"key\": \"section\", \"unit\": \"ns\", \"values\": [1000, 10000, 25000, 40000]}", points);
    }

    private void plan(String name, String axes, List<String> points) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve(name)).resolve("sweep.json"), """
            {"format": "steward-sweep", "version": 1, "name": "%s", "description": "Why %s?", "command": "x",
             "strategies": [], "settings": {}, "axes": [%s], "points": [%s]}"""
            .formatted(name, name, axes, String.join(", ", points)));
    }

    private void write(String name, int number, String path, Turns turns) throws IOException {
        Files.deleteIfExists(folder.resolve(name).resolve("000" + number).resolve(TurnRecord.FILE));
        turns.paths(path).generations(GENERATIONS, ROUNDS);
        Fixture.of(turns.strategies().stream().map(one -> one.name()).toList(), List.of(path), 0)
            .turns(turns).write(folder.resolve(name).resolve("000" + number));
    }

    private Answer answer(String name) {
        return Answer.read(folder, List.of(question(name)), Transferred.NOWHERE).get(0);
    }

    @Test
    void shouldSayBetweenWhichPointsAThresholdLies() throws IOException {
        sweep("4-section", "inline", "vmaster-rwsem", "streams-mutex", at -> at < 20_000 ? 0.8 : 20);

        Answer answer = answer("4-section");

        assertThat(answer.found().get(0)).startsWith("A commit takes half as long again with the mutex of "
            + "streams-mutex as with the lock per master of vmaster-rwsem: ").endsWith(
                "from a point between 10.0us and 25.0us of section on.");
        assertThat(answer.found().get(1)).endsWith(": from a point between 10.0us and 25.0us of section on.");
        assertThat(answer.notes().get(0)).startsWith("What moves it: the event rate");
        Table table = answer.tables().get(0);
        assertThat(table.groups().get(0).rows()).extracting(row -> row.get(0) + " " + row.get(5))
            .containsExactly("1.00us no", "10.0us no", "25.0us yes", "40.0us yes");
        assertThat(answer.tables().get(1).columns()).as("a bound has no other side").hasSize(4);
        Plot plot = answer.plots().get(0);
        assertThat(plot.bound()).isEqualTo("1.50");
        assertThat(List.of(plot.between(0), plot.between(1), plot.between(2), plot.between(3)))
            .containsExactly(false, true, true, false);
        assertThat(plot.rows()).extracting(row -> row.at() > plot.boundAt()).containsExactly(false, false, true, true);
        assertThat(plot.rows()).extracting(Plot.Row::holds).containsExactly("no", "no", "yes", "yes");
        assertThat(plot.ticks()).extracting(Plot.Tick::text).containsExactly("5.00", "20.00");
        assertThat(plot.rows()).allMatch(row -> row.low() <= row.at() && row.at() <= row.high());
    }

    @Test
    void shouldSayNoneOrAlreadyAtTheSmallest() throws IOException {
        sweep("4-section", "inline", "vmaster-rwsem", "streams-mutex", at -> 1);
        assertThat(answer("4-section").found()).allMatch(said -> said.endsWith(": none up to 40.0us of section."));

        sweep("6-grace", "inline", "mutex", "rcu-page:srcu-fast", at -> 3);
        Question asked = question("6-grace");
        assertThat(Answer.read(folder, List.of(asked), Transferred.NOWHERE).get(0).found().get(0))
            .endsWith(": already at the smallest, 1.00us of grace period.");
    }

    @Test
    void shouldLeaveOpenWhatDoesNotTell() throws IOException {
        sweep("6-grace", "inline", "mutex", "rcu-page:srcu-fast", at -> 1.5);
        assertThat(answer("6-grace").found().get(0)).endsWith(": open from 1.00us to 40.0us of grace period, "
            + "no point had an answer.");

        sweep("6-grace", "inline", "mutex", "rcu-page:srcu-fast", at -> at == 10_000 ? 20 : 1);
        assertThat(answer("6-grace").found().get(0)).contains(": no single threshold");

        write("6-grace", 0, "inline", Turns.of(1, "mutex"));
        assertThat(answer("6-grace").tables().get(0).groups().get(0).rows().get(0))
            .as("one of the two is missing").contains("-", "open");
    }

    @Test
    void shouldAnswerAlongAnAxisOfRates() throws IOException {
        List<String> points = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            points.add("{\"id\": \"000" + i + "\", \"at\": {\"storm.rate\": " + 100_000 * (i + 1) + "}}");
            write("2-rate", i, "ring", Turns.of(i, "streams-mutex", "streams-mutex:park")
                .slower("streams-mutex", 20).slower("streams-mutex:park", i < 2 ? 1 : 20));
        }
        plan("2-rate", "{\"key\": \"storm.rate\", \"unit\": \"/s\", \"values\": [100000, 200000, 300000]}", points);

        assertThat(answer("2-rate").found().get(0)).endsWith(": already at the smallest, 100000/s of events.");
        assertThat(answer("2-rate").found().get(1))
            .endsWith(": from a point between 200000/s and 300000/s of events on.");
    }

    /** Student's t of two values that are far apart has bounds that no double holds. */
    @Test
    void shouldPrintIntervalsOfTwoWildGenerations() throws IOException {
        sweep("4-section", "inline", "vmaster-rwsem", "streams-mutex", at -> 1);
        List<TurnRecord> wild = new ArrayList<>();
        for (int generation = 1; generation <= 2; generation++) {
            for (String name : List.of("vmaster-rwsem", "streams-mutex")) {
                double ns = generation == 1 || name.equals("vmaster-rwsem") ? 1e3 : 1e12;
                for (int round = 1; round <= ROUNDS; round++) {
                    wild.add(Turns.turn(generation, round, 1, name, "inline", true,
                        Map.of(TurnFigure.COMMIT.tag(), new TurnRecord.Figure(10, ns))));
                }
            }
        }
        Path turns = folder.resolve("4-section").resolve("0000").resolve(TurnRecord.FILE);
        Files.delete(turns);
        for (TurnRecord turn : wild) {
            JsonLines.append(turns, turn);
        }

        assertThat(answer("4-section").tables()).extracting(table -> table.groups().get(0).rows().get(0))
            .allSatisfy(row -> assertThat(row).contains("open").anyMatch(cell -> cell.contains("->1")));
    }

    @Test
    void shouldTurnAClaimThatHoldsBelowItsBound() throws IOException {
        List<String> points = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            points.add("{\"id\": \"000" + i + "\", \"at\": {\"cost.wakeUp\": " + 1_000 * i + "}}");
            Turns turns = Turns.of(i, "unguarded-pointer", "streams-mutex").slower("streams-mutex", i < 2 ? 1.3 : 1)
                .generations(2 * GENERATIONS, ROUNDS);
            Fixture.of(List.of("unguarded-pointer", "streams-mutex"), List.of("inline", "ring"), 0).turns(turns)
                .write(folder.resolve("1-visible").resolve("000" + i));
        }
        plan("1-visible", "{\"key\": \"cost.wakeUp\", \"unit\": \"ns\", \"values\": [0, 1000, 2000]}", points);

        assertThat(answer("1-visible").found()).hasSize(2)
            .allMatch(said -> said.endsWith(": from a point between 1.00us and 2.00us of wake-up cost on."));
    }

    @Test
    void shouldAnswerForEachSettingThatMovesIt() throws IOException {
        List<String> points = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            points.add("{\"id\": \"000" + i + "\", \"at\": {\"streams\": " + (64 << i / 2) + ", \"cost.wakeUp\": "
                + 5_000 * (i % 2) + "}}");
            write("3-scan", i, "ring", Turns.of(i, "vmaster-rwsem", "draft-rwsem-lookup")
                .slower("draft-rwsem-lookup", i == 4 ? 1.5 : 1));
        }
        plan("3-scan", "{\"key\": \"streams\", \"unit\": \"\", \"values\": [64, 128, 256]}, "
            + "{\"key\": \"cost.wakeUp\", \"unit\": \"ns\", \"values\": [0, 5000]}", points);

        assertThat(answer("3-scan").found().get(0)).endsWith(": with cost.wakeUp 0ns, from a point between 128 and "
            + "256 vDEVICEs on; with cost.wakeUp 5.00us, none up to 256 vDEVICEs.");
        assertThat(answer("3-scan").tables().get(0).groups()).extracting(Table.Group::head)
            .containsExactly("cost.wakeUp 0ns", "cost.wakeUp 5.00us");
        assertThat(answer("3-scan").tables().get(0).columns().get(0).head()).isEqualTo("vDEVICEs");
    }

    @Test
    void shouldNameTheDesignWhosePointersAreInconsistentAndThoseWhoseAreNot() throws IOException {
        plan("7-hazards", "{\"key\": \"churn.threads\", \"unit\": \"\", \"values\": [2]}",
            List.of("{\"id\": \"0000\", \"at\": {\"churn.threads\": 2}}"));
        Fixture fixture = Fixture.of(List.of("streams-mutex", "v1-vdev-ops"), List.of("ring"), 1);
        fixture.cell("v1-vdev-ops-ring-r1").withObject("/deliveries").withArray("windows").addObject()
            .put("window", "OPS").put("staleSameGuest", 3).put("crossGuest", 14).put("lost", 15).put("oldestNs", 9)
            .put("meaning", "x");
        fixture.write(folder.resolve("7-hazards").resolve("0000"));

        Answer answer = answer("7-hazards");

        assertThat(answer.found().get(0))
            .endsWith("with the attach? Yes: v1-vdev-ops 17 delivered and 15 dropped of 6848. No: streams-mutex.");
        assertThat(answer.tables().get(0).groups().get(0).rows()).extracting(row -> row.get(0) + " " + row.get(2))
            .containsExactly("streams-mutex 0+0+0", "v1-vdev-ops 3+14+15");
        assertThat(answer.tables().get(0).notes()).anyMatch(note -> note.startsWith("OPS, W1, W2: events in such a "))
            .anyMatch(note -> note.startsWith("OPS: Is an event delivered or dropped by a pointer that "))
            .anyMatch(note -> note.startsWith("W1: Is an event of the new entry handled by the old "));
    }

    /** Forks are repeats; each has one iteration. */
    private void readers(int threads, int mutexNs, int rwsemNs) throws IOException {
        Files.writeString(Question.Benchmark.fileOf(folder, "readers", threads),
            "[" + result(threads, "streams-mutex", mutexNs) + ", " + result(threads, "streams-rwsem", rwsemNs) + "]");
    }

    private static String result(int threads, String strategy, int ns) {
        return """
            {"jmhVersion": "1.37", "benchmark": "dev.steward.jmh.ReadersBenchmark.report", "mode": "avgt",
              "threads": %d, "forks": 7, "params": {"strategy": "%s"},
              "primaryMetric": {"score": %d, "scoreUnit": "ns/op",
                "rawData": [[%d], [%d], [%d], [%d], [%d], [%d], [%d]]}}
            """.formatted(threads, strategy, ns, ns - 3, ns - 2, ns - 1, ns, ns + 1, ns + 2, ns + 3);
    }

    @Test
    void shouldCompareReadersOfABenchmark() throws IOException {
        readers(1, 100, 110);
        readers(2, 300, 120);

        Answer answer = answer("readers");

        assertThat(answer.found().get(0)).endsWith(": from 2 readers on.");
        assertThat(answer.found().get(1)).as("one of the two was not run").endsWith(": open from 1 to 2 readers, "
            + "no point had an answer.");
        assertThat(answer.notes()).contains("Not measured: 4 readers; 8 readers.");
        assertThat(answer.tables().get(0).groups().get(0).rows().get(1).subList(0, 4))
            .containsExactly("2", "300ns", "120ns", "2.50");
    }

    /** Of questions of its own: those that are shipped change with what is learnt. */
    @Test
    void shouldPrintAPageThatBeginsWithTheThresholds() throws IOException {
        sweep("scope", "inline", "vmaster-rwsem", "streams-mutex", at -> at < 20_000 ? 0.8 : 20);
        Path scope = Files.writeString(folder.resolve("scope.yaml"), """
            name: scope
            description: From which section length does a lock per master pay?
            answer:
              label: A lock per master
              unit: of section
              generations: 8
              thresholds:
                - says: A commit takes half as long again with streams-mutex as with vmaster-rwsem
                  figure: commit
                  of: streams-mutex
                  against: vmaster-rwsem
                  byPercent: 50
                - says: A commit takes 10 us with streams-mutex
                  figure: commit
                  of: streams-mutex
                  reachesNs: 10000
              movers: the event rate.
              notes: [A note.]
              corrected: [An earlier page said something else.]
            """);
        readers(1, 100, 110);
        readers(2, 300, 120);
        Path readers = Files.writeString(folder.resolve("readers.yaml"), """
            name: readers
            description: From how many readers do mutex and rwsem part?
            benchmark: {threads: [1, 2, 4], arguments: [x]}
            answer:
              label: Several readers
              unit: readers
              thresholds:
                - {says: An event is longer with the mutex, figure: event, of: streams-mutex, against: streams-rwsem,
                   byPercent: 50}
            """);

        List<Answer> answers = Answer.read(
            folder, List.of(Question.read(scope), Question.read(readers)), Transferred.NOWHERE);
        String page = DebateText.page(answers);
        String html = DebatePage.of(answers);

        for (Answer answer : answers) {
            assertThat(html).contains("<a href=\"#" + answer.name() + "-section\">", answer.question(),
                "id=\"" + answer.name() + "-section\"").contains(answer.found());
        }
        assertThat(page.lines()).allMatch(line -> line.length() <= 80);
        Golden.assertSealed("debate.md", page);
        assertThat(page.lines()).allMatch(line -> line.length() <= 120);
        assertThat(page.lines().dropWhile(line -> !line.equals("```text")).takeWhile(line -> !line.equals("```")))
            .allMatch(line -> line.length() <= 72);
    }

    @Test
    void shouldAskOfStrategiesAndPathsThatAreRun() throws IOException {
        for (Path file : files()) {
            Question question = Question.read(file);
            JsonNode root = new YAMLMapper().readTree(file.toFile());
            List<String> run = new ArrayList<>();
            root.path("strategies").forEach(name -> run.add(name.asText()));
            root.path("benchmark").path("arguments").forEach(name -> run.add(name.asText()));
            assertThat(question.answer().label()).as(file.toString()).isNotBlank();
            assertThat(question.answer().thresholds().isEmpty()).isNotEqualTo(question.answer().counts().isEmpty());
            assertThat(question.answer().thresholds()).as(file.toString()).allSatisfy(claim -> {
                assertThat(claim.says()).doesNotEndWith(".");
                assertThat(Stream.of(claim.of(), claim.against()).filter(name -> name != null))
                    .allMatch(name -> run.stream().anyMatch(one -> one.contains(name)));
                assertThat(claim.path() != null).isEqualTo(root.at("/settings/path").asText().equals("both"));
            });
            assertThat(question.answer().thresholds().isEmpty() || question.answer().movers() != null)
                .as(file + " names what moves its thresholds").isTrue();
        }
    }

    @Test
    void shouldSayWhatIsWrongWithAFolderOrAFile() throws IOException {
        assertThat(Answer.read(folder.resolve("nowhere"), List.of(question("4-section")), Transferred.NOWHERE))
            .isEmpty();
        Files.createDirectories(folder.resolve("4-section"));
        Files.writeString(folder.resolve("4-section").resolve("sweep.json"), "{");
        assertThatThrownBy(() -> answer("4-section")).hasMessageContaining("sweep.json: ");

        Path file = folder.resolve("mine.yaml");
        Files.writeString(file, "answer: {thresholds: [{ask: x, says: x, figure: event, of: a, reachesNs: 1}]}");
        assertThatThrownBy(() -> Question.read(file))
            .hasMessageContaining("mine.yaml: ").hasMessageContaining("[0].ask: is unknown; allowed: ");
        Files.writeString(file, "answer: {thresholds: [{says: x, figure: event, of: a, against: b}]}");
        assertThatThrownBy(() -> Question.read(file)).hasMessageContaining("either against with byPercent");
        Files.writeString(file, "answer: {thresholds: [{says: x, figure: evnt, of: a, reachesNs: 1}]}");
        assertThatThrownBy(() -> Question.read(file)).hasMessageContaining("mine.yaml: ");
        Files.writeString(file, "name: mine\n");
        assertThatThrownBy(() -> Question.read(file))
            .hasMessageContaining("mine.yaml: ").hasMessageContaining("answer");
    }

    @Test
    void shouldEndAnAxisWhereTheLoadIsNoMoreOffered() throws IOException {
        sweep("4-section", "inline", "vmaster-rwsem", "streams-mutex", at -> 1);
        Path turns = folder.resolve("4-section").resolve("0003").resolve(TurnRecord.FILE);
        String all = Files.readString(turns);
        assertThat(all).contains("\"done\":2000");
        Files.writeString(turns, all.replace("\"done\":2000", "\"done\":1500"));

        assertThat(answer("4-section").found()).allMatch(said -> said.endsWith(": none up to 25.0us of section."));
        assertThat(answer("4-section").notes())
            .contains("Left out, as a contestant could not start its load in time on this machine: section 40.0us.");
    }

    @Test
    void shouldSayThatNoTurnsWereTakenOnAPath() throws IOException {
        sweep("1-visible", "inline", "unguarded-pointer", "streams-mutex", at -> 1);

        assertThatThrownBy(() -> answer("1-visible")).hasMessageContaining("no turns were taken on path ring");
    }
}
