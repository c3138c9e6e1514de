package dev.steward.reports.fleet;

import dev.steward.reports.guide.GridReader;
import dev.steward.results.FleetFolder;
import dev.steward.results.FleetPlan;
import dev.steward.results.Folders;
import dev.steward.results.JsonFile;
import dev.steward.results.RunManifest;
import dev.steward.results.SweepManifest;
import dev.steward.results.TaskAttempt;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Puts together what the tasks of a plan have brought: for each machine class the folder of a sweep, as if one machine
 * had run it. It depends on what is there alone, not on when or in which order that came, and is made anew each time.
 */
public final class FleetMerge {
    /** Folder of the merged sweeps, below that of the plan. */
    public static final String FOLDER = "merged";
    /** Of a sweep, the one file that it comes down to. */
    public static final String GRID = "grid.json";
    private static final int TRIES = 5;

    private final FleetFolder fleet;
    private final SweepManifest sweep;
    private final Map<String, List<MachineClass.Result>> classes = new TreeMap<>();
    private final List<String> damaged = new ArrayList<>();

    private FleetMerge(FleetFolder fleet) {
        this.fleet = fleet;
        sweep = GridReader.planOf(fleet.path());
    }

    /**
     * What was merged.
     *
     * @param classes the one with the most results first
     * @param planned results that there are when nothing is missing
     * @param damaged what is there and not whole, each with its reason; it may be on its way
     */
    public record Merged(List<MachineClass> classes, int planned, List<String> damaged) {
        /** Copies the lists. */
        public Merged {
            classes = List.copyOf(classes);
            damaged = List.copyOf(damaged);
        }

        /** {@return results that were merged} */
        public int results() {
            return classes.stream().mapToInt(one -> one.results().size()).sum();
        }
    }

    /**
     * Merges all that is there as a whole.
     *
     * @throws IOException if the folder cannot be written
     * @throws dev.steward.results.UnreadableResultsException with one line, if its plan cannot be read
     */
    public static Merged merge(FleetFolder fleet) throws IOException {
        FleetMerge merge = new FleetMerge(fleet);
        merge.collect();
        return merge.write();
    }

    private void collect() throws IOException {
        for (FleetPlan.Task task : fleet.plan().tasks()) {
            for (String point : task.points()) {
                String problem = fleet.problem(point, task.number());
                if (problem == null) {
                    Path folder = fleet.result(point, task.number());
                    TaskAttempt attempt = TaskAttempt.read(folder.resolve(TaskAttempt.FILE));
                    RunManifest run = RunManifest.read(folder);
                    classes.computeIfAbsent(run.machine() + "; commit " + run.commit(),
                        any -> new ArrayList<>()).add(new MachineClass.Result(
                            point, task.number(), attempt.node(), attempt.earlierNodes(), folder, attempt.noise()));
                } else if (!problem.equals(FleetFolder.ABSENT)) {
                    damaged.add(problem);
                }
            }
        }
    }

    private Merged write() throws IOException {
        if (classes.isEmpty()) {
            // What was merged before is worth more than an empty folder.
            return new Merged(List.of(), fleet.plan().results(), damaged);
        }
        List<Map.Entry<String, List<MachineClass.Result>>> ordered = new ArrayList<>(classes.entrySet());
        ordered.sort(Comparator.comparingInt(one -> -one.getValue().size()));
        Path unfinished = fleet.path().resolve("." + FOLDER + "-" + UUID.randomUUID());
        List<MachineClass> written = new ArrayList<>();
        try {
            Files.createDirectories(unfinished);
            for (Map.Entry<String, List<MachineClass.Result>> one : ordered) {
                String letters = letters(written.size());
                write(one.getValue(), unfinished.resolve(letters));
                written.add(new MachineClass(one.getKey(), one.getValue(),
                    fleet.path().resolve(FOLDER).resolve(letters), NodeEffect.of(one.getValue(), sweep.strategies())));
            }
            replace(unfinished);
        } finally {
            Folders.remove(unfinished);
        }
        return new Merged(written, fleet.plan().results(), damaged);
    }

    /** a to z, then aa and so on. */
    private static String letters(int index) {
        String last = String.valueOf((char) ('a' + index % 26));
        return index < 26 ? last : letters(index / 26 - 1) + last;
    }

    private void write(List<MachineClass.Result> results, Path target) throws IOException {
        Files.createDirectories(target);
        JsonFile.write(target.resolve(SweepManifest.FILE), sweep);
        for (SweepManifest.Point point : sweep.points()) {
            List<Path> folders = results.stream().filter(result -> result.point().equals(point.id()))
                .map(MachineClass.Result::folder).toList();
            if (!folders.isEmpty()) {
                PointPool.write(folders, target.resolve(point.id()));
            }
        }
        GridReader.write(GridReader.read(target), target.resolve(GRID));
    }

    /** A second merge at the same time may take the place in between; what it wrote is as good. */
    private void replace(Path unfinished) throws IOException {
        Path place = fleet.path().resolve(FOLDER);
        for (int tried = 1; Files.exists(unfinished); tried++) {
            setAside(place);
            try {
                Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileSystemException e) {
                if (tried == TRIES) {
                    throw e;
                }
            }
        }
    }

    private void setAside(Path place) throws IOException {
        Path old = place.resolveSibling("." + FOLDER + "-" + UUID.randomUUID());
        try {
            Files.move(place, old, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            // The first merge.
            return;
        }
        Folders.remove(old);
    }
}
