package dev.steward.loadgen.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.loadgen.run.Schemas;
import dev.steward.loadgen.run.TurnOptions;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.results.GridData;
import dev.steward.results.JsonFile;
import dev.steward.results.RunManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SweepGridTest {
    static final String GRID = """
        name: test
        description: a grid
        strategies: [mutex, "rcu-page:qsbr"]
        settings:
          path: inline
          repeats: 2
        axes:
          storm.rate: [20k/s, 0.2M/s]
          section: [0, 500ns, 2us]
          streams: [64]
        """;

    @TempDir
    private Path folder;

    private SweepGrid read(String text) throws IOException {
        Path file = folder.resolve("grid.yaml");
        Files.writeString(file, text);
        return SweepGrid.read(file);
    }

    @Test
    void shouldMakeAPointOfEachCombination() throws IOException {
        SweepGrid grid = read(GRID);

        assertThat(grid.points()).hasSize(6);
        assertThat(grid.points()).extracting(SweepPoint::id).startsWith("0000", "0001").doesNotHaveDuplicates();
        assertThat(grid.points()).extracting(SweepPoint::toString).startsWith(
            "storm.rate=20k/s section=0ns streams=64", "storm.rate=20k/s section=500ns streams=64")
            .doesNotHaveDuplicates();
        assertThat(grid.points()).allSatisfy(point -> {
            assertThat(point.scenario().text(ScenarioKey.PATH)).isEqualTo("inline");
            assertThat(point.scenario().text(ScenarioKey.NAME)).isEqualTo("test");
        });
        assertThat(grid.points().get(5).scenario().durationNs(ScenarioKey.SECTION)).isEqualTo(2_000);
        assertThat(grid.manifest("x").points().get(5).at())
            .isEqualTo(Map.of("storm.rate", 200_000.0, "section", 2_000.0, "streams", 64.0));
    }

    private static final String POINTS = """
        points:
          - {storm.rate: 20k/s, section: 2us, streams: 64}
          - {storm.rate: 0.2M/s, section: 500ns, streams: 64, repeats: 5}
        """;

    @Test
    void shouldTakeThePointsThatAreListed() throws IOException {
        SweepGrid grid = read(GRID + POINTS);

        assertThat(grid.points()).extracting(SweepPoint::toString).containsExactly(
            "storm.rate=20k/s section=2us streams=64", "storm.rate=0.2M/s section=500ns streams=64 repeats=5");
        assertThat(grid.points().get(1).scenario().count(ScenarioKey.REPEATS)).isEqualTo(5);
        assertThat(grid.manifest("x").points().get(1).at())
            .isEqualTo(Map.of("storm.rate", 200_000.0, "section", 500.0, "streams", 64.0));
    }

    /** No point has more than 0.1 s of sections in a second, so none is drawn that has. */
    @Test
    void shouldDrawOnlyWhatTheGridCanBeAskedFor() throws IOException {
        SweepGrid drawn = read(GRID + POINTS).drawn(200, 3);

        assertThat(drawn.points()).hasSize(200).allSatisfy(point -> assertThat(
            point.scenario().ratePerSecond(ScenarioKey.STORM_RATE) * point.scenario().durationNs(ScenarioKey.SECTION))
            .isLessThanOrEqualTo(0.1e9 * (1 + 1e-9)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{storm.rate: 20k/s, section: 2us}              | grid.yaml:12: a point lacks streams, which is an axis",
        "{storm.rate: 20k/s, section: 3us, streams: 64} | grid.yaml:12: section 3us lies beyond its axis",
        "{storm.rate: 20k/s, secton: 3us, streams: 64}  | grid.yaml:12: unknown setting 'secton'",
        "{storm.rate: 20k/s, section: x, streams: 64}   | grid.yaml:12: section: 'x'",
        "20k/s                                          | grid.yaml:12: a map is expected"})
    void shouldRefuseAPointThatLiesNowhere(String point, String message) {
        assertThatThrownBy(() -> read(GRID + "points:\n  - " + point + "\n")).isInstanceOf(ScenarioException.class)
            .hasMessageContaining(message);
    }

    @Test
    void shouldDrawScenariosFromWithinTheAxesAndTheSameForASeed() throws IOException {
        SweepGrid grid = read(GRID);
        SweepGrid drawn = grid.drawn(50, 7);

        assertThat(drawn.points()).hasSize(50).allSatisfy(point -> {
            assertThat(point.scenario().ratePerSecond(ScenarioKey.STORM_RATE)).isBetween(20_000.0, 200_000.0);
            assertThat(point.scenario().durationNs(ScenarioKey.SECTION)).isBetween(0L, 2_000L);
            assertThat(point.scenario().count(ScenarioKey.STREAMS)).isEqualTo(64);
        });
        Set<String> rates = new HashSet<>();
        drawn.points().forEach(point -> rates.add(point.at().get("storm.rate")));
        assertThat(rates).hasSizeGreaterThan(40);
        assertThat(grid.drawn(50, 7).points()).extracting(SweepPoint::at)
            .isEqualTo(drawn.points().stream().map(SweepPoint::at).toList());
        assertThat(grid.drawn(50, 8).points()).extracting(SweepPoint::at)
            .isNotEqualTo(drawn.points().stream().map(SweepPoint::at).toList());
    }

    /** What was asked for is what was measured, so a guide answers for it wherever the grid's own axes end. */
    @Test
    void shouldTakeNumbersOfASettingThatIsAWordByDefault() throws IOException {
        SweepGrid grid = read("strategies: [mutex]\naxes: {grace: [0ns, 2us, 1ms]}\n");

        assertThat(grid.axes().get(0).values()).containsExactly(0.0, 2_000.0, 1_000_000.0);
        assertThatThrownBy(() -> read("strategies: [mutex]\naxes: {grace: [model]}\n"))
            .hasMessageContaining("grace is no number");
        assertThatThrownBy(() -> read("strategies: [mutex]\naxes: {grace: [1us, model]}\n"))
            .isInstanceOf(ScenarioException.class);
    }

    @Test
    void shouldAskForOneScenarioWhereverItLies() throws IOException {
        SweepGrid one = read(GRID).at(Map.of("storm.rate", "1M/s", "churn.rate", "70/s", "repeats", "3"));

        assertThat(one.points()).singleElement().satisfies(point -> {
            assertThat(point.scenario().ratePerSecond(ScenarioKey.STORM_RATE)).isEqualTo(1e6);
            assertThat(point.scenario().ratePerSecond(ScenarioKey.CHURN_RATE)).isEqualTo(70);
            assertThat(point.scenario().count(ScenarioKey.REPEATS)).isEqualTo(3);
        });
        assertThat(one.manifest("x").axes()).containsExactlyInAnyOrder(
            new GridData.AxisData("storm.rate", "/s", List.of(1e6)),
            new GridData.AxisData("churn.rate", "/s", List.of(70.0)),
            new GridData.AxisData("repeats", "", List.of(3.0)));
        assertThat(one.settings()).as("of a setting that is asked for").doesNotContainKey("repeats");
        assertThat(one.settings()).containsEntry("path", "inline");
    }

    @Test
    void shouldRefuseToDisturbThreads() {
        assertThatThrownBy(() -> read(GRID.replace("repeats: 2", "disturb: jitter")))
            .isInstanceOf(ScenarioException.class).hasMessage("disturb: no figure counts while threads are disturbed, "
                + "so nothing can be compared; allowed here: none");
    }

    @Test
    void shouldMeasureUntilSomeBurstsHaveCome() throws IOException {
        SweepGrid one = read(GRID).at(Map.of("storm.rate", "40k/s", "storm.atOnce", "4096", "churn.rate", "16/s",
            "churn.atOnce", "64"));

        assertThat(one.points().get(0).scenario().durationNs(ScenarioKey.DURATION)).isEqualTo(12_000_000_000L);
        assertThat(one.points().get(0).scenario().durationNs(ScenarioKey.TURN_WINDOW)).isEqualTo(12_000_000_000L);
    }

    @ParameterizedTest
    @CsvSource({
        // 40 of what is rarer in a cell, 10 in a turn; the window of the grid is long enough where nothing is rare.
        "1M/s, 1k/s, 1, 2000, 100", "100/s, 1k/s, 1, 2000, 100", "10/s, 1k/s, 1, 4000, 1000",
        "1k/s, 40/s, 1, 2000, 250", "1k/s, 4/s, 2, 5000, 1200", "200k/s, 1/s, 1, 20000, 1200", "4k/s, 0, 1, 2000, 100"})
    void shouldMeasureLongerWhereLittleHappens(String events, String attaches, int smmus, long cellMs, long turnMs)
        throws IOException {
        SweepGrid one = read(GRID.replace("repeats: 2", "turn.window: 100ms")).at(
            Map.of("storm.rate", events, "churn.rate", attaches, "smmus", Integer.toString(smmus)));

        Scenario scenario = one.points().get(0).scenario();
        assertThat(scenario.durationNs(ScenarioKey.DURATION)).isEqualTo(cellMs * 1_000_000);
        assertThat(scenario.durationNs(ScenarioKey.TURN_WINDOW)).isEqualTo(turnMs * 1_000_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "nome: x                                        | grid.yaml:1: unknown 'nome'; allowed: name,",
        "axes: {storm.rate: [1k/s, 1k/s]}               | grid.yaml:1: storm.rate: the values of an axis rise",
        "'axes: {section: [1us, \"lognormal(2us,0.5)\"]}' | grid.yaml:1: section: 'lognormal(2us,0.5)' is no number",
        "axes: {storm.rate: 5}                          | grid.yaml:1: a list is expected",
        "axes: {storm.rat: [5]}                         | grid.yaml:1: unknown setting 'storm.rat'; did you mean",
        "axes: {path: [ring, inline]}                   | grid.yaml:1: path is no number",
        "axes: {streams: []}                            | grid.yaml:1: streams: an axis has at least one value",
        "settings: {streams: 5000000000}                | grid.yaml:1: streams: '5000000000' is not in 1 to",
        "name: x                                        | a grid names at least one of strategies and one of axes",
        "strategies: [mutex]                            | a grid names at least one of strategies and one of axes",
        "[1, 2]                                         | a grid is a map",
        "'a: [b'                                        | is not YAML",
    })
    void shouldRefuseWithFileLineAndWhatIsAllowed(String text, String message) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(ScenarioException.class).hasMessageContaining(message);
    }

    @Test
    void shouldRefuseUnknownStrategiesAndGridsThatNeverEnd() {
        assertThatThrownBy(() -> read(GRID.replace("mutex", "futex"))).isInstanceOf(ScenarioException.class)
            .hasMessageContaining("unknown strategy 'futex'");
        String many = "[" + String.join(", ", java.util.stream.IntStream.rangeClosed(1, 200)
            .mapToObj(i -> i + "/s").toList()) + "]";
        assertThatThrownBy(() -> read("strategies: [mutex]\naxes:\n  storm.rate: " + many + "\n  churn.rate: " + many
            + "\n")).isInstanceOf(ScenarioException.class).hasMessageContaining("over 10000 points");
    }

    @Test
    void shouldDealEachPointToExactlyOneShard() {
        for (int of = 1; of <= 7; of++) {
            for (int index = 0; index < 100; index++) {
                int owners = 0;
                for (int number = 1; number <= of; number++) {
                    owners += new Shard(number, of).has(index) ? 1 : 0;
                }
                assertThat(owners).isOne();
            }
        }
        assertThat(Shard.parse("2/4")).isEqualTo(new Shard(2, 4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "0/3", "4/3", "a/b", "1/0", "-1/2", "1/2/3", "999999/999999"})
    void shouldRefuseWhatIsNoShard(String text) {
        assertThatThrownBy(() -> Shard.parse(text)).isInstanceOf(ScenarioException.class)
            .hasMessageContaining("--shard");
    }

    @Test
    void shouldGoOnWithWhatIsMissingAndRefuseAnotherGrid() throws IOException {
        SweepGrid grid = read(GRID);
        Path out = folder.resolve("out");
        SweepRun run = new SweepRun(grid, Shard.ALL, out, folder, "x");
        assertThat(run.missing()).hasSize(6);
        assertThat(out).as("whoever only asks what is missing leaves nothing behind").doesNotExist();
        SweepRun cancelled = new SweepRun(grid, Shard.ALL, out, folder, "x");
        cancelled.cancel();
        assertThat(cancelled.run(TurnOptions.generations(1, Map.of()), line -> { }, null)).isFalse();
        String plan = Files.readString(out.resolve("sweep.json"));
        assertThat(Schemas.violations(Schemas.SWEEP, plan)).isEmpty();
        assertThat(Schemas.violations(Schemas.SWEEP, plan.replace("\"axes\"", "\"axis\""))).isNotEmpty();
        finish(out, "0002", RunManifest.Status.COMPLETE);
        finish(out, "0003", RunManifest.Status.INTERRUPTED);
        assertThat(run.missing()).hasSize(5).extracting(SweepPoint::id).doesNotContain("0002");
        assertThat(new SweepRun(grid, new Shard(3, 3), out, folder, "y").missing()).extracting(SweepPoint::id)
            .containsExactly("0005");

        SweepGrid other = read(GRID.replace("500ns", "501ns"));
        assertThatThrownBy(() -> new SweepRun(other, Shard.ALL, out, folder, "x"))
            .isInstanceOf(ScenarioException.class).hasMessageContaining("holds the sweep of another grid");
        assertThatThrownBy(() -> new SweepRun(grid, Shard.ALL, folder, folder, "x"))
            .isInstanceOf(ScenarioException.class).hasMessageContaining("is not empty");
    }

    /** Two contestants, one path: a JVM each, then as many turns as there are points and rounds. */
    @Test
    void shouldSayAboutHowLongItTakes() throws IOException {
        SweepRun run = new SweepRun(read(GRID), Shard.ALL, folder.resolve("out"), folder, "x");
        long onceNs = run.estimateNs(1);

        // 6 points x 2 contestants x 5 rounds of at least 100 ms, and 2 rehearsals of a second.
        assertThat(onceNs).isBetween(8_000_000_000L, 25_000_000_000L);
        assertThat(run.estimateNs(6)).isEqualTo(6 * onceNs);
        SweepRun longer = new SweepRun(
            read(GRID.replace("repeats: 2", "turn.window: 1s")), Shard.ALL, folder.resolve("out"), folder, "x");
        assertThat(longer.estimateNs(1) - onceNs).isGreaterThan(6 * 2 * 5 * 900_000_000L);
    }

    private static void finish(Path out, String id, RunManifest.Status status) throws IOException {
        Files.createDirectories(out.resolve(id));
        JsonFile.write(out.resolve(id).resolve(RunManifest.FILE), new RunManifest(
            RunManifest.FORMAT, RunManifest.VERSION, id, status, "2026-01-01T00:00:00Z", null, "x", "1", "unknown", 1,
            Map.of(), "", "", new RunManifest.Events("synthetic", 0), null, List.of(), 2, false,
            new RunManifest.Calibration(1, 1, 1, 1, null), List.of(), List.of(), List.of(), List.of(), null));
    }

    @Test
    void shouldSpreadThePointsOverTime() throws IOException {
        SweepRun run = new SweepRun(read(GRID), Shard.ALL, folder.resolve("out"), folder, "x");

        assertThat(run.missing()).extracting(SweepPoint::id).isNotEqualTo(
            List.of("0000", "0001", "0002", "0003", "0004", "0005")).hasSize(6);
    }
}
