package dev.steward.reports.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.reports.Fixture;
import dev.steward.results.GridData;
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

    @Test
    void shouldNameACellWhoseTimeIsNone() throws IOException {
        Path file = folder.resolve("grid.json");
        GridReader.write(measured(folder), file);
        Files.writeString(file, Files.readString(file).replaceFirst("\"event.p50\" : \\d+", "\"event.p50\" : -5"));

        assertThatThrownBy(() -> GridReader.read(file)).isInstanceOf(UnreadableResultsException.class)
            .hasMessageMatching(".*grid\\.json: mutex-ring-r1: event.p50 is -5, which no latency is \\(line \\d+\\)");
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
