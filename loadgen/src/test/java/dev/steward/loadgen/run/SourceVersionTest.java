package dev.steward.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SourceVersionTest {
    @TempDir
    private Path home;

    @Test
    void shouldSayWhatAnArchiveWasBuiltFrom() throws IOException {
        Files.writeString(home.resolve("commit"), "0123456789ab-dirty\n");

        assertThat(SourceVersion.commit(home)).isEqualTo("0123456789ab-dirty");
    }

    @Test
    void shouldSayUnknownWhenNothingTells() throws IOException {
        assertThat(SourceVersion.commit(home)).isEqualTo("unknown");

        Files.createFile(home.resolve("commit"));
        assertThat(SourceVersion.commit(home)).as("empty").isEqualTo("unknown");
    }

    @Test
    void shouldNotTakeTheCommitOfARepositoryAround() throws IOException, InterruptedException {
        assumeTrue(git("init", "-q") && git("-c", "user.name=a", "-c", "user.email=a@example.invalid",
            "commit", "-q", "--allow-empty", "-m", "around"), "git");
        Path unpacked = Files.createDirectory(home.resolve("steward"));

        assertThat(SourceVersion.commit(home)).matches("[0-9a-f]{12}");
        assertThat(SourceVersion.commit(unpacked)).isEqualTo("unknown");
    }

    private boolean git(String... arguments) throws InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = "git";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        try {
            return new ProcessBuilder(command).directory(home.toFile()).inheritIO().start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
