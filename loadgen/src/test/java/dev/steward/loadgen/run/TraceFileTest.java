package dev.steward.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.results.Temporary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceFileTest {
    @TempDir
    private Path folder;

    @Test
    void shouldDeleteWhatKilledReplayLeftAndNothingElse() throws IOException {
        Path left = Files.createFile(folder.resolve(Temporary.prefix("replay", 1L << 40) + "1.trace"));
        Path other = Files.createFile(folder.resolve("replay.trace"));

        try (TraceFile file = TraceFile.in(folder)) {
            assertThat(left).doesNotExist();
            assertThat(other).exists();
            assertThat(file.path()).exists();
        }
    }

    @Test
    void shouldLeaveTraceOfReplayAtWork() throws IOException {
        try (TraceFile atWork = TraceFile.in(folder); TraceFile next = TraceFile.in(folder)) {
            assertThat(atWork.path()).exists();
            assertThat(next.path()).exists();
        }
        assertThat(folder).isEmptyDirectory();
    }
}
