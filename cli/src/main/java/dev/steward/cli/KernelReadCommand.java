package dev.steward.cli;

import dev.steward.loadgen.kernel.KernelException;
import dev.steward.loadgen.kernel.ScaleLog;
import dev.steward.loadgen.run.KernelTransfer;
import dev.steward.reports.KernelText;
import dev.steward.results.JsonFile;
import dev.steward.results.KernelResult;
import dev.steward.results.Launcher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads what the module printed into the log of a kernel. */
@Command(
    name = "read",
    description = {
        "Show what the module printed into the log of a kernel, whatever else stands in it.",
        "Fails with 1 if a lock was violated or the module stopped, else with 2 if lines are missing or there are none."
    })
final class KernelReadCommand extends SuiteCommand {
    @Parameters(paramLabel = "FILE",
        description = "Kernel log, plain, gzip or zstd, or - for standard input.")
    private Path log;

    @Option(names = "--figures", paramLabel = "FILE",
        description = "Write the figures of the closed loop for '" + Steward.COMMAND + " transfer --with FILE'.")
    private Path figures;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException {
        requireWritable("--figures", figures);
        ScaleLog.Content content;
        try {
            content = ScaleLog.read(log);
        } catch (IOException e) {
            complain(Complaints.reason(e));
            return ExitCode.USAGE;
        }
        return show(this, json.wanted(), figures, content);
    }

    /** Prints the figures and what is wrong with them; the exit code. */
    static int show(SuiteCommand command, boolean json, Path figures, ScaleLog.Content content) throws IOException {
        if (json) {
            command.printJson(content.result());
        } else {
            command.print(KernelText.of(content.result()));
        }
        content.notes().forEach(command::complain);
        content.problems().forEach(command::complain);
        content.failures().forEach(command::complain);
        content.violated().forEach(one -> command.complain("lock '" + one.lock() + "' of run '" + one.run().id()
            + "' was violated " + one.violations().total() + " times"));
        boolean written = figures == null || wrote(command, figures, content.result());
        if (!content.failures().isEmpty() || !content.violated().isEmpty()) {
            return ExitCode.FAILED;
        }
        return content.problems().isEmpty() && written ? ExitCode.OK : ExitCode.USAGE;
    }

    private static boolean wrote(SuiteCommand command, Path figures, KernelResult result) throws IOException {
        try {
            JsonFile.write(figures, KernelTransfer.of(result, Home.path(), typed(command)));
            return true;
        } catch (KernelException e) {
            command.complain("--figures: nothing is written: " + e.getMessage());
            return false;
        }
    }

    private static String typed(SuiteCommand command) {
        return command.spec().commandLine().getParseResult().originalArgs().stream().map(RunCommand::quoted)
            .collect(Collectors.joining(" ", Launcher.command() + " ", ""));
    }
}
