package dev.steward.cli;

import dev.steward.loadgen.fleet.FleetTask;
import dev.steward.loadgen.fleet.Slurm;
import dev.steward.loadgen.scenario.MachineException;
import dev.steward.loadgen.scenario.ScenarioException;
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
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import picocli.CommandLine.Option;

/** What was planned for several machines: how it is submitted, looked at and merged. */
final class FleetOptions {
    private static final String ALL_UNDER_WAY = "nothing is missing that is not under way";

    /** One thing at a time. */
    static final class Verb {
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

        @Option(names = "--task", parameterConsumer = TwoWords.Consumer.class, paramLabel = "DIR N",
            description = "Run one task of a plan; what schedulers call.")
        private TwoWords task;
    }

    private FleetOptions() {
    }

    static int call(SweepCommand command, Verb verb) throws IOException {
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

    private static int resume(SweepCommand command, FleetFolder fleet) throws IOException {
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

    private static int merge(SweepCommand command, FleetFolder fleet) throws IOException {
        FleetMerge.Merged merged = FleetMerge.merge(fleet);
        command.print(FleetText.of(merged));
        String then = fleet.plan().then() == null ? SweepCommand.then() : fleet.plan().then();
        for (MachineClass one : merged.classes()) {
            command.say("next: " + next(then, one.folder()));
        }
        return merged.results() == merged.planned() ? ExitCode.OK : ExitCode.FAILED;
    }

    /** What answers, with a merged folder in the place that the plan keeps for it, and nowhere else. */
    static String next(String then, Path merged) {
        return then.replaceAll("(?<= )" + FleetPlan.MERGED + "(?=[ /]|$)",
            Matcher.quoteReplacement(RunCommand.quoted(merged.toString())));
    }

    private static int submit(SweepCommand command, FleetFolder fleet) throws IOException {
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

    private static int task(SweepCommand command, TwoWords which) throws IOException {
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
