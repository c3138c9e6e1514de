package dev.steward.cli;

import dev.steward.jmh.LaneMain;
import dev.steward.loadgen.run.TransferRun;
import dev.steward.loadgen.transfer.Load;
import dev.steward.reports.TransferText;
import dev.steward.reports.transfer.Transfer;
import dev.steward.reports.transfer.Transfers;
import dev.steward.results.JsonFile;
import dev.steward.results.Launcher;
import dev.steward.results.LockFigure;
import dev.steward.results.TransferResult;
import dev.steward.results.UnreadableResultsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the same locks in JVMs and in C and says whether their order is the same. */
@Command(
    name = "transfer",
    sortOptions = false,
    description = {
        "Measure the same locks in JVMs and in C, in turns, and tell which figures of a JVM carry over.",
        "Builds the twin in C (native/) on first use; needs a C compiler and make."
    })
final class TransferCommand extends RunCommand {
    @Option(names = "--strategy", paramLabel = "NAME", split = ",",
        description = "Strategies, or locks that the twin alone has, separated by commas (default: all). Floors and "
            + "mutex come along.")
    private List<String> names = List.of();

    @Option(names = "--budget", paramLabel = "TIME", defaultValue = "5m",
        description = "Time for all turns (default: ${DEFAULT-VALUE}).")
    private String budget;

    @Option(names = "--with", paramLabel = "FILE", arity = "1..*",
        description = "Figures of another world to put beside, such as those of '" + Steward.COMMAND
            + " kernel read'.")
    private List<Path> others = List.of();

    @Option(names = "--out", paramLabel = "DIR",
        description = "Result folder, new or empty (default: results/transfer, numbered if that exists).")
    private Path out;

    @Override
    public Integer call() throws IOException, InterruptedException {
        long budgetNs = budgetNs(budget);
        List<TransferResult> beside = beside();
        return inFolder(out, "transfer", (folder, isNew) -> measure(new TransferRun(new TransferRun.Request(names,
            budgetNs, LaneMain.arguments(), Home.path(), Home.nativeBuild(), beside, folder, rerunCommand())),
            budgetNs, folder, isNew));
    }

    private List<TransferResult> beside() {
        List<TransferResult> beside = new ArrayList<>();
        Set<List<Object>> known = new HashSet<>();
        for (Path file : others) {
            try {
                TransferResult other = TransferResult.read(file);
                check(file, other, known);
                beside.add(other);
            } catch (IOException e) {
                throw new UnreadableResultsException(file + ": " + e.getMessage(), e);
            }
        }
        return beside;
    }

    private void check(Path file, TransferResult other, Set<List<Object>> known) {
        if (other.entries() != Load.ENTRIES) {
            throw refusal("--with: " + file + ": its table has " + other.entries() + " entries; allowed: "
                + Load.ENTRIES);
        }
        for (LockFigure figure : other.figures()) {
            if (figure.world() != LockFigure.World.KERNEL) {
                throw refusal("--with: " + file + ": holds figures of a JVM or of C, which this run measures itself; "
                    + "allowed: of a kernel");
            }
            if (!known.add(List.of(figure.lock(), figure.workload(), figure.readers(), figure.writers(),
                figure.writesPerSecond()))) {
                throw refusal("--with: " + file + ": " + figure.lock() + " has a second figure for the same load; "
                    + "allowed: one kernel, once");
            }
        }
    }

    private int measure(TransferRun run, long budgetNs, Path folder, boolean isNew)
        throws IOException, InterruptedException {
        Path file = folder.resolve(TransferResult.FILE);
        String afterwards = "'" + Launcher.command() + " report RUN --with " + folder + "' shows it";
        try (Interruption interruption = Interruption.watch(folder, isNew, afterwards, err());
            ProgressBelow progress = progressBelow(TimeUnit.NANOSECONDS.toMillis(budgetNs))) {
            interruption.ends(run::cancel);
            try {
                if (!run.run(preflight(line -> progress.above(() -> tell(line))),
                    found -> JsonFile.write(file, Transfer.withIntervals(found)))) {
                    return ExitCode.FAILED;
                }
            } catch (IOException e) {
                interruption.explain(Complaints.reason(e));
                return ExitCode.FAILED;
            }
        }
        Transfer transfer = Transfers.read(file);
        say("");
        print(TransferText.of(transfer));
        say("");
        say("result: " + file);
        if (transfer.broken()) {
            complain("a lock broke its promise, or the oracle did not see that there is none");
        }
        return transfer.broken() ? ExitCode.FAILED : ExitCode.OK;
    }
}
