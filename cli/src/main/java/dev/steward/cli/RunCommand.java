package dev.steward.cli;

import dev.steward.loadgen.fleet.FleetTask;
import dev.steward.loadgen.run.CompareConfig;
import dev.steward.loadgen.run.FolderTakenException;
import dev.steward.loadgen.run.Measurement;
import dev.steward.loadgen.run.Preflight;
import dev.steward.loadgen.run.Replay;
import dev.steward.loadgen.run.ResultFolders;
import dev.steward.loadgen.run.TurnOptions;
import dev.steward.loadgen.scenario.Quantities;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.loadgen.sweep.Shard;
import dev.steward.loadgen.sweep.SweepGrid;
import dev.steward.loadgen.sweep.SweepRun;
import dev.steward.reports.Reports;
import dev.steward.reports.fleet.FleetMerge;
import dev.steward.reports.guide.GridReader;
import dev.steward.reports.summary.Summary;
import dev.steward.results.AtomicFiles;
import dev.steward.results.FleetFolder;
import dev.steward.results.Launcher;
import dev.steward.results.RunManifest;
import dev.steward.results.Verdicts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Commands that run cells: progress, Ctrl-C, result folder, exit code. */
abstract class RunCommand extends SuiteCommand {
    private static final String STOPPED = "a JVM of the run was told to stop by a signal, which ends the run";
    /** Generations of JVMs at each point of a sweep: fewer tell nothing of the difference between JVMs. */
    static final int GENERATIONS = 6;

    @Option(names = "--strict", order = 1,
        description = "Refuse to measure on a machine on which something else is at work; without it, that is said.")
    private boolean strict;

    /** Runs a comparison with preflight, reports and table; without logs, replay is null, without a folder, out. */
    final int compare(
        Scenario scenario, List<String> strategies, Replay replay, TurnOptions turns, Path out,
        Set<Verdicts.Verdict> failOn) throws IOException {
        return inFolder(out, scenario.text(ScenarioKey.NAME), (folder, isNew) -> compare(new CompareConfig(
            scenario, strategies, folder, Home.path(), rerunCommand(), replay), turns, isNew, failOn));
    }

    /** Something that writes into a result folder; may fail in a way of its own. */
    @FunctionalInterface
    interface InFolder<E extends Exception> {
        /** Runs it and gives the exit code; the folder is new if this command will have made it. */
        int run(Path folder, boolean isNew) throws IOException, E;
    }

    /**
     * Runs something in a folder. Removes a folder that this command made and that stayed empty, unless another run has
     * taken it.
     *
     * @param out  folder that the user names, or null.
     * @param name of a folder that nobody has, if the user names none.
     */
    static <E extends Exception> int inFolder(Path out, String name, InFolder<E> run) throws IOException, E {
        boolean isNew = out == null || Files.notExists(out);
        Path folder = out == null ? freeFolder(name) : out;
        try {
            return run.run(folder, isNew);
        } catch (FolderTakenException e) {
            isNew = false;
            throw e;
        } finally {
            if (isNew) {
                dropIfEmpty(folder.resolve("cells"));
                dropIfEmpty(folder);
            }
        }
    }

    private int compare(
        CompareConfig config, TurnOptions turns, boolean isNew, Set<Verdicts.Verdict> failOn) throws IOException {
        Path folder = config.folder();
        try (Interruption interruption = Interruption.watch(folder, isNew, "'" + Launcher.command() + " show "
            + folder + "' shows it; the same command with --out " + folder + " goes on", err())) {
            Measurement comparison = config.prepare(turns, preflight(this::tell));
            interruption.ends(comparison::cancel);
            RunManifest.Status status;
            Summary summary;
            try {
                try (ProgressDisplay progress = progress()) {
                    status = comparison.run(progress);
                }
                if (status == RunManifest.Status.INTERRUPTED) {
                    interruption.explain(STOPPED);
                }
                summary = Reports.write(folder, Home.transfers());
            } catch (IOException | UncheckedIOException e) {
                interruption.explain(Complaints.reason(e));
                return ExitCode.FAILED;
            }
            say("");
            print(Reports.brief(summary));
            say("");
            say("report: " + folder.resolve(Reports.TEXT) + "  " + folder.resolve(Reports.HTML));
            if (status == RunManifest.Status.COMPLETE && summary.disturbed()) {
                return summary.promiseBroken() ? ExitCode.FAILED : ExitCode.OK;
            }
            if (status == RunManifest.Status.COMPLETE && summary.nothingToCompare()) {
                complain("no ranked strategy has a valid cell: nothing to compare; reasons above");
                return ExitCode.FAILED;
            }
            if (!failOn.isEmpty() && !summary.notJudged().isEmpty()) {
                complain("--fail-on: there is no verdict on " + String.join("; ", summary.notJudged())
                    + "; give --budget more time, or see the report");
                return ExitCode.FAILED;
            }
            Set<Verdicts.Verdict> found = summary.turnVerdicts().stream().flatMap(verdicts -> verdicts.pairs().stream())
                .map(Verdicts.Pair::verdict).collect(Collectors.toSet());
            if (status != RunManifest.Status.COMPLETE || !Collections.disjoint(found, failOn)) {
                return ExitCode.FAILED;
            }
            boolean undecided = Set.of(Verdicts.Verdict.UNDECIDED).containsAll(found);
            return failOn.isEmpty() || !undecided ? ExitCode.OK : ExitCode.UNDECIDED;
        }
    }

    /** Tells what is found out before a run, or refuses it. */
    final Preflight preflight(Consumer<String> tell) {
        return new Preflight() {
            @Override
            public void said(String line) {
                tell.accept(line);
            }

            @Override
            public void noisy(String causes) {
                if (strict) {
                    throw refusal("--strict: the machine is noisy: " + causes);
                }
                Preflight.super.noisy(causes);
            }
        };
    }

    private ProgressDisplay progress() {
        return new ProgressDisplay(isQuiet() ? new PrintWriter(Writer.nullWriter()) : out(), terminal());
    }

    /** A {@code --budget} in nanoseconds. */
    final long budgetNs(String budget) {
        try {
            long ns = Quantities.durationNs(budget.toLowerCase(Locale.ROOT));
            if (ns <= 0) {
                throw refusal("--budget: '" + budget + "' is not above 0");
            }
            return ns;
        } catch (IllegalArgumentException e) {
            throw refusal("--budget: '" + budget + "' " + e.getMessage());
        }
    }

    /** A sweep of all points, begun or resumed in a folder. */
    final SweepRun sweepOf(SweepGrid grid, Path folder) throws IOException {
        return new SweepRun(grid, Shard.ALL, folder, Home.path(), rerunCommand());
    }

    /** Runs what is missing of a sweep; true if every point has run to its end. */
    final boolean run(SweepRun sweep, Path folder) throws IOException {
        return run(sweep, folder, GENERATIONS);
    }

    /** Runs it with this number of generations of JVMs at each point. */
    final boolean run(SweepRun sweep, Path folder, int generations) throws IOException {
        try (Interruption interruption = Interruption.watch(
            folder, Files.notExists(folder), "the same command with --out " + folder + " resumes it", err());
            ProgressDisplay progress = progress()) {
            interruption.ends(sweep::cancel);
            boolean complete = sweep.run(
                TurnOptions.generations(generations, Precision.parse(Precision.DEFAULT)), preflight(this::tell),
                progress);
            if (!complete) {
                interruption.explain("not every point has run to its end");
            }
            return complete;
        }
    }

    /** Runs a task of a plan; true if every point of it is there. */
    final boolean run(FleetTask task, FleetFolder fleet) throws IOException {
        try (Interruption interruption = Interruption.watch(
            fleet.path(), task::hasDelivered, "another attempt brings the rest", err());
            ProgressDisplay progress = progress()) {
            interruption.ends(task::cancel);
            return task.run(TurnOptions.generations(fleet.plan().generations(), Precision.parse(Precision.DEFAULT)),
                preflight(this::tell), progress);
        }
    }

    /** Makes the one file that a sweep comes down to, in the folder of the sweep. */
    static Path writeGrid(Path folder) throws IOException {
        Path file = folder.resolve(FleetMerge.GRID);
        GridReader.write(GridReader.read(folder), file);
        return file;
    }

    /** Writes an answer into the folder it comes from; an unwritable folder is a usage error if nothing ran before. */
    static void writeAnswer(Path file, String text, boolean ran) throws IOException {
        if (!ran) {
            ResultFolders.requireWritable(file.getParent());
        }
        AtomicFiles.write(file, text);
    }

    /** Makes a folder for results that nobody else has, also not a run that starts at the same time. */
    static Path freeFolder(String name) {
        Path folder = Home.results().resolve(name);
        try {
            Files.createDirectories(Home.results());
            for (int number = 2; !made(folder); number++) {
                folder = Home.results().resolve(name + "-" + number);
            }
            return folder;
        } catch (IOException e) {
            throw ResultFolders.notWritable(folder, e);
        }
    }

    private static boolean made(Path folder) throws IOException {
        try {
            Files.createDirectory(folder);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /** Removes a folder that is there and holds nothing. */
    static void dropIfEmpty(Path folder) throws IOException {
        try {
            if (Files.isDirectory(folder)) {
                Files.deleteIfExists(folder);
            }
        } catch (DirectoryNotEmptyException e) {
            // It holds results.
            return;
        }
    }

    /** This command line, without its result folder. */
    final String rerunCommand() {
        List<String> arguments = new ArrayList<>(spec().commandLine().getParseResult().originalArgs());
        // A result folder must be new, so the rerun chooses its own.
        int outAt = arguments.indexOf("--out");
        if (outAt >= 0) {
            arguments.subList(outAt, outAt + 2).clear();
        }
        arguments.removeIf(argument -> argument.startsWith("--out="));
        String ownJars = System.getenv("STEWARD_CLASSPATH");
        String prefix = ownJars == null || ownJars.isEmpty() ? "" : "STEWARD_CLASSPATH=" + quoted(ownJars) + " ";
        return arguments.stream().map(RunCommand::quoted)
            .collect(Collectors.joining(" ", prefix + Launcher.command() + " ", ""));
    }

    /** As a POSIX shell takes it. */
    static String quoted(String argument) {
        return argument.matches("[\\w@%+=:,./-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
