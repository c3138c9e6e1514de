package dev.steward.reports.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.steward.reports.Fixture;
import dev.steward.reports.Turns;
import dev.steward.results.GridData;
import dev.steward.results.JsonFile;
import dev.steward.results.JsonLines;
import dev.steward.results.RunManifest;
import dev.steward.results.Tags;
import dev.steward.results.TurnFigure;
import dev.steward.results.TurnRecord;
import dev.steward.results.UnreadableResultsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class GridReaderTest {
    private static final String SWEEP = """
        {"format": "steward-sweep", "version": 1, "name": "two", "description": "d", "command": "./steward sweep",
         "strategies": ["mutex"], "settings": {"path": "ring"},
         "axes": [{"key": "storm.rate", "unit": "/s", "values": [1000, 2000]}],
         "points": [{"id": "0000", "at": {"storm.rate": 1000}}, {"id": "0001", "at": {"storm.rate": 2000}}]}
        """;

    @TempDir
    private Path folder;

    /** A sweep of which one point has run. */
    public static GridData measured(Path folder) throws IOException {
        Files.writeString(folder.resolve("sweep.json"), SWEEP);
        point(folder.resolve("0000"), "a machine");
        return GridReader.read(folder);
    }

    private void point(String id, String machine) throws IOException {
        point(folder.resolve(id), machine);
    }

    private static void point(Path target, String machine) throws IOException {
        Fixture fixture = Fixture.of(List.of("mutex"), List.of("ring"), 2);
        ((com.fasterxml.jackson.databind.node.ObjectNode) fixture.run().withArray("environment").get(0))
            .put("key", "cpu").put("value", machine);
        fixture.write(target);
    }

    @Test
    void shouldComeDownToTheFiguresOfValidCellsAndBackFromTheFile() throws IOException {
        GridData grid = measured(folder);
        assertThat(grid.points()).singleElement().satisfies(point -> {
            assertThat(point.at()).isEqualTo(Map.of("storm.rate", 1000.0));
            assertThat(point.of("mutex").cells()).hasSize(2)
                .allSatisfy(cell -> {
                    assertThat(cell.figures()).containsKey("event.p50");
                    assertThat(cell.sliceMedians()).containsOnlyKeys("event", "event.raw", "report")
                        .allSatisfy((name, ns) -> assertThat(ns).isPositive());
                });
        });
        assertThat(grid.machine()).startsWith("cpu a machine");

        Path file = folder.resolve("grid.json");
        GridReader.write(grid, file);
        assertThat(GridReader.read(file)).isEqualTo(grid);
    }

    /** Medians from the turns; cells are for tails, and what their slices say of placement is not needed. */
    @Test
    void shouldTakeMediansFromTurnsWhereThereAreAny() throws IOException {
        measured(folder);
        takingTurns();
        for (int generation = 1; generation <= 2; generation++) {
            double ns = 100 * generation;
            JsonLines.append(folder.resolve("0000").resolve(TurnRecord.FILE),
                Turns.turn(generation, 1, 1, "mutex", "ring", true, Map.of(
                    Tags.EVENT_ENQUEUE_RAW, new TurnRecord.Figure(100, ns),
                    Tags.ATTACH_COMMIT, new TurnRecord.Figure(10, 2 * ns))));
        }
        GridData grid = GridReader.read(folder);

        assertThat(grid.byTurns()).isTrue();
        GridData.Result mutex = grid.points().get(0).of("mutex");
        assertThat(mutex.turns()).containsExactly(
            new GridData.TurnsData("ring", "event", Map.of(1, 100.0, 2, 200.0)),
            new GridData.TurnsData("ring", "commit", Map.of(1, 200.0, 2, 400.0)));
        assertThat(Figures.of(mutex, TurnFigure.EVENT, "ring")).isEqualTo(new Sample(true, Map.of(1, 100.0, 2, 200.0)));
        assertThat(Figures.of(mutex, TurnFigure.EVENT, "inline").isEmpty()).isTrue();
        assertThat(Figures.of(mutex, "event.p99", "ring").values()).hasSize(2);
        assertThat(mutex.cells()).allSatisfy(cell -> assertThat(cell.sliceMedians()).isEmpty());
        assertThat(PlacementAdjustment.reportNs(grid)).isNaN();

        Path file = folder.resolve("grid.json");
        GridReader.write(grid, file);
        assertThat(GridReader.read(file)).isEqualTo(grid);
        Files.writeString(file, Files.readString(file).replace("\"2\" : 200.0", "\"2\" : -1.0"));
        assertThatThrownBy(() -> GridReader.read(file)).hasMessageContaining(
            "turns[0].medians.2: is -1.0; allowed: above 0");
    }

    /** What turns compare is without the wake-up of the handler; a bound on the event from its real start is not. */
    @Test
    void shouldKeepTheEventFromItsRealStartForBounds() throws IOException {
        measured(folder);
        takingTurns();
        for (int generation = 1; generation <= 2; generation++) {
            JsonLines.append(folder.resolve("0000").resolve(TurnRecord.FILE),
                Turns.turn(generation, 1, 1, "mutex", "ring", true, Map.of(
                    Tags.EVENT_ENQUEUE_RAW, new TurnRecord.Figure(100, 20_000),
                    Tags.EVENT_ENQUEUE_AWAKE, new TurnRecord.Figure(100, 700))));
        }
        GridData.Result mutex = GridReader.read(folder).points().get(0).of("mutex");

        assertThat(Figures.of(mutex, TurnFigure.EVENT, "ring").values()).containsOnly(entry(1, 700.0), entry(2, 700.0));
        assertThat(Figures.of(mutex, "event.raw.p50", "ring").values())
            .containsOnly(entry(1, 20_000.0), entry(2, 20_000.0));
    }

    private void takingTurns() throws IOException {
        RunManifest run = RunManifest.read(folder.resolve("0000"));
        JsonFile.write(folder.resolve("0000").resolve(RunManifest.FILE), run.at(
            run.status(), run.finishedAt(), run.cells(), Turns.of(1).generations(2, 1).plan()));
    }

    @Test
    void shouldNameTurnsThatAreDamaged() throws IOException {
        measured(folder);
        takingTurns();
        Files.writeString(folder.resolve("0000").resolve(TurnRecord.FILE), "no turn\n");

        assertThatThrownBy(() -> GridReader.read(folder)).isInstanceOf(UnreadableResultsException.class)
            .hasMessageContaining("turns.jsonl: line 1 is damaged");
    }

    @Test
    void shouldNameACellWhoseTimeIsNone() throws IOException {
        Path file = folder.resolve("grid.json");
        GridReader.write(measured(folder), file);
        Files.writeString(file, Files.readString(file).replaceFirst("\"event.p50\" : \\d+", "\"event.p50\" : -5"));

        assertThatThrownBy(() -> GridReader.read(file)).isInstanceOf(UnreadableResultsException.class)
            .hasMessageMatching(".*grid\\.json: points\\[0]\\.results\\[0]\\.cells\\[0]\\.figures"
                + "\\.event\\.p50: is -5; allowed: 0 to 2\\^53 \\(line \\d+\\)");
    }

    @Test
    void shouldRefuseToMixMachines() throws IOException {
        Files.writeString(folder.resolve("sweep.json"), SWEEP);
        point("0000", "a machine");
        point("0001", "another machine");

        assertThatThrownBy(() -> GridReader.read(folder)).isInstanceOf(UnreadableResultsException.class)
            .hasMessageContaining("points of 2 machines");
    }

    @Test
    void shouldSayWhatIsWrongWithAFolderOrFile() throws IOException {
        assertThatThrownBy(() -> GridReader.read(folder)).hasMessageContaining("sweep.json: the file is missing");
        Files.writeString(folder.resolve("sweep.json"), SWEEP);
        assertThatThrownBy(() -> GridReader.read(folder)).hasMessageContaining("no point of the sweep has run");
        Files.writeString(folder.resolve("x.json"), "{\"format\": \"steward-grid\", \"version\": 9}");
        assertThatThrownBy(() -> GridReader.read(folder.resolve("x.json"))).hasMessageContaining("version 9");
        Files.writeString(folder.resolve("x.json"), "{\"format\": ");
        assertThatThrownBy(() -> GridReader.read(folder.resolve("x.json"))).hasMessageContaining("x.json: ");
    }
}
