package dev.steward.loadgen.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.catalog.Strategies;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The questions of the debate as they are shipped. */
class ShippedDebateTest {
    private static final Path FOLDER = Path.of(System.getProperty("basedir", "."), "..", "debate");
    private static final Pattern GENERATIONS = Pattern.compile("\\n  generations: (\\d+)\\n");
    /** Of a quarter of an hour: the benchmark of readers takes the rest. */
    private static final double SECONDS = 800;
    private static final double START_S = 3;
    private static final double TURN_S = 0.19;
    /** The question is a heading, which has no second line. */
    private static final int LONGEST_QUESTION = 115;

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> !file.endsWith("readers.yaml")).sorted().toList();
        }
    }

    @Test
    void shouldAskEachQuestionInOneLineAndOfStrategiesThatThereAre() throws IOException {
        assertThat(files().stream().map(SweepGrid::read)).hasSize(7).allSatisfy(grid -> {
            assertThat(grid.description()).endsWith("?").hasSizeLessThanOrEqualTo(LONGEST_QUESTION);
            assertThat(grid.strategies()).allSatisfy(name -> assertThat(Strategies.byName(name)).isPresent());
        });
    }

    /** What moves a threshold is the second axis; more would hide what the first does. */
    @Test
    void shouldSearchOneAxisUnderAtMostTwoValuesOfAnother() throws IOException {
        assertThat(files().stream().map(SweepGrid::read)).allSatisfy(grid -> {
            assertThat(grid.axes()).hasSizeBetween(1, 2);
            assertThat(grid.axes().stream().skip(1)).allSatisfy(axis -> assertThat(axis.values()).hasSize(2));
        });
    }

    @Test
    void shouldEndInAQuarterOfAnHour() throws IOException {
        double seconds = 0;
        for (Path file : files()) {
            SweepGrid grid = SweepGrid.read(file);
            Scenario scenario = grid.points().get(0).scenario();
            int paths = scenario.text(ScenarioKey.PATH).equals("both") ? 2 : 1;
            int turns = scenario.count(ScenarioKey.TURN_RUN_IN)
                + scenario.count(ScenarioKey.TURN_ROUNDS) * grid.points().size();
            seconds += generations(file).orElse(1) * grid.strategies().size() * (START_S + TURN_S * paths * turns);
        }
        assertThat(seconds).isBetween(1.0, SECONDS);
    }

    /** Counts are of the long cell, thresholds of turns alone. */
    @Test
    void shouldRunLongCellsForCountsOnly() throws IOException {
        for (Path file : files()) {
            boolean counts = generations(file).isEmpty();
            assertThat(SweepGrid.read(file).points()).as(file.toString()).allSatisfy(point -> {
                assertThat(point.scenario().count(ScenarioKey.REPEATS) > 0).isEqualTo(counts);
                assertThat(point.scenario().durationNs(ScenarioKey.TURN_WINDOW)).isPositive();
            });
        }
    }

    private static OptionalInt generations(Path file) throws IOException {
        Matcher generations = GENERATIONS.matcher(Files.readString(file));
        return generations.find() ? OptionalInt.of(Integer.parseInt(generations.group(1))) : OptionalInt.empty();
    }
}
