package dev.steward.loadgen.run;

import dev.steward.loadgen.cell.CellMemory;
import dev.steward.loadgen.cell.CellSpec;
import dev.steward.loadgen.cell.LiveMain;
import dev.steward.loadgen.scenario.MachineException;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.loadgen.turn.Contestant;
import dev.steward.loadgen.turn.Groups;
import dev.steward.loadgen.turn.Lane;
import dev.steward.loadgen.turn.TurnSettings;
import dev.steward.loadgen.turn.TurnsRun;
import dev.steward.results.CellRecord;
import dev.steward.results.JsonFile;
import dev.steward.results.JsonLines;
import dev.steward.results.RunManifest;
import dev.steward.results.TurnPlan;
import dev.steward.results.TurnRecord;
import dev.steward.results.Wording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.agrona.concurrent.SystemNanoClock;

/**
 * A comparison at one or more points by turns: the same live JVMs visit all points. {@code run.json} of each point is
 * true after each generation.
 *
 * <p>Threading: {@link #run} on one thread; {@link #cancel} from any.
 */
public final class TurnComparison implements Measurement {
    private static final long NS_PER_MS = 1_000_000;
    private static final double NS_PER_SECOND = 1e9;
    private static final long LEAD_IN_NS = 20_000_000;
    private static final long SHORTEST_WINDOW_NS = 100_000_000;
    private static final long LONGEST_WINDOW_NS = 2_000_000_000;
    /** A median of fewer operations is a matter of chance. */
    private static final double OPERATIONS = 50;
    private static final double BURSTS = 2;
    /** Some is left to the system and to what else runs. */
    private static final double MEMORY_SHARE = 0.8;

    /**
     * One point.
     *
     * @param manifest   as it stands before the run.
     * @param eventsFile kernel log to draw records from, or null for synthetic ones.
     */
    record Point(Path folder, RunManifest manifest, Scenario scenario, String eventsFile) {
    }

    private final List<Point> points;
    private final List<String> names;
    private final TurnOptions options;
    private final boolean longCells;
    private final boolean goesOn;
    private TurnsRun turns;
    /** What was written of whole generations, by the folder of a point. */
    private final Map<Path, TurnPlan.Log> logs = new HashMap<>();
    private RunListener listener;
    private boolean cancelled;

    /** A run that begins, or goes on where an earlier one of the same was interrupted. */
    TurnComparison(List<Point> points, List<String> names, TurnOptions options, boolean goesOn) {
        this.points = List.copyOf(points);
        this.names = List.copyOf(names);
        this.options = options;
        longCells = first().count(ScenarioKey.REPEATS) > 0;
        this.goesOn = goesOn;
    }

    private Scenario first() {
        return points.get(0).scenario();
    }

    @Override
    public Path folder() {
        return points.get(0).folder();
    }

    @Override
    public RunManifest.Status run(RunListener told) {
        return Claim.during(folder(), () -> measure(told));
    }

    private RunManifest.Status measure(RunListener told) {
        listener = told;
        boolean ended = false;
        boolean interrupted = false;
        try {
            TurnsRun planned = plan();
            if (goesOn) {
                goOn(planned);
            }
            begin(planned);
            told.turnsPlanned(
                what(points.stream().map(Point::scenario).toList(), names.size(), planned.estimateNs()),
                notice(planned.generationsForVerdicts(), planned.estimateNs(), options.budgetNs()), (long) Math.min(
                options.budgetNs(), (double) planned.mostGenerations() * planned.estimateNs()) / NS_PER_MS,
                planned.mostGenerations());
            save(RunManifest.Status.RUNNING, null);
            ended = planned.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            // Kept until the end: a file channel refuses to write on an interrupted thread.
            interrupted = true;
        }
        RunManifest.Status status = !ended ? RunManifest.Status.INTERRUPTED
            : turns.failed().isEmpty() ? RunManifest.Status.COMPLETE : RunManifest.Status.FAILED;
        save(status, Comparison.now());
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return status;
    }

    /** Of a generation that did not end at all points nothing is kept: another one takes its number. */
    private void goOn(TurnsRun planned) throws IOException {
        TurnPlan earlier = points.stream().map(point -> point.manifest().turns())
            .min(Comparator.comparing(plan -> plan == null ? 0 : plan.generations())).orElseThrow();
        List<TurnRecord> kept = new ArrayList<>();
        for (Point point : points) {
            if (Files.exists(point.folder().resolve(TurnRecord.FILE))) {
                List<TurnRecord> whole = TurnRecord.readAll(point.folder()).stream()
                    .filter(turn -> earlier != null && turn.generation() <= earlier.generations()).toList();
                JsonLines.write(point.folder().resolve(TurnRecord.FILE), whole);
                logs.put(point.folder(), TurnPlan.Log.of(point.folder()));
                kept.addAll(whole);
            }
        }
        if (earlier != null) {
            planned.goOnFrom(earlier, kept, names.stream().filter(this::hasLongCells).collect(Collectors.toSet()));
        }
    }

    private boolean hasLongCells(String name) {
        return points.stream().allMatch(point -> CellPlan.paths(point.scenario()).stream().allMatch(path ->
            Files.exists(cellFile(point.folder(), CellSpec.idOf(name, path, 1)))));
    }

    private static Path cellFile(Path folder, String id) {
        return folder.resolve("cells").resolve(id + ".json");
    }

    private synchronized void begin(TurnsRun planned) {
        turns = planned;
        if (cancelled) {
            planned.cancel();
        }
    }

    @Override
    public synchronized void cancel() {
        cancelled = true;
        if (turns != null) {
            turns.cancel();
        }
    }

    /** What will run at some points, in one line. */
    private static String what(List<Scenario> scenarios, int contestants, long generationNs) {
        Scenario first = scenarios.get(0);
        return String.format(Locale.ROOT, "%s on %s%s take turns of %s; a generation of JVMs takes about %.0f s",
            Wording.counted(contestants, "strategy"), Wording.counted(CellPlan.paths(first).size(), "path"),
            scenarios.size() == 1 ? "" : " at " + Wording.counted(scenarios.size(), "point"),
            windowNs(first) / NS_PER_MS + " ms", generationNs / NS_PER_SECOND);
    }

    /** That there will be no verdicts, and what would give some; empty if there will be. */
    private static String notice(long generationsForVerdicts, long generationNs, long budgetNs) {
        double neededNs = (double) generationsForVerdicts * generationNs;
        return budgetNs >= neededNs ? "" : "expect no verdicts: they need " + generationsForVerdicts
            + " generations, about " + Wording.time((long) (neededNs / NS_PER_MS))
            + "; give more --budget, or fewer strategies";
    }

    /** What a run of one scenario would do, in a line or two; nothing is started. */
    static List<String> dryRun(Scenario scenario, int contestants, long budgetNs) {
        int most = mostAtOnce(List.of(scenario), contestants);
        int groups = Groups.of(IntStream.range(0, contestants).boxed().toList(), most).size();
        long generationNs = generationNs(List.of(scenario), Math.min(most, contestants));
        String notice = notice((long) TurnPlan.FEWEST_GENERATIONS * groups, generationNs, budgetNs);
        String what = what(List.of(scenario), contestants, generationNs) + "; about "
            + Wording.time(budgetNs / NS_PER_MS);
        return notice.isEmpty() ? List.of(what) : List.of(what, notice);
    }

    private TurnsRun plan() throws InterruptedException {
        List<Lane> lanes = new ArrayList<>();
        for (Point point : points) {
            for (String path : CellPlan.paths(point.scenario())) {
                lanes.add(new Lane(point.folder(), path, turnOf(point.scenario()),
                    longCells ? point.scenario().settings() : null, point.eventsFile()));
            }
        }
        return new TurnsRun(groups(contestants()), lanes, settingsOf(first(), options),
            options.referee().apply(points.get(0).manifest().strategies()), new Progress(),
            SystemNanoClock.INSTANCE::nanoTime);
    }

    private static TurnSettings settingsOf(Scenario scenario, TurnOptions options) {
        return new TurnSettings(
            windowNs(scenario), scenario.durationNs(ScenarioKey.REHEARSAL), scenario.count(ScenarioKey.TURN_RUN_IN),
            scenario.count(ScenarioKey.TURN_ROUNDS), options.budgetNs(), options.maxGenerations(),
            options.precision(), scenario.seed());
    }

    /** About how long one generation of contestants takes that visits all of these scenarios, nanoseconds. */
    public static long generationNs(List<Scenario> scenarios, int contestants) {
        List<Lane> lanes = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            // The window alone: to check a thousand scenarios anew takes longer than all else that a plan needs.
            Map<String, String> window = Map.of(ScenarioKey.DURATION.key(), windowNs(scenario) + "ns");
            CellPlan.paths(scenario).forEach(path -> lanes.add(new Lane(null, path, window, null, null)));
        }
        TurnOptions once = TurnOptions.generations(1, Map.of());
        return TurnsRun.estimateNs(contestants, lanes, settingsOf(scenarios.get(0), once));
    }

    private List<Contestant> contestants() throws InterruptedException {
        // Of two builds only one has an archive of its classes: neither maps one, or they would differ in that too.
        CellJvm jvm = options.against() == null ? new CellJvm() : new CellJvm(List.of());
        List<Contestant> contestants = new ArrayList<>();
        for (String name : names) {
            boolean other = name.endsWith(RunManifest.StrategyInfo.AGAINST);
            List<String> command = new ArrayList<>(jvm.command(
                hungriest(), other ? options.against().classPath() : CellJvm.ownClassPath(),
                List.of("-XX:+DisplayVMOutputToStderr"), LiveMain.class));
            command.add(name.replace(RunManifest.StrategyInfo.AGAINST, ""));
            if (points.get(0).eventsFile() != null) {
                command.add(points.get(0).eventsFile());
            }
            contestants.add(new Contestant(name, command, other ? options.against().unknown(first()) : Set.of()));
        }
        return contestants;
    }

    /** A JVM visits all points: it gets the heap of the one that needs most. */
    private Scenario hungriest() {
        return points.stream().map(Point::scenario).max(Comparator.comparing(CellMemory::heapMib)).orElseThrow();
    }

    private List<List<Contestant>> groups(List<Contestant> contestants) {
        return Groups.of(contestants, mostAtOnce(points.stream().map(Point::scenario).toList(), contestants.size()));
    }

    /**
     * How many contestants that visit all of these scenarios may be live at the same time.
     *
     * @throws MachineException if that are fewer than two of several.
     */
    static int mostAtOnce(List<Scenario> scenarios, int contestants) {
        long available = (long) (MEMORY_SHARE * Machine.availableBytes());
        long each = scenarios.stream().mapToLong(CellMemory::footprintBytes).max().orElseThrow();
        int most = (int) Math.min(Integer.MAX_VALUE, available / each);
        if (most < Math.min(2, contestants)) {
            throw new MachineException(String.format(Locale.ROOT,
                "memory: two contestants at once need %d MiB, and %d MiB are available; choose a smaller scenario",
                2 * each >> 20, available >> 20));
        }
        return most;
    }

    /** Of the load with the fewest arrivals, a window holds enough for a median. */
    static long windowNs(Scenario scenario) {
        long asked = scenario.durationNs(ScenarioKey.TURN_WINDOW);
        if (asked > 0) {
            return asked;
        }
        double rate = scenario.ratePerSecond(ScenarioKey.STORM_RATE);
        double churn = scenario.ratePerSecond(ScenarioKey.CHURN_RATE);
        double slowest = churn > 0 ? Math.min(rate, churn) : rate;
        double bursts = Math.max(burst(scenario, ScenarioKey.STORM_AT_ONCE, rate),
            burst(scenario, ScenarioKey.CHURN_AT_ONCE, churn));
        return Math.max((long) (BURSTS * bursts * NS_PER_SECOND), Math.max(SHORTEST_WINDOW_NS,
            Math.min(LONGEST_WINDOW_NS, (long) (OPERATIONS / slowest * NS_PER_SECOND))));
    }

    /** Seconds from burst to burst; 0 where nothing comes at once. */
    private static double burst(Scenario scenario, ScenarioKey atOnce, double rate) {
        return scenario.count(atOnce) == 1 || rate == 0 ? 0 : scenario.count(atOnce) / rate;
    }

    private static Map<String, String> turnOf(Scenario scenario) {
        Map<String, String> settings = scenario.settings();
        settings.put(ScenarioKey.WARMUP.key(), LEAD_IN_NS + "ns");
        settings.put(ScenarioKey.DURATION.key(), windowNs(scenario) + "ns");
        long rehearsalNs = scenario.durationNs(ScenarioKey.REHEARSAL) / scenario.count(ScenarioKey.TURN_RUN_IN);
        settings.put(ScenarioKey.REHEARSAL.key(), rehearsalNs + "ns");
        return Scenario.ofSettings(settings).settings();
    }

    /** The cells stand in the manifest, the turns in their own file. */
    private void save(RunManifest.Status status, String finishedAt) {
        for (Point point : points) {
            List<RunManifest.PlannedCell> cells = new ArrayList<>();
            for (String path : CellPlan.paths(point.scenario())) {
                // What failed stands in the manifest also where no long cells were asked for.
                names.stream().filter(name -> longCells || failures().containsKey(name))
                    .forEach(name -> cells.add(cell(point.folder(), name, path)));
            }
            try {
                JsonFile.write(point.folder().resolve(RunManifest.FILE),
                    point.manifest().at(status, finishedAt, cells, turns == null ? null : planOf(point)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void readLogs() {
        try {
            for (Point point : points) {
                if (Files.exists(point.folder().resolve(TurnRecord.FILE))) {
                    logs.put(point.folder(), TurnPlan.Log.of(point.folder()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> failures() {
        return turns == null ? Map.of() : turns.failed();
    }

    /** Points differ in their windows. Where the number of generations is the limit there is no budget of time. */
    private TurnPlan planOf(Point point) {
        TurnPlan plan = turns.plan();
        long budgetMs = options.budgetNs() == TurnOptions.UNLIMITED_NS ? plan.spentMs() : plan.budgetMs();
        return new TurnPlan(windowNs(point.scenario()) / NS_PER_MS, plan.runIn(), plan.rounds(), plan.generations(),
            budgetMs, plan.spentMs(), plan.look(), plan.looks(), plan.precision(), plan.placement(),
            logs.get(point.folder()));
    }

    private RunManifest.PlannedCell cell(Path folder, String name, String path) {
        String id = CellSpec.idOf(name, path, 1);
        Path file = cellFile(folder, id);
        String failure = failures().get(name);
        try {
            // A contestant that fails in a later generation leaves its finished cell as good as it was.
            RunManifest.CellStatus status = Files.exists(file)
                ? RunManifest.CellStatus.of(CellRecord.read(file).status())
                : failure != null ? RunManifest.CellStatus.FAILED : RunManifest.CellStatus.PLANNED;
            return new RunManifest.PlannedCell(
                id, name, path, 1, status, failure == null ? List.of() : List.of(failure));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Progress implements TurnsRun.Listener {
        @Override
        public void said(String line) {
            listener.turnsGoOn(line, turns.plan().spentMs());
        }

        @Override
        public void failed(String contestant, String why) {
            listener.contestantFailed(contestant, why);
        }

        @Override
        public void generationEnded(TurnPlan plan, String standing) {
            readLogs();
            save(RunManifest.Status.RUNNING, null);
            listener.generationEnded(plan, standing);
        }
    }
}
