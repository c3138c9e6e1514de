package dev.steward.cli;

import dev.steward.loadgen.sweep.Shard;
import dev.steward.loadgen.sweep.SweepGrid;
import dev.steward.loadgen.sweep.SweepPoint;
import dev.steward.loadgen.sweep.SweepRun;
import dev.steward.reports.ReportFormat;
import dev.steward.reports.Reports;
import dev.steward.reports.summary.RunSet;
import dev.steward.results.FleetPlan;
import dev.steward.results.Launcher;
import dev.steward.results.Wording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures a grid of scenarios for the guide. */
@Command(
    name = "sweep",
    sortOptions = false,
    description = {
        "Run every strategy of a grid at each of its points, for the command guide.",
        "Run again on the same folder, it resumes with what is missing. Several machines",
        "share a sweep by a plan that a scheduler runs."
    })
final class SweepCommand extends RunCommand {
    private static final long NS_PER_MS = 1_000_000;

    @Option(names = "--grid", paramLabel = "NAME|FILE", defaultValue = GridChoice.DEFAULT,
        description = "Grid of the suite, or a YAML file (default: ${DEFAULT-VALUE}).")
    private String grid;

    @Option(names = "--shard", paramLabel = "I/N", description = "Run the I-th of N parts only.")
    private String shard;

    @Option(names = "--dry-run", description = "List what is missing and how long it takes, and run nothing.")
    private boolean dryRun;

    @Option(names = "--out", paramLabel = "DIR",
        description = "Folder, new or of the same grid (default: results/sweep-NAME).")
    private Path out;

    @Mixin
    private PlanOptions plan;

    @ArgGroup(exclusive = true, multiplicity = "0..1", heading = "%nFor a plan that --plan has made:%n")
    private FleetOptions.Verb verb;

    @Override
    public Integer call() throws IOException {
        boolean planned = plan.wanted(this);
        if (planned && verb != null) {
            throw refusal("--plan makes a plan; --submit, --status, --resume, --merge and --task take one that "
                + "exists");
        }
        if ((planned || verb != null) && (shard != null || dryRun || out != null)) {
            throw refusal("--shard, --dry-run and --out are for a sweep on one machine");
        }
        if (verb != null) {
            return FleetOptions.call(this, verb);
        }
        Path file = GridChoice.definition(grid);
        SweepGrid wanted = SweepGrid.read(file);
        if (planned) {
            return plan.plan(this, wanted, Files.readAllBytes(file), GENERATIONS, then());
        }
        Path folder = out == null ? Home.results().resolve("sweep-" + wanted.name()) : out;
        SweepRun run = new SweepRun(
            wanted, shard == null ? Shard.ALL : Shard.parse(shard), folder, Home.path(),
            rerunCommand());
        List<SweepPoint> missing = run.missing();
        if (dryRun) {
            missing.stream().sorted(Comparator.comparing(SweepPoint::id))
                .forEach(point -> say(point.id() + "  " + point));
            say(missing.size() + " of " + wanted.points().size() + " points to run, with "
                + Wording.counted(wanted.strategies().size(), "contestant") + " each, into " + folder + ", about "
                + Wording.time(run.estimateNs(GENERATIONS) / NS_PER_MS));
            return ExitCode.OK;
        }
        if (!run(run, folder)) {
            return ExitCode.FAILED;
        }
        Path written = writeGrid(folder);
        RunSet runs = RunSet.read(List.of(folder)).confirmedBy(Home.transfers());
        Reports.write(runs, folder, EnumSet.of(ReportFormat.TXT, ReportFormat.HTML));
        print(Reports.crossings(runs));
        say("report: " + folder.resolve(Reports.TEXT) + "  " + folder.resolve(Reports.HTML));
        say("grid: " + written + "  (" + Launcher.command() + " guide --grid " + written + " ...)");
        return ExitCode.OK;
    }

    /** The command that answers from the folder of a sweep. */
    static String then() {
        return Launcher.command() + " guide --grid " + FleetPlan.MERGED + " ...";
    }
}
