package dev.steward.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.reports.summary.Grid;
import dev.steward.reports.summary.Run;
import dev.steward.reports.summary.RunSet;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.results.Tags;
import dev.steward.results.UnreadableResultsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunSetTest {
    @TempDir
    Path folder;

    @Test
    void shouldPoolRepeatsOfOneScenarioAndHostWithoutLosingACount() {
        Path one = fixture().write(folder.resolve("one"));
        Fixture second = fixture();
        second.run().put("seed", 43);
        Path two = second.write(folder.resolve("two"));

        RunSet runs = RunSet.read(List.of(one, two));
        RunSet alone = RunSet.read(List.of(one));

        assertThat(runs.single()).isTrue();
        Run run = runs.runs().get(0);
        assertThat(run.folders()).containsExactly("one", "two");
        StrategySummary pooled = Fixtures.strategy(run.summary(), "ring", "mutex");
        StrategySummary single = Fixtures.strategy(alone.runs().get(0).summary(), "ring", "mutex");
        assertThat(pooled.valid()).isEqualTo(4);
        assertThat(pooled.of(Tags.EVENT_ENQUEUE).count()).isEqualTo(2 * single.of(Tags.EVENT_ENQUEUE).count());
        assertThat(pooled.of(Tags.EVENT_ENQUEUE).valueAtNs(0.999))
            .isEqualTo(single.of(Tags.EVENT_ENQUEUE).valueAtNs(0.999));
        assertThat(run.summary().arrivals().differences()).isEmpty();
        assertThat(run.files().get("two/mutex-ring-r1")).isEqualTo(two.resolve("cells/mutex-ring-r1.json"));
        assertThat(HtmlReport.of(runs, one)).contains("href=\"../two/cells/mutex-ring-r1.hlog\"")
            .contains("href=\"cells/mutex-ring-r1.json\"");
    }

    @Test
    void shouldKeepHostsApartAsColumns() {
        Fixture other = fixture();
        ((ObjectNode) other.run().withArray("environment").get(0)).put("value", "Another CPU");
        RunSet runs = RunSet.read(List.of(fixture().write(folder.resolve("a")), other.write(folder.resolve("b"))));

        assertThat(runs.runs()).extracting(Run::host).containsExactly("A", "B");
        assertThat(runs.scenarios()).hasSize(1);
        String text = TextReport.of(runs);
        assertThat(text).contains("A p50").contains("B p50").contains("Host B: ").contains("Another CPU");
        assertThat(text.lines()).allMatch(line -> line.length() <= 72);
    }

    @Test
    void shouldNeverMixScenariosOrCommits() {
        Fixture faster = fixture();
        faster.run().putObject("scenario").put("storm.rate", "50k/s").put("churn.rate", "40/s").put("streams", "4096");
        Fixture newer = fixture();
        newer.run().put("commit", "other");
        RunSet runs = RunSet.read(List.of(fixture().write(folder.resolve("a")), faster.write(folder.resolve("b")),
            newer.write(folder.resolve("c"))));

        assertThat(runs.runs()).hasSize(3);
        assertThat(runs.runs()).extracting(Run::scenario).containsExactly("boot-storm, storm.rate 10000/s",
            "boot-storm, storm.rate 10000/s", "boot-storm, storm.rate 50k/s");
        assertThat(runs.runs()).extracting(Run::host).containsExactly("A", "B", "A");
        assertThat(runs.hosts().get("B")).contains("commit 0.1.0, other");
    }

    @Test
    void shouldNameAFolderThatCannotBeReadAndUseTheOthers() throws IOException {
        Path good = fixture().write(folder.resolve("good"));
        Path empty = Files.createDirectory(folder.resolve("empty"));

        RunSet runs = RunSet.read(List.of(empty, good, good));

        assertThat(runs.runs()).hasSize(1);
        assertThat(runs.unreadable()).containsExactly(empty.resolve("run.json") + ": the file is missing");
        assertThat(TextReport.of(runs).replaceAll("\\s+", "")).contains("!Excluded:" + empty.resolve("run.json"));
        assertThatThrownBy(() -> RunSet.read(List.of(empty))).isInstanceOf(UnreadableResultsException.class)
            .hasMessageContaining("empty");
    }

    @Test
    void shouldFindGridsOfOneOrTwoSettings() {
        List<Path> folders = List.of(rate("10k/s", "100/s"), rate("2k/s", "100/s"), rate("2k/s", "1k/s"));

        Grid load = Grid.of(RunSet.read(folders.subList(0, 2))).get(0);
        Grid map = Grid.of(RunSet.read(folders)).get(0);

        assertThat(load.keys()).containsExactly("storm.rate");
        assertThat(load.columns()).containsExactly("2k/s", "10k/s");
        assertThat(map.keys()).containsExactly("storm.rate", "churn.rate");
        assertThat(map.rows()).containsExactly("100/s", "1k/s");
        assertThat(map.byPlace().get("1k/s").get("10k/s")).isNull();
        assertThat(HtmlReport.of(RunSet.read(folders), folder)).contains("class=\"heat\"")
            .contains("churn.rate 100/s: p99 of events").doesNotContain("churn.rate 1k/s: p99 of events");
        assertThat(HtmlReport.of(RunSet.read(folders.subList(0, 2)), folder)).contains("load-event-tail-a-0");
    }

    private Path rate(String storm, String churn) {
        Fixture fixture = fixture();
        fixture.run().putObject("scenario").put("storm.rate", storm).put("churn.rate", churn);
        return fixture.write(folder.resolve((storm + churn).replaceAll("\\W", "")));
    }

    private static Fixture fixture() {
        return Fixture.of(List.of("mutex", "rwlock"), List.of("ring"), 2);
    }
}
