package dev.steward.cli;

import dev.steward.loadgen.sweep.SweepGrid;
import dev.steward.loadgen.sweep.SweepRun;
import dev.steward.reports.GuideText;
import dev.steward.reports.guide.GridReader;
import dev.steward.reports.guide.Guide;
import dev.steward.reports.guide.Regret;
import dev.steward.results.FleetPlan;
import dev.steward.results.GridData;
import dev.steward.results.Launcher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures what following the guide costs. */
@Command(
    name = "regret",
    sortOptions = false,
    description = {
        "Measure what following the guide costs at scenarios that it was not measured at.",
        "The scenarios are drawn from within the grid; run again on the same folder, it",
        "resumes with what is missing."
    })
final class RegretCommand extends RunCommand {
    @Option(names = "--grid", paramLabel = "NAME", defaultValue = GridChoice.DEFAULT,
        description = "Grid of the suite, measured (default: ${DEFAULT-VALUE}).")
    private String grid;

    @Option(names = "--measured", paramLabel = "FILE|DIR",
        description = "What was measured of the grid, if not what is shipped.")
    private String measured;

    @Option(names = "--scenarios", paramLabel = "N", defaultValue = "20",
        description = "How many (default: ${DEFAULT-VALUE}).")
    private int scenarios;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
        description = "Seed of the drawing (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--out", paramLabel = "DIR",
        description = "Folder, new or of the same drawing (default: results/regret-NAME).")
    private Path out;

    @Option(names = "--no-run", description = "Answer from what the folder holds, and run nothing.")
    private boolean noRun;

    @Mixin
    private PlanOptions plan;

    @Override
    public Integer call() throws IOException {
        if (scenarios < 1 || scenarios > 1_000) {
            throw refusal("--scenarios: " + scenarios + " is not in 1 to 1000");
        }
        SweepGrid definition = SweepGrid.read(GridChoice.definition(grid));
        SweepGrid drawn = definition.drawn(scenarios, seed);
        if (plan.wanted(this)) {
            if (noRun || out != null) {
                throw refusal("--plan: --no-run and --out are for a run on one machine");
            }
            return plan.plan(this, drawn, GENERATIONS, then());
        }
        GridData known = GridReader.read(GridChoice.measured(measured == null ? grid : measured));
        Path folder = out == null ? Home.results().resolve("regret-" + definition.name()) : out;
        SweepRun sweep = sweepOf(drawn, folder);
        if (!noRun && !run(sweep, folder)) {
            return ExitCode.FAILED;
        }
        GridData there = GridReader.read(folder);
        String text = GuideText.of(Regret.of(new Guide(known), there), there);
        writeAnswer(folder.resolve("regret.txt"), text, !noRun);
        print(text);
        return ExitCode.OK;
    }

    /** This command without the plan, on a merged folder. */
    private String then() {
        List<String> words = new ArrayList<>(List.of("regret", "--grid", grid));
        if (measured != null) {
            words.addAll(List.of("--measured", measured));
        }
        words.addAll(List.of("--scenarios", Integer.toString(scenarios), "--seed", Long.toString(seed), "--no-run",
            "--out", FleetPlan.MERGED));
        return Launcher.command() + " " + words.stream().map(RunCommand::quoted).collect(Collectors.joining(" "));
    }
}
