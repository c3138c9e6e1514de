package dev.steward.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The folder that all machines of a plan share: where what stands, and whether it is whole. A result has one place, by
 * its point and its task; it gets there by one rename, so that what is there is there once. Reads anew whenever asked,
 * since other machines write.
 */
public final class FleetFolder {
    /** What {@link #problem} says of results that are not there at all. */
    public static final String ABSENT = "not there";

    private static final String ATTEMPTS = "attempts";
    private static final String POINTS = "points";
    private static final String JSON = ".json";

    private final Path folder;
    private final FleetPlan plan;

    private FleetFolder(Path folder, FleetPlan plan) {
        this.folder = folder;
        this.plan = plan;
    }

    /**
     * Opens a folder.
     *
     * @throws UnreadableResultsException with one line, if there is no plan in it that can be read
     */
    public static FleetFolder open(Path folder) {
        try {
            return new FleetFolder(folder, FleetPlan.read(folder));
        } catch (IOException e) {
            throw new UnreadableResultsException(folder.resolve(FleetPlan.FILE) + ": " + e.getMessage(), e);
        }
    }

    /** {@return the folder itself} */
    public Path path() {
        return folder;
    }

    /** {@return what was planned} */
    public FleetPlan plan() {
        return plan;
    }

    /** {@return where the results of a point belong that a task has measured} */
    public Path result(String point, int task) {
        return folder.resolve(POINTS).resolve(point).resolve("t" + task);
    }

    /**
     * Says what is wrong with the results of a point. They are checked against their own digests: a shared folder may
     * show some of the files, or a part of one, later than others.
     *
     * @return null if they are there as a whole, {@link #ABSENT} if nothing is there, or else one line
     */
    public String problem(String point, int task) {
        Path result = result(point, task);
        if (!Files.isDirectory(result)) {
            return ABSENT;
        }
        Path file = result.resolve(TaskAttempt.FILE);
        try {
            TaskAttempt.read(file);
            file = result.resolve(RunManifest.FILE);
            if (RunManifest.read(result).status() != RunManifest.Status.COMPLETE) {
                return file + ": the run has not come to its end";
            }
            return damage(result);
        } catch (IOException e) {
            return file + ": " + e.getMessage();
        }
    }

    /** Null if what a run says of its files is true of them, whether it has come to its end or not; else one line. */
    static String damage(Path result) {
        Path file = result.resolve(RunManifest.FILE);
        try {
            RunManifest run = RunManifest.read(result);
            file = result.resolve(TurnRecord.FILE);
            if (run.turns() != null && run.turns().log() != null) {
                run.turns().log().require(WholeFile.ofResult(file));
            }
            for (RunManifest.PlannedCell cell : run.cells()) {
                if (cell.status().finished()) {
                    file = result.resolve("cells").resolve(cell.id() + JSON);
                    String digest = CellRecord.read(file).logDigest();
                    file = file.resolveSibling(cell.id() + ".hlog");
                    byte[] log = WholeFile.ofResult(file);
                    if (digest != null && !Digest.of(log, CellRecord.LOG_DIGITS).equals(digest)) {
                        return file + ": is not what was written with the cell (its digest is another one)";
                    }
                }
            }
            return null;
        } catch (IOException e) {
            return file + ": " + e.getMessage();
        }
    }

    /** {@return points of a task whose results are not there as a whole, in the order of the plan} */
    public List<String> missing(FleetPlan.Task task) {
        return task.points().stream().filter(point -> problem(point, task.number()) != null).toList();
    }

    /**
     * A task of the plan.
     *
     * @throws UnreadableResultsException with one line, if there is none with that number
     */
    public FleetPlan.Task task(int number) {
        if (number < 1 || number > plan.tasks().size()) {
            throw new UnreadableResultsException(
                folder + ": there is no task " + number + "; allowed: 1 to " + plan.tasks().size(), null);
        }
        return plan.tasks().get(number - 1);
    }

    /**
     * Writes how an attempt stands, into its own file.
     *
     * @throws IOException if it cannot be written
     */
    public void write(TaskAttempt attempt) throws IOException {
        Path file = folder.resolve(ATTEMPTS).resolve("t" + attempt.task() + "-" + attempt.attempt() + JSON);
        Files.createDirectories(file.getParent());
        JsonFile.write(file, attempt);
    }

    /**
     * {@return all attempts, by task, those of a task by start and name}
     *
     * @throws IOException if the folder cannot be read; a file of it that cannot is left out, since another machine
     *                     may be writing it
     */
    public List<TaskAttempt> attempts() throws IOException {
        List<TaskAttempt> attempts = new ArrayList<>();
        try (var files = Files.list(folder.resolve(ATTEMPTS))) {
            for (Path file : files.filter(one -> one.toString().endsWith(JSON)
                && !one.getFileName().toString().startsWith(".")).sorted().toList()) {
                try {
                    attempts.add(TaskAttempt.read(file));
                } catch (IOException e) {
                    // It is being renamed into place, or another kind of file.
                    continue;
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        attempts.sort(Comparator.comparingInt(TaskAttempt::task).thenComparing(TaskAttempt::startedAt)
            .thenComparing(TaskAttempt::attempt));
        return attempts;
    }
}
