package dev.steward.cli;

import dev.steward.loadgen.fleet.FleetPlanner;
import dev.steward.loadgen.fleet.FleetRequest;
import dev.steward.loadgen.fleet.FleetWriter;
import dev.steward.loadgen.fleet.SchedulerFiles;
import dev.steward.loadgen.fleet.Slurm;
import dev.steward.loadgen.run.TurnComparison;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.sweep.SweepGrid;
import dev.steward.results.FleetPlan;
import dev.steward.results.Launcher;
import dev.steward.results.Wording;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** How what a command would measure is cut into tasks for a scheduler. */
final class PlanOptions {
    private static final String IMAGE = "steward";
    private static final String CLAIM = "steward";
    /** An indexed job has at most so many indexes. */
    private static final int MOST_INDEXES = 100_000;
    private static final int MINUTES = 15;
    private static final int MOST_GENERATIONS = 1_000;
    private static final long NS_PER_MINUTE = 60_000_000_000L;
    private static final String PLAN = "--plan";

    @Option(names = PLAN, parameterConsumer = TwoWords.Consumer.class, paramLabel = "KIND DIR",
        description = "Measure nothing; cut it into tasks for slurm, kubernetes or ssh (GNU parallel). DIR is new and "
            + "shared by all machines; '" + Steward.COMMAND + " sweep --help' has more options.")
    private TwoWords plan;

    @Option(names = "--nodes", paramLabel = "N",
        description = "With --plan: machines that will take part (default: 1, with --hosts as many). From 2 on some "
            + "tasks also measure the first point, which shows how machines differ.")
    private Integer nodes;

    @Option(names = "--at-once", paramLabel = "N", description = "With --plan: most tasks at a time (default: nodes).")
    private Integer atOnce;

    @Option(names = "--minutes", paramLabel = "N",
        description = "With --plan: the least that a task takes (default: 15).")
    private Integer minutes;

    @Option(names = "--copies", paramLabel = "N",
        description = "With --plan: in how many tasks each point is measured, with arrivals of its own in each "
            + "(default: 1).")
    private Integer copies;

    @Option(names = "--generations", paramLabel = "N",
        description = "With --plan: generations of JVMs at each point of a task (default: " + RunCommand.GENERATIONS
            + ", of a question its own, of a comparison as many as fill a task).")
    private Integer generations;

    @Option(names = "--pack",
        description = "With --plan: put the built suite beside the plan, as kubernetes always does.")
    private boolean pack;

    @Option(names = "--hosts", paramLabel = "HOST", split = ",",
        description = "With --plan ssh: machines to log in to.")
    private List<String> hosts;

    @Option(names = "--image", paramLabel = "NAME",
        description = "With --plan kubernetes: name of the image (default: " + IMAGE + ").")
    private String image;

    @Option(names = "--claim", paramLabel = "NAME",
        description = "With --plan kubernetes: volume claim whose root is DIR (default: " + CLAIM + ").")
    private String claim;

    /** Hides all options but --plan from the help of a command: that of sweep lists them. */
    static void hideDetails(CommandLine command) {
        CommandSpec details = CommandSpec.forAnnotatedObject(new PlanOptions());
        CommandSpec spec = command.getCommandSpec();
        for (OptionSpec option : details.options()) {
            if (!option.longestName().equals(PLAN)) {
                OptionSpec shown = spec.findOption(option.longestName());
                spec.remove(shown);
                spec.addOption(OptionSpec.builder(shown).hidden(true).build());
            }
        }
    }

    /** Whether there is to be a plan; refuses its other options without one. */
    boolean wanted(SuiteCommand command) {
        if (plan == null && (pack || Stream.of(nodes, atOnce, minutes, copies, generations, hosts, image, claim)
            .anyMatch(Objects::nonNull))) {
            throw command.refusal("--nodes, --at-once, --minutes, --copies, --generations, --pack, --hosts, --image "
                + "and --claim need --plan");
        }
        return plan != null;
    }

    private FleetPlan.Kind kind(SuiteCommand command) {
        return switch (plan.first()) {
            case "slurm" -> FleetPlan.Kind.SLURM;
            case "kubernetes" -> FleetPlan.Kind.KUBERNETES;
            case "ssh" -> FleetPlan.Kind.SSH;
            default -> throw command.refusal("--plan: '" + Wording.shown(plan.first())
                + "' is no scheduler; allowed: slurm, kubernetes, ssh");
        };
    }

    private SchedulerFiles files(SuiteCommand command, FleetPlan.Kind kind) {
        if (kind != FleetPlan.Kind.SSH && hosts != null || kind != FleetPlan.Kind.KUBERNETES
            && (image != null || claim != null)) {
            throw command.refusal("--hosts is for ssh, --image and --claim are for kubernetes");
        }
        return switch (kind) {
            case SLURM -> SchedulerFiles.slurm();
            case KUBERNETES -> SchedulerFiles.kubernetes(
                image == null ? IMAGE : image, claim == null ? CLAIM : claim);
            case SSH -> SchedulerFiles.ssh(hosts == null ? List.of() : hosts);
        };
    }

    /**
     * Plans a comparison: a grid of one point, whose tasks differ in their generations alone.
     *
     * @param then command that answers from the merged folder.
     */
    int planOne(RunCommand command, Scenario scenario, List<String> strategies, String then) throws IOException {
        SweepGrid grid = SweepGrid.of(scenario, strategies);
        long ns = TurnComparison.generationNs(List.of(scenario), strategies.size());
        long filling = (or(minutes, MINUTES) * NS_PER_MINUTE + ns - 1) / ns;
        return plan(command, grid, (int) Math.max(RunCommand.GENERATIONS, Math.min(MOST_GENERATIONS, filling)), then);
    }

    /** Plans a grid that no file has. */
    int plan(RunCommand command, SweepGrid grid, int usual, String then) throws IOException {
        return plan(command, grid, grid.yaml().getBytes(StandardCharsets.UTF_8), usual, then);
    }

    /**
     * Plans a grid.
     *
     * @param gridFile content of its file.
     * @param usual    generations of JVMs at each point, if the user names no number.
     * @param then     command that answers from a merged folder, which {@link FleetPlan#MERGED} stands for.
     */
    int plan(RunCommand command, SweepGrid grid, byte[] gridFile, int usual, String then) throws IOException {
        FleetPlan.Kind kind = kind(command);
        SchedulerFiles files = files(command, kind);
        FleetRequest request = new FleetRequest(kind, or(nodes, hosts == null ? 1 : hosts.size()), or(atOnce, 0),
            or(minutes, MINUTES), or(copies, 1), or(generations, usual));
        Path folder = Path.of(plan.second());
        FleetWriter writer = new FleetWriter(folder, Home.path());
        FleetPlan made = FleetPlanner.plan(grid, request,
            kind == FleetPlan.Kind.SLURM ? new Slurm().maxArraySize() - 1 : MOST_INDEXES, command.rerunCommand(), then);
        List<String> names = writer.write(gridFile, grid, made, pack || kind == FleetPlan.Kind.KUBERNETES, files);
        long longestMs = made.tasks().stream().mapToLong(FleetPlan.Task::estimateMs).max().orElseThrow();
        long allMs = made.tasks().stream().mapToLong(FleetPlan.Task::estimateMs).sum();
        command.say(Wording.counted(made.tasks().size(), "task") + " of up to about " + Wording.time(longestMs) + ", "
            + Wording.counted(grid.points().size(), "point") + " with "
            + Wording.counted(grid.strategies().size(), "strategy") + ", "
            + Wording.counted(made.generations(), "generation") + " of JVMs in each; about "
            + Wording.time(Math.max(longestMs, allMs / made.atOnce())) + " with "
            + Wording.counted(made.atOnce(), "task") + " at a time");
        command.say("plan: " + folder.resolve(FleetPlan.FILE) + "  " + String.join("  ", names));
        command.say("next: " + next(kind, folder));
        return ExitCode.OK;
    }

    private String next(FleetPlan.Kind kind, Path folder) {
        return switch (kind) {
            case SLURM -> Launcher.command() + " sweep --submit " + folder;
            case KUBERNETES -> "podman build -t " + (image == null ? IMAGE : image) + " " + folder
                + ", then kubectl apply -f " + folder.resolve("job.yaml");
            case SSH -> folder.resolve("sweep.sh").toString();
        };
    }

    private static int or(Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }
}
