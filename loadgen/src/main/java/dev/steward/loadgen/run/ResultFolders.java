package dev.steward.loadgen.run;

import dev.steward.loadgen.scenario.MachineException;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.results.RunManifest;
import dev.steward.results.Writable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Makes result folders; results are never overwritten. A place that cannot be written is refused alike wherever that
 * shows before anything was measured.
 */
public final class ResultFolders {
    /** The sentence says as much without them. */
    private static final Set<String> PLAIN_REASONS = Set.of("Read-only file system", "Not a directory");

    private ResultFolders() {
    }

    /**
     * A run in a folder that was interrupted, and may go on.
     *
     * @return null if the folder holds no run, or one that came to its end.
     * @throws FolderTakenException if it holds an interrupted run of something else.
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
    static FolderTakenException ofAnother(String what, Path folder, String command) {
        return new FolderTakenException("--out: " + folder + " holds an interrupted " + what + " of another command ("
            + command + "); name a new folder");
    }

    /**
     * Makes a folder for results with one for cells in it. Of several runs that start at once one makes it.
     *
     * @param folder new or empty.
     * @throws FolderTakenException if it is not empty; one line, for a user.
     * @throws MachineException     if it cannot be made.
     */
    static void make(Path folder) {
        makeBare(folder);
        try {
            Files.createDirectory(folder.resolve("cells"));
        } catch (FileAlreadyExistsException e) {
            throw notEmpty(folder);
        } catch (IOException e) {
            throw notWritable(folder, e);
        }
    }

    /** The same without one for cells. */
    static void makeBare(Path folder) {
        try {
            // Whether a run is at work there is asked later.
            if (Files.isDirectory(folder) && !Claim.isAlone(folder)) {
                throw notEmpty(folder);
            }
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw notWritable(folder, e);
        }
    }

    private static FolderTakenException notEmpty(Path folder) {
        return new FolderTakenException(
            "--out: " + folder + " is not empty; name a new folder, results are never overwritten");
    }

    /**
     * Makes a folder unless it is there.
     *
     * @throws MachineException if it cannot be made, or nothing in it; one line, for a user.
     */
    public static void requireWritable(Path folder) {
        try {
            Writable.makeFolder(folder);
        } catch (IOException e) {
            throw notWritable(folder, e);
        }
    }

    /** The complaint about a folder that cannot be made, or in which nothing can be. */
    public static MachineException notWritable(Path folder, IOException cause) {
        return new MachineException("--out: " + unwritable(folder, cause), cause);
    }

    /** The same in words behind the option that names the folder. */
    public static String unwritable(Path folder, IOException cause) {
        // Of a full disk a user would not think: the folder is there and has its rights.
        String reason = cause instanceof FileSystemException of && of.getReason() != null
            && !PLAIN_REASONS.contains(of.getReason()) ? " (" + of.getReason() + ")" : "";
        return folder + " cannot be written" + reason + "; name a folder that can";
    }
}
