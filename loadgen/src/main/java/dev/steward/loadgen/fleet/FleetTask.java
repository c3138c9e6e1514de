package dev.steward.loadgen.fleet;

import dev.steward.catalog.UnusableStrategyException;
import dev.steward.loadgen.run.Isolation;
import dev.steward.loadgen.run.Preflight;
import dev.steward.loadgen.run.RunListener;
import dev.steward.loadgen.run.TurnOptions;
import dev.steward.loadgen.scenario.MachineException;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.sweep.SweepGrid;
import dev.steward.loadgen.sweep.SweepPoint;
import dev.steward.loadgen.sweep.SweepRun;
import dev.steward.results.Checkpoint;
import dev.steward.results.Delivery;
import dev.steward.results.FleetFolder;
import dev.steward.results.FleetPlan;
import dev.steward.results.Folders;
import dev.steward.results.SweepManifest;
import dev.steward.results.TaskAttempt;
import dev.steward.results.Temporary;
import dev.steward.results.UnreadableResultsException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * One attempt at a task of a plan: measures on this machine's own disk what is not there yet, brings each block of
 * points into the shared folder once it is finished, and keeps there what it has of the block after each generation.
 * However it ends, what it has brought stays, and another attempt goes on from there.
 *
 * <p>Threading: {@link #run} on one thread; {@link #cancel} from any.
 */
public final class FleetTask {
    /** What schedulers say of a task, and what helps to find it there again. */
    private static final List<String> SCHEDULER = List.of("SLURM_ARRAY_JOB_ID", "SLURM_ARRAY_TASK_ID",
        "SLURM_RESTART_COUNT", "SLURM_CLUSTER_NAME", "JOB_COMPLETION_INDEX", "PARALLEL_SEQ");
    /** Where the name of the node stands, the scheduler's own first. */
    private static final List<String> NODE = List.of("SLURMD_NODENAME", "NODE_NAME");
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
    private static final String UNKNOWN = "unknown";

    private final FleetFolder fleet;
    private final FleetPlan.Task task;
    private final Path home;
    private final String command;
    private final List<String> missing;
    private final Isolation isolation = Isolation.begin();
    /** Points whose first generations another attempt has measured, and that attempt. */
    private final Set<String> begun = new HashSet<>();
    private TaskAttempt earlier;
    private TaskAttempt attempt;
    private volatile SweepRun sweep;
    private volatile boolean cancelled;
    private volatile boolean delivered;

    private FleetTask(FleetFolder fleet, FleetPlan.Task task, Path home, String command) {
        this.fleet = fleet;
        this.task = task;
        this.home = home;
        this.command = command;
        missing = fleet.missing(task);
        Map<String, String> environment = System.getenv();
        attempt = new TaskAttempt(TaskAttempt.FORMAT, TaskAttempt.VERSION, task.number(),
            UUID.randomUUID().toString().substring(0, 13), TaskAttempt.Status.RUNNING, node(environment), now(), null,
            null, scheduler(environment), List.of(), List.of(), List.of());
    }

    /**
     * Prepares an attempt; nothing is written.
     *
     * @param number  of the task.
     * @param home    of the suite.
     * @param command that runs it.
     * @throws UnreadableResultsException with one line, if the plan has no such task.
     */
    public static FleetTask of(FleetFolder fleet, int number, Path home, String command) {
        return new FleetTask(fleet, fleet.task(number), home, command);
    }

    private SweepGrid grid() throws IOException {
        Path file = fleet.path().resolve(FleetWriter.GRID);
        SweepManifest planned;
        try {
            planned = SweepManifest.read(fleet.path());
        } catch (IOException e) {
            throw new IOException(fleet.path().resolve(SweepManifest.FILE) + ": " + e.getMessage(), e);
        }
        if (!Files.isReadable(file)) {
            throw new IOException(file + ": cannot be read here");
        }
        SweepGrid grid = SweepGrid.read(file);
        Set<String> known = new HashSet<>();
        grid.points().forEach(point -> known.add(point.id()));
        if (!planned.sameGridAs(grid.manifest(command)) || !known.containsAll(task.points())) {
            throw new ScenarioException(fleet.path() + ": this suite reads another grid from "
                + FleetWriter.GRID + " than the one that planned it; plan anew");
        }
        return grid;
    }

    /** Points of a grid as a task measures them, in its order: where others measure one, too, with its own arrivals. */
    static List<SweepPoint> points(SweepGrid grid, FleetPlan plan, FleetPlan.Task task, List<String> ids) {
        Map<String, SweepPoint> known = new HashMap<>();
        grid.points().forEach(point -> known.put(point.id(), point));
        return ids.stream().map(id -> known.get(id).copy(plan.copy(id, task))).toList();
    }

    private static String node(Map<String, String> environment) {
        for (String name : NODE) {
            if (!environment.getOrDefault(name, "").isEmpty()) {
                return environment.get(name);
            }
        }
        try {
            return Files.readString(HOST_NAME).strip();
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    private static Map<String, String> scheduler(Map<String, String> environment) {
        Map<String, String> said = new TreeMap<>();
        SCHEDULER.stream().filter(environment::containsKey).forEach(name -> said.put(name, environment.get(name)));
        return said;
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /**
     * Measures and delivers. If everything is there, nothing is done, nor noted: the attempt that brought it counts.
     *
     * @return true if every point of the task is there.
     * @throws ScenarioException if the plan is not one that this suite can run: another attempt would fail as well,
     *                           unless it is a {@link MachineException}.
     * @throws IOException       if results cannot be written, here or in the shared folder; what was delivered stays.
     */
    public boolean run(TurnOptions turns, Preflight preflight, RunListener listener) throws IOException {
        if (missing.isEmpty()) {
            return true;
        }
        fleet.write(attempt);
        TaskAttempt.Status status = TaskAttempt.Status.FAILED;
        String reason = null;
        try {
            boolean complete = measured(turns, preflight, listener);
            status = complete ? TaskAttempt.Status.DONE
                : cancelled ? TaskAttempt.Status.STOPPED : TaskAttempt.Status.FAILED;
            reason = complete ? null : cancelled ? "told to stop" : "not every strategy has run to its end: "
                + String.join(", ", fleet.missing(task)) + " missing";
            return complete;
        } catch (IOException | RuntimeException | Error e) {
            status = neverGoesRight(e) ? TaskAttempt.Status.GAVE_UP : TaskAttempt.Status.FAILED;
            reason = Objects.toString(e.getMessage(), e.toString());
            throw e;
        } finally {
            attempt = stands(status, now(), reason);
            fleet.write(attempt);
        }
    }

    private boolean measured(TurnOptions turns, Preflight preflight, RunListener listener) throws IOException {
        SweepGrid grid = grid();
        Path local = scratch();
        try {
            Optional<Checkpoint> checkpoint = checkpoint(local);
            SweepRun run = new SweepRun(grid, points(grid, fleet.plan(), task, missing), local, home, command);
            sweep = run;
            if (cancelled) {
                run.cancel();
            }
            if (checkpoint.isPresent()) {
                earlier = checkpoint.get().attempt();
                run.begun().forEach(point -> begun.add(point.id()));
            }
            boolean complete = run.run(turns, preflight, listener, new Deliveries(local));
            if (complete) {
                removeCheckpoints();
            }
            return complete;
        } finally {
            Folders.remove(local);
        }
    }

    /** What another attempt has measured, copied to this machine. */
    private Optional<Checkpoint> checkpoint(Path local) throws IOException {
        Optional<Checkpoint> furthest = Checkpoint.furthest(fleet, task.number(), missing);
        if (furthest.isPresent()) {
            try {
                furthest.get().copyTo(local);
            } catch (NoSuchFileException e) {
                // The attempt that wrote it runs at the same time, and has written a newer one or is done.
                Folders.remove(local);
                Files.createDirectory(local);
                return Optional.empty();
            }
        }
        return furthest;
    }

    private void removeCheckpoints() {
        try {
            Checkpoint.removeAll(fleet, task.number());
        } catch (IOException e) {
            // All results are delivered; another attempt may be removing them, too, and nobody reads what is left.
            return;
        }
    }

    /** A folder on this machine's own disk. */
    private static Path scratch() throws IOException {
        String named = System.getenv("TMPDIR");
        Path folder = Path.of(named == null || named.isEmpty() ? "/tmp" : named);
        try {
            return Temporary.folder(folder, "task");
        } catch (FileSystemException e) {
            throw new FileSystemException(folder.toString(), null,
                !Files.isDirectory(folder) ? "no such folder on this node; results are written there first (see TMPDIR)"
                    : "cannot be written" + (e.getReason() == null ? "" : ": " + e.getReason()));
        }
    }

    /** What the exit code 2 tells a scheduler. */
    private static boolean neverGoesRight(Throwable e) {
        return e instanceof ScenarioException && !(e instanceof MachineException)
            || e instanceof UnusableStrategyException
            || e instanceof InvalidPathException || e instanceof UnreadableResultsException;
    }

    private TaskAttempt stands(TaskAttempt.Status status, String ended, String reason) {
        Isolation.Found found = isolation.found();
        return attempt.now(status, ended, reason, found.facts(), found.noise());
    }

    /** From the disk of this machine into the shared folder. */
    private final class Deliveries implements SweepRun.Ended {
        private final Path local;

        Deliveries(Path local) {
            this.local = local;
        }

        /** As it stands, for results whose first generations may be another attempt's. */
        private TaskAttempt now(boolean goesOn) {
            attempt = stands(TaskAttempt.Status.RUNNING, null, null);
            return goesOn ? attempt.after(earlier) : attempt;
        }

        @Override
        public void ended(SweepPoint point) throws IOException {
            Path results = local.resolve(point.id());
            new Delivery(fleet, results, point.id(), now(begun.contains(point.id()))).run();
            delivered = true;
            Folders.remove(results);
        }

        @Override
        public void generationEnded(List<SweepPoint> block, int generations) {
            List<String> ids = block.stream().map(SweepPoint::id).toList();
            try {
                Checkpoint.write(fleet, local, ids, generations, now(begun.containsAll(ids)));
                delivered = true;
            } catch (IOException e) {
                // It only saves time after a kill; if the folder still cannot be written, the delivery says so.
                return;
            }
        }
    }

    /** Whether this attempt has brought anything. */
    public boolean hasDelivered() {
        return delivered;
    }

    /** Ends what runs; what is finished is delivered. */
    public void cancel() {
        cancelled = true;
        SweepRun now = sweep;
        if (now != null) {
            now.cancel();
        }
    }
}
