package dev.steward.loadgen.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.catalog.Strategies;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.strategy.StrategyDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The questions of the debate as they are shipped. */
class ShippedDebateTest {
    private static final Path FOLDER = Path.of(System.getProperty("basedir", "."), "..", "debate");
    /** With 1.9 s each, and the benchmark of readers, they are done in a quarter of an hour. */
    private static final int MOST_CELLS = 450;
    /** Fewer, and no pair of a claim could be significant. */
    private static final int REPEATS = 7;
    /** The question is a heading, which has no second line. */
    private static final int LONGEST_QUESTION = 115;

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> !file.endsWith("readers.yaml")).sorted().toList();
        }
    }

    private static List<SweepGrid> grids() throws IOException {
        return files().stream().map(SweepGrid::read).toList();
    }

    @Test
    void shouldAskEachQuestionInOneLineAndOfStrategiesThatThereAre() throws IOException {
        assertThat(grids()).hasSize(9).allSatisfy(grid -> {
            assertThat(grid.description()).endsWith("?").hasSizeLessThanOrEqualTo(LONGEST_QUESTION);
            assertThat(grid.strategies()).allSatisfy(name -> assertThat(Strategies.byName(name)).isPresent());
        });
    }

    @Test
    void shouldRunTheFloorBesideStrategiesWhoseLockIsAColumn() throws IOException {
        int asked = 0;
        for (Path file : files()) {
            if (Files.readString(file).matches("(?s).*\\n  table: \\[[^\\n]*\\block\\b.*")) {
                asked++;
                List<String> strategies = SweepGrid.read(file).strategies();
                assertThat(strategies.stream().map(name -> Strategies.byName(name).orElseThrow().description())
                    .filter(StrategyDescription::ranked).map(StrategyDescription::floor)).as(file.toString())
                    .isNotEmpty().allMatch(strategies::contains);
            }
        }
        assertThat(asked).isPositive();
    }

    @Test
    void shouldEndInAQuarterOfAnHourWithAsManyRepeatsAsTheirVerdictsNeed() throws IOException {
        int cells = 0;
        for (SweepGrid grid : grids()) {
            for (SweepPoint point : grid.points()) {
                int repeats = point.scenario().count(ScenarioKey.REPEATS);
                assertThat(point.scenario().text(ScenarioKey.PATH)).as(grid.name()).isNotEqualTo("both");
                assertThat(repeats).as(grid.name())
                    .isGreaterThanOrEqualTo(grid.name().equals("8-hazards") ? 3 : REPEATS);
                cells += grid.strategies().size() * repeats;
            }
        }
        assertThat(cells).isBetween(1, MOST_CELLS);
    }
}
