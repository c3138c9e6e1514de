package dev.steward.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TemporaryTest {
    private static final long NOBODY = 1L << 40;

    @TempDir
    private Path folder;

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldRemoveWhatAKilledProcessLeft() throws IOException {
        assertThat(ProcessHandle.of(NOBODY)).isEmpty();
        Path left = Files.createDirectories(folder.resolve(Temporary.prefix("task", NOBODY) + "1/0000"));
        Files.createFile(left.resolve("run.json"));
        Path file = Files.createFile(folder.resolve(Temporary.prefix("replay", NOBODY) + "1.trace"));

        Path made = Temporary.folder(folder, "turns");

        assertThat(left.getParent()).doesNotExist();
        assertThat(file).doesNotExist();
        assertThat(made).isEmptyDirectory();
    }

    /** Another machine that shares the folder, or another container, counts its processes by itself. */
    @Test
    void shouldLeaveWhatIsOrMayBeInUse() throws IOException {
        long parent = ProcessHandle.current().parent().orElseThrow().pid();
        Path atWork = Files.createDirectory(folder.resolve(Temporary.prefix("task", parent) + "1"));
        Path elsewhere = Files.createDirectory(folder.resolve("steward-task-00000000-" + NOBODY + "-1"));
        Path other = Files.createDirectory(folder.resolve("steward-task-1"));
        Path own = Temporary.file(folder, "replay", ".trace");

        Temporary.folder(folder, "turns");

        assertThat(folder).isDirectoryContaining(atWork::equals).isDirectoryContaining(elsewhere::equals)
            .isDirectoryContaining(other::equals).isDirectoryContaining(own::equals);
    }
}
