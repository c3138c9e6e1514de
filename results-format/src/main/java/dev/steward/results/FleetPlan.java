package dev.steward.results;

import static dev.steward.results.Within.Range.POSITIVE;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;

/**
 * How a sweep is split into tasks for several machines, {@code fleet.json}. The grid stands beside it in
 * {@link SweepManifest#FILE}. Immutable.
 *
 * @param kind        what starts the tasks
 * @param command     that made the plan
 * @param generations generations of JVMs at each point
 * @param nodes       machines that are expected to take part, 1 or more
 * @param atOnce      most tasks at a time, 1 or more
 * @param perArray    most tasks that the scheduler takes at once, 1 or more: the first array has tasks 1 to that
 * @param tasks       numbered from 1
 * @param then        command that answers from a merged folder, with {@link #MERGED} in its place; absent in older
 *                    plans
 */
public record FleetPlan(
    String format, int version, Kind kind, String command, @Within(POSITIVE) int generations,
    @Within(POSITIVE) int nodes, @Within(POSITIVE) int atOnce, @Within(POSITIVE) int perArray,
    List<Task> tasks, @MayBeAbsent String then) {
    /** Name of the file in the folder of a plan. */
    public static final String FILE = "fleet.json";
    /** Value of {@link #format()}. */
    public static final String FORMAT = "steward-fleet";
    /** Version that is written, the highest that is read. */
    public static final int VERSION = 1;
    /** Stands for a merged folder in {@link #then()}. */
    public static final String MERGED = "DIR";

    /** Checks the numbers of the tasks and copies the list. */
    public FleetPlan {
        tasks = List.copyOf(tasks);
        for (int i = 0; i < tasks.size(); i++) {
            if (tasks.get(i).number() != i + 1) {
                throw new IllegalArgumentException("tasks are numbered from 1, without a gap");
            }
        }
    }

    /** What starts the tasks. */
    public enum Kind {
        /** Job arrays of Slurm. */
        @JsonProperty("slurm") SLURM,
        /** An indexed job of Kubernetes. */
        @JsonProperty("kubernetes") KUBERNETES,
        /** GNU parallel over ssh. */
        @JsonProperty("ssh") SSH
    }

    /**
     * What one machine runs at a stretch: all strategies of some points.
     *
     * @param number     1 or more
     * @param estimateMs about how long it takes
     * @param points     ids, none twice
     */
    public record Task(@Within(POSITIVE) int number, long estimateMs, List<String> points) {
        /** Checks the points, which become names of folders, and copies the list. */
        public Task {
            points = List.copyOf(points);
            points.stream().filter(point -> !PlainName.is(point)).findFirst().ifPresent(point -> {
                throw new IllegalArgumentException("'" + Wording.shown(point) + "' is not a plain file name");
            });
            if (points.isEmpty() || new HashSet<>(points).size() < points.size()) {
                throw new IllegalArgumentException("a task has at least one point, and none twice");
            }
        }
    }

    /** {@return which copy of a point a task measures, from 1: tasks count in their order} */
    public int copy(String point, Task task) {
        return 1 + (int) tasks.subList(0, task.number() - 1).stream()
            .filter(one -> one.points().contains(point)).count();
    }

    /** {@return how many results there are when all tasks have ended: one for each point of each task} */
    public int results() {
        return tasks.stream().mapToInt(task -> task.points().size()).sum();
    }

    /**
     * Reads the plan in a folder.
     *
     * @throws IOException with a one-line reason, without the file's name
     */
    public static FleetPlan read(Path folder) throws IOException {
        return JsonFile.read(folder.resolve(FILE), FORMAT, VERSION, FleetPlan.class);
    }
}
