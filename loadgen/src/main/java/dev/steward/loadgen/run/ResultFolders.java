package dev.steward.loadgen.run;

import dev.steward.loadgen.scenario.ScenarioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes result folders; results are never overwritten. */
final class ResultFolders {
    private ResultFolders() {
    }

    /**
     * Makes a folder for results with one for cells in it.
     *
     * @param folder new or empty.
     * @throws ScenarioException if it is not empty or cannot be made; one line, for a user.
     */
    static void make(Path folder) {
        try {
            if (Files.isDirectory(folder)) {
                try (var content = Files.list(folder)) {
                    if (content.findAny().isPresent()) {
                        throw new ScenarioException(
                            "--out: " + folder + " is not empty; name a new folder, results are never overwritten");
                    }
                }
            }
            Files.createDirectories(folder.resolve("cells"));
        } catch (IOException e) {
            throw new ScenarioException("--out: " + folder + " cannot be written; name a folder that can");
        }
    }
}
