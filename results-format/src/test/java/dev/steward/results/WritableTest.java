package dev.steward.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** To ask whether a file can be written changes nothing. */
final class WritableTest {
    @TempDir
    private Path folder;

    @Test
    void shouldLeaveALinkThatLeadsToNoFileYet() throws IOException {
        Path second = Files.createSymbolicLink(folder.resolve("second"), Path.of("target"));
        Path first = Files.createSymbolicLink(folder.resolve("first"), second);

        assertThat(Writable.refusal(first)).isEmpty();

        assertThat(first).isSymbolicLink();
        assertThat(second).isSymbolicLink();
        assertThat(folder.resolve("target")).doesNotExist();
    }

    @Test
    void shouldRefuseALinkIntoNoFolderAndOneInACircle() throws IOException {
        Path astray = Files.createSymbolicLink(folder.resolve("astray"), Path.of("none/target"));
        Path circle = Files.createSymbolicLink(folder.resolve("circle"), Path.of("circle"));

        for (Path link : List.of(astray, circle)) {
            assertThat(Writable.refusal(link)).as("%s", link).isPresent();
            assertThat(link).isSymbolicLink();
        }
    }

    @Test
    void shouldLeaveAFileAsItIs() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "kept");

        assertThat(Writable.refusal(file)).isEmpty();
        assertThat(Writable.refusal(folder.resolve("new"))).isEmpty();

        assertThat(file).hasContent("kept");
        assertThat(folder.resolve("new")).doesNotExist();
    }

    @Test
    void shouldAllowADeviceOnlyWhereItIsNotReplaced() {
        Path device = Path.of("/dev/null");

        assertThat(Writable.refusal(device)).isPresent();
        assertThat(Writable.refusalInPlace(device)).isEmpty();
    }
}
