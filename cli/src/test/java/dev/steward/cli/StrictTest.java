package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a machine that is busy on purpose. */
final class StrictTest {
    @TempDir
    private Path folder;
    private final List<Process> spinners = new ArrayList<>();

    @BeforeEach
    void spin() throws IOException {
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            spinners.add(new ProcessBuilder("sh", "-c", "while :; do :; done").start());
        }
    }

    @AfterEach
    void stop() {
        spinners.forEach(Process::destroyForcibly);
    }

    @Test
    void shouldRefuseABusyMachineAndLeaveNothing() {
        Path out = folder.resolve("out");
        Cli.Outcome outcome = Cli.run("compare", "--strict", "--strategy", "mutex,rwsem", "--out", out.toString());

        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err().lines()).hasSize(1).first().asString()
            .startsWith("steward: --strict: the machine is noisy: ");
        assertThat(out).doesNotExist();
    }
}
