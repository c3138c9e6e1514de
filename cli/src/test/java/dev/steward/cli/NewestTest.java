package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.loadgen.scenario.ScenarioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NewestTest {
    @TempDir
    private Path results;

    private void run(String name, long writtenMs) throws IOException {
        Path manifest = Files.createDirectories(results.resolve(name)).resolve("run.json");
        Files.setLastModifiedTime(Files.createFile(manifest), FileTime.fromMillis(writtenMs));
    }

    @Test
    void shouldTakeTheFoldersWhoseRunsWereWrittenLast() throws IOException {
        run("default", 3_000_000);
        run("default-2", 1_000_000);
        run("replay", 2_000_000);
        Files.createDirectory(results.resolve("sweep-driver"));

        assertThat(Newest.folders(results, 1)).containsExactly(results.resolve("default"));
        assertThat(Newest.folders(results, 2))
            .containsExactly(results.resolve("replay"), results.resolve("default"));
    }

    @Test
    void shouldSayWhatIsMissing() throws IOException {
        assertThatThrownBy(() -> Newest.folders(results.resolve("none"), 1)).isInstanceOf(ScenarioException.class)
            .hasMessageEndingWith("none: holds no result folder; run './steward compare', or name one");
        run("default", 1);
        assertThatThrownBy(() -> Newest.folders(results, 2))
            .hasMessageEndingWith(": holds only one result folder; run './steward compare', or name two");
    }

    @Test
    void shouldLookWhereTheEnvironmentSays() throws IOException {
        Path elsewhere = results.resolve("elsewhere");
        try (CompareProcess show = new CompareProcess(
            results, Path.of("x"), List.of("env", "STEWARD_RESULTS=" + elsewhere), List.of("show"))) {
            assertThat(show.awaitExitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(show.errLines()).singleElement().asString()
                .startsWith("steward: " + elsewhere + ": holds no result folder");
        }
    }
}
