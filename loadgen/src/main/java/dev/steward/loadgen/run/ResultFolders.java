package dev.steward.loadgen.run;

import dev.steward.loadgen.scenario.MachineException;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.results.RunManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes result folders; results are never overwritten. */
final class ResultFolders {
    private ResultFolders() {
    }

    /**
     * A run in a folder that was interrupted, and may go on.
     *
     * @return null if the folder holds no run, or one that came to its end.
     * @throws ScenarioException if it holds an interrupted run of something else.
     */
    static RunManifest interrupted(Path folder, Scenario scenario, List<String> names) {
        if (!Files.isRegularFile(folder.resolve(RunManifest.FILE))) {
            return null;
        }
        try {
            RunManifest run = RunManifest.read(folder);
            if (run.status() == RunManifest.Status.COMPLETE || run.status() == RunManifest.Status.FAILED) {
                return null;
            }
            boolean same = run.scenario().equals(scenario.settings())
                && run.strategies().stream().map(RunManifest.StrategyInfo::name).toList().equals(names);
            if (!same) {
                throw ofAnother("run", folder, run.command());
            }
            return run;
        } catch (IOException e) {
            // What cannot be read cannot go on; the folder is not empty, as will be said.
            return null;
        }
    }

    /** The complaint about a folder in which another command was interrupted. */
    static ScenarioException ofAnother(String what, Path folder, String command) {
        return new ScenarioException("--out: " + folder + " holds an interrupted " + what + " of another command ("
            + command + "); name a new folder");
    }

    /**
     * Makes a folder for results with one for cells in it.
     *
     * @param folder new or empty.
     * @throws ScenarioException if it is not empty or cannot be made; one line, for a user.
     */
    static void make(Path folder) {
        make(folder, folder.resolve("cells"));
    }

    /** The same without one for cells. */
    static void makeBare(Path folder) {
        make(folder, folder);
    }

    private static void make(Path folder, Path inside) {
        try {
            if (Files.isDirectory(folder)) {
                try (var content = Files.list(folder)) {
                    if (content.findAny().isPresent()) {
                        throw new ScenarioException(
                            "--out: " + folder + " is not empty; name a new folder, results are never overwritten");
                    }
                }
            }
            Files.createDirectories(inside);
        } catch (IOException e) {
            throw new MachineException("--out: " + folder + " cannot be written; name a folder that can");
        }
    }
}
