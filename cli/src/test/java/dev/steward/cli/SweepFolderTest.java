package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.loadgen.run.Claim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command that runs a sweep refuses a folder of another run and one that is none, before anything starts. */
final class SweepFolderTest {
    private static final List<String> GUIDE = List.of("guide", "--measure", "--events", "1k/s", "--attach", "10/s",
        "--streams", "64", "--section", "1us");

    @TempDir
    private Path folder;
    private List<String> sweep;

    @BeforeEach
    void writeGrid() throws IOException {
        Path grid = Files.writeString(folder.resolve("grid.yaml"),
            "name: tiny\nstrategies: [mutex, rwlock]\nsettings: {path: inline}\naxes: {storm.rate: [2k/s, 4k/s]}\n");
        sweep = List.of("sweep", "--grid", grid.toString());
    }

    @Test
    void shouldRefuseAFolderInWhichAnotherRunIsAtWork() throws IOException {
        Path out = folder.resolve("out");
        Claim other = Claim.making(out);
        for (List<String> command : List.of(sweep, GUIDE, List.of("debate", "--only", "readers"), List.of("regret"))) {
            assertRefused(command, out, "another run is at work in " + out + "; name a new folder");
            try (Stream<Path> files = Files.list(out)) {
                assertThat(files).as("%s", command).containsExactly(out.resolve(Claim.FILE));
            }
        }
        other.release();
    }

    @Test
    void shouldRefuseAFolderOfAQuestionInWhichAnotherRunIsAtWork() throws IOException {
        Path out = folder.resolve("out");
        Path question = out.resolve("2-rate");
        Claim other = Claim.making(question);

        Cli.Outcome outcome = Cli.run("debate", "--only", "2-rate", "--out", out.toString());

        assertThat(outcome.err()).isEqualTo("steward: --out: another run is at work in " + question
            + "; name a new folder" + System.lineSeparator());
        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        other.release();
    }

    @Test
    void shouldRefuseWhatIsNoFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        for (List<String> command : List.of(sweep, GUIDE, List.of("debate", "--only", "readers"), List.of("regret"))) {
            assertRefused(command, file, file + " cannot be written; name a folder that can");
        }
        assertThat(file).hasContent("x");
    }

    private static void assertRefused(List<String> command, Path out, String message) {
        Cli.Outcome outcome = Cli.run(
            Stream.concat(command.stream(), Stream.of("--out", out.toString())).toArray(String[]::new));
        assertThat(outcome.err()).isEqualTo("steward: --out: " + message + System.lineSeparator());
        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
    }
}
