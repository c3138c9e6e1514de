package dev.steward.loadgen.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.loadgen.run.Claim;
import dev.steward.loadgen.run.FolderTakenException;
import dev.steward.loadgen.run.TurnOptions;
import dev.steward.loadgen.scenario.MachineException;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.results.SweepManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of several sweeps of one folder one is at work. */
class SweepClaimTest {
    @TempDir
    private Path folder;
    private Path out;
    private SweepGrid grid;

    @BeforeEach
    void readGrid() throws IOException {
        out = folder.resolve("out");
        grid = SweepGrid.read(Files.writeString(folder.resolve("grid.yaml"), SweepGridTest.GRID));
    }

    private SweepRun sweep() throws IOException {
        return new SweepRun(grid, Shard.ALL, out, folder, "x");
    }

    /** All of a run but its points. */
    private static void runCancelled(SweepRun sweep) throws IOException {
        sweep.cancel();
        assertThat(sweep.run(TurnOptions.generations(1, Map.of()), line -> { }, null)).isFalse();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(out)) {
            return files.filter(file -> !file.equals(out)).map(file -> out.relativize(file).toString()).sorted()
                .toList();
        }
    }

    private void assertRefused(SweepRun second) throws IOException {
        List<String> before = files();
        assertThatThrownBy(() -> second.run(TurnOptions.generations(1, Map.of()), line -> { }, null))
            .isInstanceOf(FolderTakenException.class)
            .hasMessage("--out: another run is at work in " + out + "; name a new folder");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void shouldRefuseAFolderInWhichAnotherRunMeasuresAndMoveNothing() throws IOException {
        runCancelled(sweep());
        Path live = Files.createDirectory(out.resolve(grid.points().get(0).id()));
        Files.writeString(live.resolve("turns.jsonl"), "");
        Claim first = Claim.making(out);

        assertRefused(sweep());

        first.release();
        assertThat(live).isNotEmptyDirectory();
    }

    @Test
    void shouldRefuseAFolderInWhichAnotherRunHasJustBegun() throws IOException {
        SweepRun second = sweep();
        Claim first = Claim.making(out);
        assertRefused(second);
        Files.writeString(out.resolve(".sweep.json.1.tmp"), "{");

        assertRefused(sweep());

        first.release();
    }

    @Test
    void shouldLookAtTheFolderAgainWhenItIsItsOwn() throws IOException {
        SweepRun second = sweep();
        Files.createDirectory(out);
        Files.writeString(out.resolve("thesis.txt"), "ten years of work");

        assertThatThrownBy(() -> second.run(TurnOptions.generations(1, Map.of()), line -> { }, null))
            .isInstanceOf(ScenarioException.class).hasMessageContaining("is not empty and holds no sweep");
        assertThat(files()).containsExactly("thesis.txt");
    }

    @Test
    void shouldNotMindTheClaimOfAKilledRunAndLeaveNone() throws IOException {
        Files.createDirectory(out);
        Files.createFile(out.resolve(Claim.FILE));

        runCancelled(sweep());
        assertThat(files()).containsExactly(SweepManifest.FILE);
        Files.createFile(out.resolve(Claim.FILE));
        runCancelled(sweep());

        assertThat(files()).containsExactly(SweepManifest.FILE);
    }

    @Test
    void shouldRefuseAFolderThatCannotBeMade() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");

        for (Path wrong : List.of(file, file.resolve("below"))) {
            SweepRun sweep = new SweepRun(grid, Shard.ALL, wrong, folder, "x");
            assertThatThrownBy(() -> sweep.run(TurnOptions.generations(1, Map.of()), line -> { }, null))
                .isInstanceOf(MachineException.class)
                .hasMessage("--out: " + wrong + " cannot be written; name a folder that can");
        }
        assertThat(file).hasContent("x");
    }
}
