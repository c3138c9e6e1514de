package dev.steward.reports.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.results.JsonFile;
import dev.steward.results.SweepManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherFolderTest {
    @TempDir
    Path folder;

    @Test
    void shouldNameTheAnswerOfASearchOnlyWhereThereIsOne() throws IOException {
        Files.createFile(folder.resolve("capacity.json"));

        assertThat(OtherFolder.described(folder)).contains(folder + ": holds an interrupted search for the capacity; "
            + "the same command with --out " + folder + " goes on");
        Files.createFile(folder.resolve("capacity.txt"));
        assertThat(OtherFolder.described(folder)).contains(folder + ": holds a search for the capacity; its answer is "
            + folder.resolve("capacity.txt"));
    }

    @Test
    void shouldNameAFewPointsOfASweep() throws IOException {
        sweep(8);

        assertThat(OtherFolder.described(folder)).contains(folder + ": holds a sweep of 8 points, none of which has "
            + "a result");
        for (int i = 1; i <= 7; i++) {
            Files.createFile(Files.createDirectory(folder.resolve("p" + i)).resolve("run.json"));
        }
        assertThat(OtherFolder.described(folder)).contains(folder + ": holds a sweep of 8 points; name one of them: "
            + "p1, p2, p3, p4, p5 and 2 more");
    }

    @Test
    void shouldNameThePointsOfASweepWhosePlanCannotBeRead() throws IOException {
        Files.createFile(folder.resolve("sweep.json"));
        Files.createFile(Files.createDirectory(folder.resolve("p1")).resolve("run.json"));

        assertThat(OtherFolder.described(folder)).contains(folder + ": holds the points of a sweep; name one of them: "
            + "p1");
    }

    private void sweep(int points) throws IOException {
        JsonFile.write(folder.resolve("sweep.json"), new SweepManifest(SweepManifest.FORMAT, SweepManifest.VERSION,
            "name", "what", null, List.of("mutex"), Map.of(), List.of(), IntStream.rangeClosed(1, points)
                .mapToObj(i -> new SweepManifest.Point("p" + i, Map.of("streams", (double) i))).toList()));
    }
}
