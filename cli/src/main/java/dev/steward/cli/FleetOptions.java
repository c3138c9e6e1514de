package dev.steward.cli;

import dev.steward.loadgen.fleet.FleetPlanner;
import dev.steward.loadgen.fleet.FleetRequest;
import dev.steward.loadgen.fleet.FleetTask;
import dev.steward.loadgen.fleet.FleetWriter;
import dev.steward.loadgen.fleet.SchedulerFiles;
import dev.steward.loadgen.fleet.Slurm;
import dev.steward.loadgen.scenario.MachineException;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.sweep.SweepGrid;
import dev.steward.reports.FleetText;
import dev.steward.reports.fleet.FleetMerge;
import dev.steward.reports.fleet.FleetStatus;
import dev.steward.reports.fleet.MachineClass;
import dev.steward.results.FleetFolder;
import dev.steward.results.FleetPlan;
import dev.steward.results.Launcher;
import dev.steward.results.Wording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.Stack;
import java.util.stream.Stream;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** A sweep on several machines: how it is planned, submitted, looked at and merged. */
final class FleetOptions {
    private static final String IMAGE = "steward";
    private static final String CLAIM = "steward";
    private static final String ALL_UNDER_WAY = "nothing is missing that is not under way";
    /** An indexed job has at most so many indexes. */
    private static final int MOST_INDEXES = 100_000;

    @Option(names = "--nodes", paramLabel = "N",
        description = "With --plan: machines that will take part (default: 1). From 2 on some tasks also measure the "
            + "first point, which shows how machines differ.")
    private Integer nodes;

    @Option(names = "--at-once", paramLabel = "N", description = "With --plan: most tasks at a time (default: nodes).")
    private Integer atOnce;

    @Option(names = "--minutes", paramLabel = "N",
        description = "With --plan: the least that a task takes (default: 15).")
    private Integer minutes;

    @Option(names = "--copies", paramLabel = "N",
        description = "With --plan: in how many tasks each point is measured (default: 1).")
    private Integer copies;

    @Option(names = "--generations", paramLabel = "N",
        description = "With --plan: sets of JVMs at each point of a task (default: " + RunCommand.GENERATIONS + ").")
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

    /** One thing at a time. */
    static final class Verb {
        @Option(names = "--plan", parameterConsumer = Two.Consumer.class, paramLabel = "KIND DIR",
            description = "Cut the grid into tasks for slurm, kubernetes or ssh (GNU parallel); DIR is new and shared "
                + "by all machines.")
        private Two plan;

        @Option(names = "--submit", paramLabel = "DIR", description = "Submit what is missing to Slurm.")
        private Path submit;

        @Option(names = "--status", paramLabel = "DIR", description = "Show how the tasks stand, and why.")
        private Path status;

        @Option(names = "--resume", paramLabel = "DIR",
            description = "Print what submits exactly the tasks that are missing.")
        private Path resume;

        @Option(names = "--merge", paramLabel = "DIR",
            description = "Put together what is there, each class of machines by itself, and show how nodes differ.")
        private Path merge;

        @Option(names = "--task", parameterConsumer = Two.Consumer.class, paramLabel = "DIR N",
            description = "Run one task of a plan; what schedulers call.")
        private Two task;
    }

    /** The two words that an option takes. */
    record Two(String first, String second) {
        /** Takes them from the command line. */
        static final class Consumer implements IParameterConsumer {
            @Override
            public void consumeParameters(Stack<String> left, ArgSpec option, CommandSpec command) {
                if (left.size() < 2) {
                    throw new ParameterException(command.commandLine(), ((OptionSpec) option).longestName()
                        + " takes two words: " + option.paramLabel());
                }
                option.setValue(new Two(left.pop(), left.pop()));
            }
        }
    }

    private static final int MINUTES = 15;

    int call(SweepCommand command, Verb verb, String grid) throws IOException {
        if (verb.plan != null) {
            return plan(command, kind(command, verb.plan.first()), Path.of(verb.plan.second()), grid);
        }
        refuse(command);
        if (verb.submit != null) {
            return submit(command, FleetFolder.open(verb.submit));
        }
        if (verb.status != null) {
            FleetFolder fleet = FleetFolder.open(verb.status);
            command.print(FleetText.of(status(fleet)));
            return ExitCode.OK;
        }
        if (verb.resume != null) {
            return resume(command, FleetFolder.open(verb.resume));
        }
        return verb.merge != null ? merge(command, FleetFolder.open(verb.merge)) : task(command, verb.task);
    }

    private static FleetStatus status(FleetFolder fleet) throws IOException {
        return FleetStatus.of(fleet, queued(fleet));
    }

    private static Optional<Map<Integer, String>> queued(FleetFolder fleet) {
        return fleet.plan().kind() == FleetPlan.Kind.SLURM ? new Slurm().queued(fleet) : Optional.empty();
    }

    private int resume(SweepCommand command, FleetFolder fleet) throws IOException {
        Optional<Map<Integer, String>> queued = queued(fleet);
        if (fleet.plan().kind() == FleetPlan.Kind.SLURM && queued.isEmpty()) {
            command.err().println("steward: warning: " + Slurm.NO_ANSWER);
            command.err().flush();
        }
        Set<Integer> missing = FleetStatus.of(fleet, queued).missing();
        if (missing.isEmpty()) {
            command.say(ALL_UNDER_WAY);
            return ExitCode.OK;
        }
        switch (fleet.plan().kind()) {
            case SLURM -> Slurm.arrays(fleet, missing)
                .forEach(array -> command.say("sbatch " + String.join(" ", array)));
            // A task that is done ends at once, so all may be started.
            case KUBERNETES -> command.say("kubectl replace --force -f " + fleet.path().resolve("job.yaml"));
            default -> command.say(fleet.path().resolve("sweep.sh"));
        }
        return ExitCode.OK;
    }

    private int merge(SweepCommand command, FleetFolder fleet) throws IOException {
        FleetMerge.Merged merged = FleetMerge.merge(fleet);
        command.print(FleetText.of(merged));
        for (MachineClass one : merged.classes()) {
            command.say("grid: " + Launcher.command() + " guide --grid " + one.folder() + " ...");
        }
        return merged.results() == merged.planned() ? ExitCode.OK : ExitCode.FAILED;
    }

    /** Without a plan nothing is to be said of one. */
    void refuse(SweepCommand command) {
        if (pack || Stream.of(nodes, atOnce, minutes, copies, generations, hosts, image, claim)
            .anyMatch(Objects::nonNull)) {
            throw command.refusal("--nodes, --at-once, --minutes, --copies, --generations, --pack, --hosts, --image "
                + "and --claim need --plan");
        }
    }

    private static FleetPlan.Kind kind(SweepCommand command, String text) {
        return switch (text) {
            case "slurm" -> FleetPlan.Kind.SLURM;
            case "kubernetes" -> FleetPlan.Kind.KUBERNETES;
            case "ssh" -> FleetPlan.Kind.SSH;
            default -> throw command.refusal(
                "--plan: '" + Wording.shown(text) + "' is no scheduler; allowed: slurm, kubernetes, ssh");
        };
    }

    private SchedulerFiles files(SweepCommand command, FleetPlan.Kind kind) {
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

    private int plan(SweepCommand command, FleetPlan.Kind kind, Path folder, String gridName) throws IOException {
        SchedulerFiles files = files(command, kind);
        FleetRequest request = new FleetRequest(kind, or(nodes, hosts == null ? 1 : hosts.size()), or(atOnce, 0),
            or(minutes, MINUTES), or(copies, 1), or(generations, RunCommand.GENERATIONS));
        Path file = GridChoice.definition(gridName);
        SweepGrid grid = SweepGrid.read(file);
        FleetWriter writer = new FleetWriter(folder, Home.path());
        FleetPlan plan = FleetPlanner.plan(grid, request,
            kind == FleetPlan.Kind.SLURM ? new Slurm().maxArraySize() - 1 : MOST_INDEXES, command.rerunCommand());
        List<String> names = writer.write(file, grid, plan, pack || kind == FleetPlan.Kind.KUBERNETES, files);
        long longestMs = plan.tasks().stream().mapToLong(FleetPlan.Task::estimateMs).max().orElseThrow();
        long allMs = plan.tasks().stream().mapToLong(FleetPlan.Task::estimateMs).sum();
        command.say(Wording.counted(plan.tasks().size(), "task") + " of at most " + Wording.time(longestMs) + ", "
            + Wording.counted(grid.points().size(), "point") + " with "
            + Wording.counted(grid.strategies().size(), "strategy") + "; about "
            + Wording.time(Math.max(longestMs, allMs / plan.atOnce())) + " with "
            + Wording.counted(plan.atOnce(), "task") + " at a time");
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

    private int submit(SweepCommand command, FleetFolder fleet) throws IOException {
        if (fleet.plan().kind() != FleetPlan.Kind.SLURM) {
            throw new ScenarioException("--submit: the plan in " + fleet.path() + " is not for Slurm");
        }
        Slurm slurm = new Slurm();
        Set<Integer> missing = FleetStatus.of(fleet, Optional.of(slurm.underWay(fleet))).missing();
        if (missing.isEmpty()) {
            command.say(ALL_UNDER_WAY);
            return ExitCode.OK;
        }
        List<String> jobs = slurm.submit(fleet, missing);
        command.say("submitted " + Wording.counted(missing.size(), "task") + " as "
            + Wording.plural(jobs.size() - 1, "job") + " " + String.join(", ", jobs.subList(0, jobs.size() - 1))
            + ", then merged by job " + jobs.get(jobs.size() - 1));
        return ExitCode.OK;
    }

    private int task(SweepCommand command, Two which) throws IOException {
        FleetFolder fleet = FleetFolder.open(Path.of(which.first()));
        if (!which.second().matches("[0-9]{1,9}")) {
            throw command.refusal("--task: '" + Wording.shown(which.second()) + "' is no number of a task");
        }
        FleetTask task = FleetTask.of(fleet, Integer.parseInt(which.second()), Home.path(),
            Launcher.command() + " sweep --task DIR " + which.second());
        try {
            return command.run(task, fleet) ? ExitCode.OK : ExitCode.FAILED;
        } catch (MachineException e) {
            // For anybody else a usage error, by which a scheduler would give up.
            throw new IOException(e.getMessage(), e);
        }
    }
}
