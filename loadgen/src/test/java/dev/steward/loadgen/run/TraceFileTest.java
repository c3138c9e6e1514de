package dev.steward.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;

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
        Path left = Files.createFile(folder.resolve("steward-replay-" + numberOfNoProcess() + "-1.trace"));
        Path other = Files.createFile(folder.resolve("replay.trace"));

        try (TraceFile file = TraceFile.in(folder)) {
            assertThat(left).doesNotExist();
            assertThat(other).exists();
            assertThat(file.path()).exists();
        }
    }

    /** As if another process had it: within one nothing of a lock on it could be seen. */
    @Test
    void shouldLeaveTraceOfAnotherProcessAtWork() throws IOException {
        long parent = ProcessHandle.current().parent().orElseThrow().pid();
        Path atWork = Files.createFile(folder.resolve("steward-replay-" + parent + "-1.trace"));

        try (TraceFile next = TraceFile.in(folder)) {
            assertThat(atWork).exists();
            assertThat(next.path()).exists();
        }
    }

    private static long numberOfNoProcess() {
        long number = 1L << 40;
        assertThat(ProcessHandle.of(number)).isEmpty();
        return number;
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
