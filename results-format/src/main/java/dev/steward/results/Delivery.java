package dev.steward.results;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Brings the results of a point from a machine's own disk into the shared folder: a copy beside the place, then one
 * rename. Of two that bring the same, the first keeps the place; whoever is killed on the way leaves a folder that
 * nobody reads. A step at a time, so that a test can stop it anywhere.
 */
public final class Delivery {
    private final FleetFolder fleet;
    private final Path local;
    private final String point;
    private final TaskAttempt attempt;
    private final Path part;
    private final Deque<Path> left = new ArrayDeque<>();
    private boolean over;

    /**
     * Prepares a delivery; nothing is written yet.
     *
     * @param local   result folder of the point, complete
     * @param attempt as it stands now
     * @throws IOException if the local folder cannot be read
     */
    public Delivery(FleetFolder fleet, Path local, String point, TaskAttempt attempt) throws IOException {
        this.fleet = fleet;
        this.local = local;
        this.point = point;
        this.attempt = attempt;
        Path place = place();
        part = place.resolveSibling("." + place.getFileName() + "-" + attempt.attempt() + ".part");
        try (var files = Files.walk(local)) {
            // The claim of the run that wrote them is not part of the results.
            files.filter(file -> Files.isRegularFile(file) && !file.getFileName().toString().startsWith("."))
                .sorted().forEach(left::add);
        }
    }

    private Path place() {
        return fleet.result(point, attempt.task());
    }

    /**
     * Delivers everything.
     *
     * @throws IOException if the shared folder cannot be written; what was begun is removed if that can be
     */
    public void run() throws IOException {
        try {
            while (step()) {
                continue;
            }
        } catch (IOException e) {
            removeQuietly();
            throw e;
        }
    }

    /**
     * Copies the next file, or at last renames the folder into its place.
     *
     * @return false once the results are in their place, whoever delivered them
     */
    public boolean step() throws IOException {
        if (over) {
            return false;
        }
        if (left.isEmpty()) {
            rename();
            over = true;
            return false;
        }
        Path file = left.remove();
        Path copy = part.resolve(local.relativize(file).toString());
        if (Files.notExists(copy.getParent())) {
            Files.createDirectories(copy.getParent());
        }
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        if (left.isEmpty()) {
            JsonFile.write(part.resolve(TaskAttempt.FILE), attempt);
        }
        return true;
    }

    private void rename() throws IOException {
        try {
            Files.move(part, place(), StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // A folder that holds something refuses to be renamed over.
            if (!Files.isDirectory(place())) {
                throw e;
            }
            if (fleet.problem(point, attempt.task()) == null) {
                Folders.remove(part);
                return;
            }
            Files.move(place(), part.resolveSibling("." + place().getFileName() + "-" + attempt.attempt() + ".damaged"),
                StandardCopyOption.ATOMIC_MOVE);
            Files.move(part, place(), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private void removeQuietly() {
        try {
            Folders.remove(part);
        } catch (IOException e) {
            // What is left there is read by nobody.
            return;
        }
    }
}
