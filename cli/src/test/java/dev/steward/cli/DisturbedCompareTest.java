package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DisturbedCompareTest {
    /** No figure counts, and yet it is a success: promises held. */
    @Test
    void shouldJudgeByPromisesAloneWhereThreadsAreDisturbed(@TempDir Path temporary) throws Exception {
        Path folder = temporary.resolve("disturbed");
        Cli.Outcome outcome = Cli.run(
            "compare", "--strategy", "mutex", "--out", folder.toString(), "--set", "disturb=stutter,jitter",
            "--set", "repeats=1", "--set", "warmup=50ms", "--set", "duration=200ms", "--set", "path=inline", "--set",
            "rehearsal=50ms");

        assertThat(outcome.code()).as(outcome.out() + outcome.err()).isEqualTo(ExitCode.OK);
        assertThat(outcome.out()).contains("] mutex-inline-r1          disturbed ")
            .contains("Promises: kept by mutex in ").contains("! DISTURBED: threads were disturbed on purpose")
            .doesNotContain("Nothing to choose from");
        assertThat(Files.readString(folder.resolve("report.html"))).contains("DISTURBED");
        assertThat(Files.readString(folder.resolve("cells/mutex-inline-r1.json")))
            .containsPattern("\"kind\" : \"disturbed\",\\s+\"name\" : \"stutter\"");
    }
}
