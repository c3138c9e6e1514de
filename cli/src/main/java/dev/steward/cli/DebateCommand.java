package dev.steward.cli;

import dev.steward.loadgen.run.BenchmarkRun;
import dev.steward.loadgen.run.Claim;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.sweep.Shard;
import dev.steward.loadgen.sweep.SweepGrid;
import dev.steward.loadgen.sweep.SweepRun;
import dev.steward.reports.DebatePage;
import dev.steward.reports.DebateText;
import dev.steward.reports.debate.Answer;
import dev.steward.reports.debate.Question;
import dev.steward.reports.read.OtherFolder;
import dev.steward.results.FleetPlan;
import dev.steward.results.Launcher;
import dev.steward.results.Wording;
import dev.steward.results.Writable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the kernel's own designs through the questions that the mailing list left open. */
@Command(
    name = "debate",
    sortOptions = false,
    description = {
        "Run the kernel's own designs through the open questions of the mailing list.",
        "A quarter of an hour; run again on the same folder, it resumes with what is",
        "missing."
    })
final class DebateCommand extends RunCommand {
    private static final long NS_PER_MS = 1_000_000;
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    @Option(names = "--only", paramLabel = "NAME", split = ",",
        description = "These questions only; --dry-run names all.")
    private List<String> only = List.of();

    @Option(names = "--out", paramLabel = "DIR",
        description = "Folder, new or of an earlier debate (default: results/debate).")
    private Path out = Home.results().resolve("debate");

    @Option(names = "--page", paramLabel = "FILE", description = "Write the answers to this file as well.")
    private Path page;

    @Option(names = "--no-run", description = "Answer from what the folder holds, and run nothing.")
    private boolean noRun;

    @Option(names = "--dry-run",
        description = "Say which questions there are, what is missing and how long it takes, and run nothing.")
    private boolean dryRun;

    @Mixin
    private PlanOptions plan;

    @Override
    public Integer call() throws IOException {
        Path questions = Home.path().resolve("debate");
        List<String> names = yamlNames(questions);
        for (String name : only) {
            if (!names.contains(name)) {
                throw new ScenarioException(
                    "--only: there is no question '" + name + "'; allowed: " + String.join(", ", names));
            }
        }
        List<String> wanted = only.isEmpty() ? names : only;
        if (plan.wanted(this)) {
            return plan(questions);
        }
        if (dryRun) {
            for (String name : wanted) {
                missing(questions.resolve(name + YAML));
            }
            return ExitCode.OK;
        }
        if (page != null && !isMadeLater(page.toAbsolutePath().normalize().getParent())) {
            // Written in place: /dev/stdout is a page like others.
            refuse("--page", page, Writable.refusalInPlace(page));
        }
        boolean complete = true;
        List<Question> asked = new ArrayList<>();
        for (String name : names) {
            Path file = questions.resolve(name + YAML);
            asked.add(Question.read(file));
            if (!noRun && wanted.contains(name)) {
                complete &= measure(asked.get(asked.size() - 1), file);
            }
        }
        List<Answer> answers = Answer.read(out, asked, Home.transfers());
        if (answers.isEmpty()) {
            throw new ScenarioException(out + ": holds no question that has been measured");
        }
        String text = DebateText.page(answers);
        writeAnswer(out.resolve(OtherFolder.DEBATE), text, !noRun);
        writeAnswer(out.resolve("debate.html"), DebatePage.of(answers), !noRun);
        if (page != null) {
            Files.writeString(page, text);
        }
        say("");
        print(text);
        say("");
        say("answers: " + (page == null ? out.resolve(OtherFolder.DEBATE) : page));
        return complete ? ExitCode.OK : ExitCode.FAILED;
    }

    /** The first question makes the folder, or refuses it. */
    private boolean isMadeLater(Path folder) {
        return out.toAbsolutePath().normalize().equals(folder) && Files.notExists(folder);
    }

    private int plan(Path questions) throws IOException {
        if (only.size() != 1 || noRun || dryRun || page != null) {
            throw refusal("--plan: takes one question at a time, named by --only, and none of --no-run, --dry-run "
                + "and --page");
        }
        Path file = questions.resolve(only.get(0) + YAML);
        Question question = Question.read(file);
        if (question.benchmark() != null) {
            throw refusal("--plan: " + question.name() + " is a benchmark of one machine");
        }
        return plan.plan(this, SweepGrid.read(file), Files.readAllBytes(file), question.generations(),
            "cp -r " + FleetPlan.MERGED + " " + quoted(out.resolve(question.name()).toString()) + " && "
            + Launcher.command() + " debate --no-run --out " + quoted(out.toString()));
    }

    private void missing(Path file) throws IOException {
        Question question = Question.read(file);
        String missing;
        if (question.benchmark() == null) {
            SweepRun run = sweep(SweepGrid.read(file));
            missing = Wording.counted(run.missing().size(), "point") + " to run, about "
                + Wording.time(run.estimateNs(question.generations()) / NS_PER_MS);
        } else {
            missing = Wording.counted(question.benchmark().threads().stream()
                .filter(threads -> isMissing(question, threads)).count(), "benchmark") + " to run";
        }
        say(question.name() + "  " + question.description() + " (" + missing + ")");
    }

    private SweepRun sweep(SweepGrid grid) throws IOException {
        return new SweepRun(grid, Shard.ALL, out.resolve(grid.name()), Home.path(),
            Launcher.command() + " debate --only " + grid.name());
    }

    /** More threads than cores show the scheduler, which answers nothing. */
    private boolean isMissing(Question question, int threads) {
        return threads <= CORES && Files.notExists(Question.Benchmark.fileOf(out, question.name(), threads));
    }

    /** What is there already is kept; true if nothing is missing afterwards. */
    private boolean measure(Question question, Path file) throws IOException {
        tell("question " + question.name() + ": " + question.description());
        if (question.benchmark() == null) {
            SweepGrid grid = SweepGrid.read(file);
            return run(sweep(grid), out.resolve(grid.name()), question.generations());
        }
        return Claim.making(out).during(() -> measure(question));
    }

    private boolean measure(Question question) throws IOException {
        for (int threads : question.benchmark().threads()) {
            Path results = Question.Benchmark.fileOf(out, question.name(), threads);
            if (isMissing(question, threads)) {
                tell(question.name() + ": " + Wording.counted(threads, "thread") + ", JMH");
                BenchmarkRun.run(Home.path(), question.benchmark().arguments(), threads, results);
            }
        }
        return true;
    }
}
