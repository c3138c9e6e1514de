package dev.steward.reports.verdict;

import dev.steward.results.Verdicts.Verdict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.steward.reports.DiffReport;
import dev.steward.reports.Fixture;
import dev.steward.reports.Turns;
import dev.steward.results.UnreadableResultsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffTest {
    @TempDir
    Path folder;

    @Test
    void shouldFindNothingWorseBetweenARunAndItself() {
        Path run = run(List.of("mutex", "rwlock"), 12).write(folder.resolve("a"));

        Diff diff = Diff.of(run, run, Rules.DEFAULT, false);

        assertThat(diff.comparisons()).hasSize(2 * Figure.values().length);
        assertThat(diff.count(Verdict.WORSE) + diff.count(Verdict.BETTER)).isZero();
        assertThat(diff.count(Verdict.NO_DIFFERENCE)).isPositive();
        assertThat(diff.differences()).isEmpty();
        assertThat(diff.problems()).isEmpty();
    }

    @Test
    void shouldFindWhatBecameSlower() {
        // The fixture draws rwlock 40 % slower than mutex: under one name it is the same strategy grown slower.
        Path before = run(List.of("mutex", "rwlock"), 12).write(folder.resolve("before"));
        Fixture slower = run(List.of("rwlock", "mutex"), 12);
        Path after = slower.write(folder.resolve("after"));

        Diff diff = Diff.of(before, after, Rules.DEFAULT, false);

        assertThat(diff.comparisons()).filteredOn(pair -> pair.figure().equals("event p50"))
            .extracting(Comparison::second, Comparison::verdict).containsExactly(
                org.assertj.core.groups.Tuple.tuple("mutex", Verdict.WORSE),
                org.assertj.core.groups.Tuple.tuple("rwlock", Verdict.BETTER));
        assertThat(DiffReport.of(diff)).contains("worse: mutex, path inline, event p50: +3");
        assertThat(DiffReport.of(diff).lines()).allMatch(line -> line.length() <= 72);
        assertThat(diff.comparisons()).allSatisfy(pair -> {
            Diff.Middle middle = diff.middleOf(pair);
            assertThat(middle.after() / middle.before()).as("%s", pair).isCloseTo(pair.ratio(), withinPercentage(10));
        });
        assertThat(DiffReport.forCommit(diff).lines()).allMatch(line -> line.length() <= 72)
            .anyMatch(line -> line.matches("mutex +[0-9.]+us +[0-9.]+us +\\+3[0-9.]+% +\\S+%\\.\\.\\S+% +worse"))
            .noneMatch(line -> line.startsWith("differs"));
    }

    @Test
    void shouldCompareRunsByTurnsGenerationByGenerationAndSayThatItIsTheWeakerTool() {
        Path before = run(List.of("mutex", "rwlock"), 1)
            .turns(Turns.of(1, "mutex", "rwlock").paths("inline").generations(12, 8))
            .write(folder.resolve("before"));
        Path after = run(List.of("mutex", "rwlock"), 1)
            .turns(Turns.of(2, "mutex", "rwlock").paths("inline").generations(12, 8).slower("rwlock", 2))
            .write(folder.resolve("after"));

        Diff diff = Diff.of(before, after, Rules.DEFAULT, false);

        assertThat(diff.comparisons()).hasSize(6).allSatisfy(pair -> {
            assertThat(pair.firstCount()).isEqualTo(12);
            assertThat(pair.verdict() == Verdict.WORSE).isEqualTo(pair.second().equals("rwlock"));
        });
        assertThat(DiffReport.of(diff)).contains("The weaker tool: the two ran at different times.")
            .contains("worse: rwlock, path inline, event by turns: +");
    }

    /** A build that counted the wake-up of the handler is no slower for it. */
    @Test
    void shouldNotCompareEventsOfTheRingWithAndWithoutTheWakeUp() {
        List<String> paths = List.of("inline", "ring");
        Path before = Fixture.of(List.of("mutex"), paths, 1)
            .turns(Turns.of(1, "mutex").generations(12, 8).ofOlderBuild()).write(folder.resolve("before"));
        Path after = Fixture.of(List.of("mutex"), paths, 1)
            .turns(Turns.of(2, "mutex").generations(12, 8)).write(folder.resolve("after"));

        assertThat(Diff.of(before, after, Rules.DEFAULT, false).comparisons()).hasSize(5)
            .allSatisfy(pair -> assertThat(pair.ratio()).isBetween(0.8, 1.25));
        assertThat(Diff.of(before, after, Rules.DEFAULT, false).unmatched()).containsExactly(
            "mutex, path ring, event with the wake-up, by turns: before only",
            "mutex, path ring, event by turns: after only");
    }

    @Test
    void shouldRefuseDifferentScenariosUnlessAsked() {
        Path before = run(List.of("mutex"), 2).write(folder.resolve("before"));
        Fixture other = run(List.of("mutex"), 2);
        other.run().withObject("/scenario").put("storm.rate", "50k/s").put("seed", "7");
        Path after = other.write(folder.resolve("after"));

        assertThatThrownBy(() -> Diff.of(before, after, Rules.DEFAULT, false))
            .isInstanceOf(UnreadableResultsException.class)
            .hasMessage("different scenarios: storm.rate 10000/s -> 50k/s (--any-scenario compares all the same)");
        assertThat(Diff.of(before, after, Rules.DEFAULT, true).differences())
            .containsExactly("storm.rate 10000/s -> 50k/s", "seed (not there) -> 7");
    }

    /** A log may lie deep: what is shown of two long values is where they differ. */
    @Test
    void shouldBoundWhatItQuotesOfSettings() {
        Fixture one = run(List.of("mutex"), 2);
        Fixture other = run(List.of("mutex"), 2);
        String deep = "/very/deep".repeat(500);
        one.run().withObject("/scenario").put("storm.events", deep + "/a.log");
        other.run().withObject("/scenario").put("storm.events", deep + "/b.log" + "x".repeat(500));
        Path before = one.write(folder.resolve("before"));
        Path after = other.write(folder.resolve("after"));

        assertThatThrownBy(() -> Diff.of(before, after, Rules.DEFAULT, false)).hasMessage("different scenarios: "
            + "storm.events ...very/deep/very/deep/a.log -> ...very/deep/very/deep/b.log" + "x".repeat(55) + "... "
            + "(--any-scenario compares all the same)");
    }

    @Test
    void shouldNameOtherMachinesAndWhatIsOnOneSideOnly() {
        Path before = run(List.of("mutex", "rwlock"), 2).write(folder.resolve("before"));
        Fixture other = run(List.of("mutex", "seqlock"), 2);
        other.run().put("cores", 4).put("commit", "abc");
        other.invalidate("mutex-inline-r1", "too few");
        Path after = other.write(folder.resolve("after"));

        Diff diff = Diff.of(before, after, Rules.DEFAULT, false);

        assertThat(diff.differences()).containsExactly("commit 1bfc324aa11 -> abc", "cores 8 -> 4");
        assertThat(diff.unmatched())
            .containsExactly("rwlock, path inline: before only", "seqlock, path inline: after only");
        assertThat(diff.problems()).containsExactly("after: INVALID mutex-inline-r1: too few");
        assertThat(diff.comparisons()).allSatisfy(pair -> {
            assertThat(pair.verdict()).isEqualTo(Verdict.UNDECIDED);
            assertThat(pair.secondCount()).isLessThanOrEqualTo(1);
        });
    }

    @Test
    void shouldCompareFilesOfJmhByFork() throws IOException {
        Path before = jmh("before.json", "avgt", 100, 10);
        Path after = jmh("after.json", "avgt", 120, 10);

        Comparison pair = Diff.of(before, after, Rules.DEFAULT, false).comparisons().get(0);

        assertThat(pair.second()).isEqualTo("strategy=mutex");
        assertThat(pair.group()).isEqualTo("Translate.translate");
        assertThat(pair.verdict()).isEqualTo(Verdict.WORSE);
        assertThat(pair.firstCount()).isEqualTo(10);
        assertThat(Diff.of(jmh("x.json", "thrpt", 100, 10), jmh("y.json", "thrpt", 120, 10), Rules.DEFAULT, false)
            .comparisons().get(0).verdict()).isEqualTo(Verdict.BETTER);
        assertThat(Diff.of(jmh("p.json", "avgt", 100, 2), jmh("q.json", "avgt", 120, 2), Rules.DEFAULT, false)
            .comparisons().get(0).reason().shortly()).isEqualTo("needs 5 cells");
    }

    @Test
    void shouldTakePercentilesOfSampledTimes() throws IOException {
        String fork = "[[[10.0, 98], [50.0, 1], [90.0, 1]]]";
        Path file = Files.writeString(folder.resolve("sample.json"), "[{\"benchmark\":\"a.B.c\",\"mode\":\"sample\","
            + "\"primaryMetric\":{\"scoreUnit\":\"ns/op\",\"rawDataHistogram\":[" + fork + "," + fork + "]}}]");

        Side side = JmhSide.read(file);

        assertThat(side.series().get(new Side.Key("B.c", "sample p50", "no parameters")).sample().values())
            .extracting(value -> value.value()).containsExactly(10.0, 10.0);
        assertThat(side.series().get(new Side.Key("B.c", "sample p99", "no parameters")).sample().values())
            .extracting(value -> value.value()).containsExactly(50.0, 50.0);
    }

    @Test
    void shouldSayInOneLineWhatIsWrongWithAFile() throws IOException {
        Path good = jmh("good.json", "avgt", 100, 2);
        Path run = run(List.of("mutex"), 1).write(folder.resolve("run"));
        assertRefused(good, run, "nothing to compare");
        assertRefused(good, Files.writeString(folder.resolve("cut.json"), "[{\"benchmark\":\n \"a.B.c\", \"mo"),
            "cut.json: ends too early");
        assertRefused(good, Files.writeString(folder.resolve("other.json"), "{}"), "not a result file of JMH");
        assertRefused(good, Files.writeString(folder.resolve("raw.json"),
            "[{\"benchmark\":\"a.B.c\",\"mode\":\"avgt\",\"primaryMetric\":{\"rawData\":[]}}]"), "has no raw data");
        assertRefused(good, Files.writeString(folder.resolve("nan.json"),
            "[{\"benchmark\":\"a.B.c\",\"mode\":\"avgt\",\"primaryMetric\":{\"rawData\":[[\"NaN\"]]}}]"),
            "are no numbers above 0");
        assertRefused(good, folder.resolve("missing.json"), "no such file");
    }

    private static void assertRefused(Path before, Path after, String message) {
        assertThatThrownBy(() -> Diff.of(before, after, Rules.DEFAULT, false))
            .isInstanceOf(UnreadableResultsException.class).hasMessageContaining(message)
            .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
    }

    private static Fixture run(List<String> strategies, int repeats) {
        Fixture fixture = Fixture.of(strategies, List.of("inline"), repeats);
        for (String strategy : strategies) {
            for (int repeat = 3; repeat <= 3 && repeat <= repeats; repeat++) {
                fixture.cell(strategy + "-inline-r" + repeat).withArray("placement").forEach(probe ->
                    ((com.fasterxml.jackson.databind.node.ObjectNode) probe).put("class", "near"));
            }
        }
        return fixture;
    }

    /** How long it was measured is worth a note, and the benchmark is the same all the same. */
    @Test
    void shouldCompareBenchmarksOfOtherNumbersOfIterations() throws IOException {
        Path before = jmh("before.json", "avgt", 100, 10);
        Path after = jmh("after.json", "avgt", 120, 10);
        Files.writeString(before, Files.readString(before).replace("\"threads\":1", "\"threads\":1,"
            + "\"measurementIterations\":2"));
        Files.writeString(after, Files.readString(after).replace("\"threads\":1", "\"threads\":1,"
            + "\"measurementIterations\":3"));

        Diff diff = Diff.of(before, after, Rules.DEFAULT, false);

        assertThat(diff.comparisons()).isNotEmpty();
        assertThat(diff.differences()).anyMatch(line -> line.contains("measurementIterations"));
    }

    private Path jmh(String name, String mode, double level, int forks) throws IOException {
        StringBuilder raw = new StringBuilder();
        for (int fork = 0; fork < forks; fork++) {
            raw.append(fork == 0 ? "" : ",").append(String.format(Locale.ROOT, "[%.2f, %.2f]",
                level * (1 + 0.001 * fork), level * (1 + 0.0015 * fork)));
        }
        return Files.writeString(folder.resolve(name), "[{\"jmhVersion\":\"1.37\",\"benchmark\":"
            + "\"dev.steward.jmh.Translate.translate\",\"mode\":\"" + mode + "\",\"threads\":1,\"forks\":" + forks
            + ",\"params\":{\"strategy\":\"mutex\"},\"primaryMetric\":{\"score\":1,\"scoreUnit\":\"ns/op\","
            + "\"rawData\":[" + raw + "]}}]");
    }
}
