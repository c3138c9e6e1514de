package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.loadgen.run.FolderTakenException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InFolderTest {
    @TempDir
    private Path root;

    /** What another run makes meanwhile, in a folder that was not there when this one began. */
    private void refused(Path folder, RuntimeException why) {
        assertThatThrownBy(() -> RunCommand.inFolder(folder, "any", (made, isNew) -> {
            assertThat(isNew).isTrue();
            Files.createDirectories(made.resolve("cells"));
            throw why;
        })).isSameAs(why);
    }

    @Test
    void shouldLeaveTheFolderOfAnotherRunAlone() {
        refused(root.resolve("taken"), new FolderTakenException("--out: taken"));

        assertThat(root.resolve("taken/cells")).isDirectory();
    }

    @Test
    void shouldDropAFolderOfItsOwnThatGotNothing() {
        refused(root.resolve("own"), new IllegalStateException("no"));

        assertThat(root.resolve("own")).doesNotExist();
    }
}
