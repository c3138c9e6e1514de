package dev.steward.loadgen.run;

import dev.steward.loadgen.cell.Calibration;
import dev.steward.loadgen.cell.CellSpec;
import dev.steward.loadgen.cell.Noise;
import dev.steward.loadgen.cell.RigCheck;
import dev.steward.loadgen.log.EventLog;
import dev.steward.loadgen.log.EventLogException;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioBuilder;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.results.Launcher;
import dev.steward.results.RunManifest;
import dev.steward.results.WholeFile;
import dev.steward.results.Wording;
import dev.steward.strategy.AttachWait;
import dev.steward.strategy.CLibrary;
import dev.steward.strategy.StrategyDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What {@code compare} was asked to do, checked before anything runs.
 *
 * @param strategies names of the strategies, none twice; empty means all.
 * @param folder     result folder, new or empty.
 * @param home       where the suite is installed: relative log names of scenarios are found there.
 * @param replay     logs that are played, null if arrivals are drawn.
 */
public record CompareConfig(
    Scenario scenario, List<String> strategies, Path folder, Path home, String command, Replay replay) {
    private static final String GOES_ON = "the folder holds an interrupted run of the same: it goes on";
    private static final List<String> LIMITS = List.of(
        "A JVM thread cannot switch off interrupts or preemption: a lock holder can be descheduled.",
        "JIT and GC are the JVM's; cells do not collect in the window, and warm-up is by load, not proven.",
        "Attach and event costs of hardware (MMIO, CMD_SYNC) are modelled as busy time, 0 unless set.",
        "Whether an order of locks holds outside a JVM is measured, not assumed ('JVM only', docs/trust.md); absolute"
            + " times never carry over.");

    /**
     * A comparison under drawn arrivals.
     *
     * @param strategies names of the strategies, none twice; empty means all.
     * @param folder     result folder, new or empty.
     */
    public CompareConfig(Scenario scenario, List<String> strategies, Path folder, Path home, String command) {
        this(scenario, strategies, folder, home, command, null);
    }

    /**
     * Checks everything that can be checked without running and makes the result folder.
     *
     * @param turns     how turns are taken; a replay takes none, nor does a scenario that disturbs threads.
     * @param preflight told of cores, JVM, noise, and how threads will wait.
     * @throws ScenarioException if something is not allowed; one line, for a user.
     */
    public Measurement prepare(TurnOptions turns, Preflight preflight) {
        if (replay != null || isDisturbed(scenario)) {
            return cells(turns, preflight);
        }
        return together(List.of(this), turns, preflight);
    }

    private Comparison cells(TurnOptions turns, Preflight preflight) {
        if (turns != null && turns.against() != null) {
            refuseDisturbed(scenario);
        }
        return cells(preflight);
    }

    /**
     * Cells one after another, each in a JVM of its own: what is played from a log does not fit into turns, and where
     * threads are disturbed there is nothing to compare.
     */
    Comparison cells(Preflight preflight) {
        EventLog log = null;
        if (replay != null) {
            RigCheck.checkReplay(scenario, replay.trace());
        } else {
            refuseReplay();
            log = loadLog();
            RigCheck.check(scenario, log);
        }
        RunManifest earlier = ResultFolders.interrupted(folder, scenario, names());
        List<CellSpec> plan = CellPlan.of(
            scenario, names(), log == null ? null : logFile().toString(),
            replay == null ? null : replay.file().toString(), folder.resolve("cells").toString());
        if (earlier != null) {
            preflight.said(GOES_ON);
        }
        return new Comparison(folder, earlier == null ? manifest(log, start(preflight), false) : earlier, plan);
    }

    /** What a comparison by turns would do; nothing is written or started. */
    public List<String> dryRun(TurnOptions turns) {
        refuseReplay();
        RigCheck.check(scenario, loadLog());
        List<String> names = names();
        List<String> lines = new ArrayList<>();
        lines.add("strategies: " + String.join(", ", names));
        lines.addAll(StrategyChoice.cannotRun(strategies));
        CellPlan.paths(scenario).forEach(path -> lines.add(waiting(path)));
        if (isDisturbed(scenario)) {
            lines.add("threads are disturbed (" + scenario.text(ScenarioKey.DISTURB) + "): no turns, "
                + Wording.counted(CellPlan.of(scenario, names, null, null, "").size(), "cell")
                + ", each in its own JVM");
            return lines;
        }
        lines.addAll(TurnComparison.dryRun(
            scenario, turns.against() == null ? names.size() : 2 * names.size(), turns.budgetNs()));
        return lines;
    }

    /**
     * The same for several points that are measured by the same JVMs: they differ in scenario and folder only. If all
     * were interrupted, they go on together.
     */
    public static Measurement together(List<CompareConfig> points, TurnOptions turns, Preflight preflight) {
        List<EventLog> logs = new ArrayList<>();
        for (CompareConfig point : points) {
            point.refuseReplay();
            refuseDisturbed(point.scenario);
            logs.add(point.loadLog());
            RigCheck.check(point.scenario, logs.get(logs.size() - 1));
            if (turns.against() != null) {
                turns.against().unknown(point.scenario);
            }
        }
        CompareConfig first = points.get(0);
        TurnComparison.mostAtOnce(points.stream().map(CompareConfig::scenario).toList(), first.names().size());
        List<TurnComparison.Point> prepared = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            CompareConfig point = points.get(i);
            RunManifest earlier = ResultFolders.interrupted(point.folder, point.scenario, point.names());
            if (earlier != null) {
                turns.requireAsIn(earlier);
                prepared.add(new TurnComparison.Point(point.folder, earlier, point.scenario,
                    logs.get(i) == null ? null : point.logFile().toString()));
            }
        }
        if (prepared.size() == points.size()) {
            preflight.said(GOES_ON);
            return new TurnComparison(prepared, first.names(), turns, true);
        }
        prepared.clear();
        Start start = first.start(preflight);
        for (int i = 0; i < points.size(); i++) {
            CompareConfig point = points.get(i);
            if (i > 0) {
                ResultFolders.make(point.folder);
            }
            prepared.add(new TurnComparison.Point(
                point.folder, point.manifest(logs.get(i), start, turns.against() != null), point.scenario,
                logs.get(i) == null ? null : point.logFile().toString()));
        }
        return new TurnComparison(
            prepared, prepared.get(0).manifest().strategies().stream().map(RunManifest.StrategyInfo::name).toList(),
            turns, false);
    }

    /** Machine and build of a run: one that was interrupted goes on only where both are the same. */
    public static String originOf(RunManifest run) {
        return origin(run.machine(), run.stewardVersion(), run.commit());
    }

    /**
     * Machine and build of a run that would begin here.
     *
     * @param home of the suite.
     */
    public static String originHere(Path home) {
        return origin(RunManifest.machineOf(Machine.describe()), version(), SourceVersion.commit(home));
    }

    private static String origin(String machine, String version, String commit) {
        return machine + "; " + version + "; " + commit;
    }

    /** What is found out about the machine before a run. */
    private record Start(Noise noise, String causes, Calibration costs) {
    }

    private Start start(Preflight preflight) {
        names();
        StrategyChoice.cannotRun(strategies).forEach(preflight::said);
        ResultFolders.makeBare(folder);
        Bystanders bystanders = Bystanders.look();
        Noise noise = Noise.measure();
        String causes = Machine.tell(preflight, bystanders, noise);
        for (String path : CellPlan.paths(scenario)) {
            preflight.said(waiting(path));
            preflight.said("threads, " + path + ": " + RigCheck.placement(scenario, path));
        }
        Calibration costs = Calibration.measure(callsLibrary());
        if (costs.nativePairNs() != null) {
            preflight.said("calls of " + CLibrary.version() + ": a pair that does nothing takes "
                + round(costs.nativePairNs()) + " ns, part of the floor of the strategies that make them");
        }
        // Last: a run that is killed before leaves an empty folder, which the same command takes again.
        ResultFolders.make(folder);
        return new Start(noise, causes, costs);
    }

    private boolean callsLibrary() {
        return StrategyChoice.named(strategies).stream().anyMatch(strategy -> strategy.description().nativeCalls());
    }

    private String waiting(String path) {
        return "waiting, " + path + ": " + RigCheck.waiting(scenario, path);
    }

    private List<String> names() {
        return StrategyChoice.named(strategies).stream().map(strategy -> strategy.description().name()).toList();
    }

    private static boolean isDisturbed(Scenario scenario) {
        return !scenario.text(ScenarioKey.DISTURB).equals(ScenarioKey.DISTURB.defaultValue());
    }

    /**
     * For whatever measures or compares.
     *
     * @throws ScenarioException with one line, if threads would be disturbed.
     */
    public static void refuseDisturbed(Scenario scenario) {
        if (isDisturbed(scenario)) {
            throw new ScenarioException(ScenarioKey.DISTURB.key() + ": no figure counts while threads are disturbed, "
                + "so nothing can be compared; allowed here: " + ScenarioKey.DISTURB.defaultValue());
        }
    }

    private void refuseReplay() {
        if (!scenario.text(ScenarioKey.REPLAY_LOGS).equals(ScenarioKey.REPLAY_LOGS.defaultValue())) {
            throw new ScenarioException(ScenarioKey.REPLAY_LOGS.key() + ": logs are played by '"
                + Launcher.command() + " replay LOG...'; allowed here: " + ScenarioKey.REPLAY_LOGS.defaultValue());
        }
    }

    private EventLog loadLog() {
        if (replay != null || scenario.text(ScenarioKey.STORM_EVENTS).equals(ScenarioBuilder.SYNTHETIC)) {
            return null;
        }
        Path file = logFile();
        // Each cell reads it anew.
        WholeFile.pipeOrDevice(file).ifPresent(why -> {
            throw new ScenarioException(ScenarioKey.STORM_EVENTS.key() + ": " + file + " " + why);
        });
        try {
            return EventLog.load(file);
        } catch (EventLogException e) {
            throw new ScenarioException(e.getMessage());
        } catch (IOException e) {
            throw new ScenarioException(
                scenario.text(ScenarioKey.STORM_EVENTS) + ": cannot be read; a readable kernel log is needed");
        }
    }

    private Path logFile() {
        Path named = Path.of(scenario.text(ScenarioKey.STORM_EVENTS));
        Path shipped = home.resolve(named);
        return Files.exists(named) || !Files.exists(shipped) ? named : shipped;
    }

    private RunManifest manifest(EventLog log, Start start, boolean against) {
        int cores = Runtime.getRuntime().availableProcessors();
        List<RunManifest.EnvironmentEntry> environment = Machine.describe(scenario);
        environment.add(new RunManifest.EnvironmentEntry(
            "noise", (start.causes.isEmpty() ? "" : "NOISY, " + start.causes + "; ")
            + Machine.preflight(start.noise).replace("preflight: ", "")));
        if (start.costs.nativePairNs() != null) {
            environment.add(new RunManifest.EnvironmentEntry("c library", CLibrary.version()));
        }
        Calibration costs = start.costs;
        return new RunManifest(
            RunManifest.FORMAT,
            RunManifest.VERSION,
            folder.toAbsolutePath().normalize().getFileName().toString(),
            RunManifest.Status.RUNNING,
            Comparison.now(),
            null,
            command,
            version(),
            SourceVersion.commit(home),
            scenario.seed(),
            scenario.settings(),
            scenario.text(ScenarioKey.NAME),
            scenario.text(ScenarioKey.DESCRIPTION),
            events(log),
            replay == null ? null : replay.summary(),
            environment,
            cores,
            RigCheck.threads(scenario) > cores,
            new RunManifest.Calibration(
                round(costs.clockNs()), round(costs.recordNs()), round(costs.oracleNs()), round(costs.stageNs()),
                costs.nativePairNs() == null ? null : round(costs.nativePairNs())),
            strategies(against),
            CellPlan.paths(scenario),
            LIMITS,
            List.of(),
            null);
    }

    private RunManifest.Events events(EventLog log) {
        if (replay != null) {
            return new RunManifest.Events(scenario.text(ScenarioKey.REPLAY_LOGS), replay.trace().events());
        }
        return log == null ? new RunManifest.Events(ScenarioBuilder.SYNTHETIC, 0)
            : new RunManifest.Events(logFile().getFileName().toString(), log.size());
    }

    /** With two builds the other one's comes first: a verdict is on the second of a pair. */
    private List<RunManifest.StrategyInfo> strategies(boolean against) {
        return StrategyChoice.named(strategies).stream().map(strategy -> strategy(strategy.description()))
            .flatMap(info -> against ? Stream.of(info.against(), info) : Stream.of(info)).toList();
    }

    private static RunManifest.StrategyInfo strategy(StrategyDescription description) {
        AttachWait waits = description.usage().attachWait();
        OptionalInt place = description.simplicity().place();
        return new RunManifest.StrategyInfo(
            description.name(),
            description.title(),
            description.kernelPrimitive(),
            description.ranked(),
            description.context(),
            description.usage().hardInterrupt(),
            description.usage().reportMaySleep(),
            waits == AttachWait.REPORT || waits == AttachWait.GRACE_PERIOD,
            waits.word(),
            description.readerWrites(),
            description.notModelled(),
            description.floor(),
            place.isEmpty() ? null : place.getAsInt(),
            description.nativeCalls());
    }

    private static double round(double ns) {
        return Math.round(ns * 10) / 10.0;
    }

    static String version() {
        String version = CompareConfig.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
