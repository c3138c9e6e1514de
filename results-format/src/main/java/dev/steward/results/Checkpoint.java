package dev.steward.results;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an attempt has measured of points that it has not finished, generation by generation, in the shared folder: a
 * folder that gets there by one rename, from which another attempt goes on. Nobody counts it as a result. Immutable.
 *
 * @param folder      that of a sweep, with the attempt as it stood then
 * @param generations that have come to their end at all points
 * @param points      ids
 */
public record Checkpoint(Path folder, int generations, Set<String> points) {
    private static final String FOLDER = "checkpoints";
    private static final Pattern NAME = Pattern.compile("t(\\d{1,9})-(\\d{1,9})-(.+)");

    /** Copies the set. */
    public Checkpoint {
        points = Set.copyOf(points);
    }

    /**
     * Writes one, in the place of what the same attempt has written before.
     *
     * @param sweep       folder of a sweep on this machine
     * @param points      of it that are not finished
     * @param generations that have come to their end at all of them
     * @throws IOException if it cannot be written; what was there before stays
     */
    public static void write(
        FleetFolder fleet, Path sweep, Collection<String> points, int generations, TaskAttempt attempt)
        throws IOException {
        String name = "t" + attempt.task() + "-" + generations + "-" + attempt.attempt();
        Path part = fleet.path().resolve(FOLDER).resolve("." + name + ".part");
        try {
            Files.createDirectories(part);
            Files.copy(sweep.resolve(SweepManifest.FILE), part.resolve(SweepManifest.FILE));
            for (String point : points) {
                copy(sweep.resolve(point), part.resolve(point));
            }
            JsonFile.write(part.resolve(TaskAttempt.FILE), attempt);
            Files.move(part, part.resolveSibling(name), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Folders.remove(part);
        }
        for (Path other : all(fleet, start(attempt.task()))) {
            if (!other.endsWith(name) && other.getFileName().toString().endsWith("-" + attempt.attempt())) {
                Folders.remove(other);
            }
        }
    }

    /**
     * The one of a task that has come furthest.
     *
     * @param missing points of the task: one that was brought since is not measured again
     * @return empty if none is there as a whole
     */
    public static Optional<Checkpoint> furthest(FleetFolder fleet, int task, Collection<String> missing)
        throws IOException {
        return all(fleet, start(task)).stream().map(Checkpoint::read).flatMap(Optional::stream)
            .filter(one -> !one.points.isEmpty() && missing.containsAll(one.points))
            .max(Comparator.comparingInt(Checkpoint::generations));
    }

    /**
     * Removes all of a task, which is done, and what attempts have left of one when they were killed.
     *
     * @throws IOException if one cannot be removed
     */
    public static void removeAll(FleetFolder fleet, int task) throws IOException {
        for (String start : List.of(start(task), "." + start(task))) {
            for (Path one : all(fleet, start)) {
                Folders.remove(one);
            }
        }
    }

    /** A shared folder may show some of its files late, and another attempt may be removing it. */
    private static Optional<Checkpoint> read(Path folder) {
        Matcher name = NAME.matcher(folder.getFileName().toString());
        try (var content = Files.list(folder)) {
            if (!name.matches()) {
                return Optional.empty();
            }
            Checkpoint found = new Checkpoint(folder, Integer.parseInt(name.group(2)), new HashSet<>(
                content.filter(Files::isDirectory).map(point -> point.getFileName().toString()).toList()));
            SweepManifest.read(folder);
            found.attempt();
            for (String point : found.points) {
                TurnPlan turns = RunManifest.read(folder.resolve(point)).turns();
                if (turns == null || turns.generations() < found.generations || turns.log() == null
                    || FleetFolder.damage(folder.resolve(point)) != null) {
                    return Optional.empty();
                }
            }
            return Optional.of(found);
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /** {@return the attempt that wrote it, as it stood then} */
    public TaskAttempt attempt() throws IOException {
        return TaskAttempt.read(folder.resolve(TaskAttempt.FILE));
    }

    /**
     * Copies it into a folder of this machine, which becomes that of a sweep that was interrupted.
     *
     * @throws NoSuchFileException if it was removed meanwhile
     * @throws IOException         if it cannot be read, or the folder cannot be written
     */
    public void copyTo(Path local) throws IOException {
        for (String point : points) {
            copy(folder.resolve(point), local.resolve(point));
        }
        Files.copy(folder.resolve(SweepManifest.FILE), local.resolve(SweepManifest.FILE));
    }

    private static String start(int task) {
        return "t" + task + "-";
    }

    private static List<Path> all(FleetFolder fleet, String start) throws IOException {
        try (var folders = Files.list(fleet.path().resolve(FOLDER))) {
            return folders.filter(one -> one.getFileName().toString().startsWith(start)).sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Without the claim of the run that wrote them. */
    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else if (!file.getFileName().toString().startsWith(".")) {
                    Files.copy(file, copy);
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
