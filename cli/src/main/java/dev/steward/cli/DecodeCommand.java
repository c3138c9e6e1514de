package dev.steward.cli;

import dev.steward.loadgen.log.DecodedEvent;
import dev.steward.loadgen.log.DecodedEventJson;
import dev.steward.loadgen.log.EventLogException;
import dev.steward.loadgen.log.KernelLogDecoder;
import dev.steward.loadgen.log.LogSummary;
import dev.steward.results.Launcher;
import dev.steward.results.Wording;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/**
 * Reads kernel logs and prints their SMMUv3 events as JSON, one object a line. What is damaged is told on standard
 * error.
 */
@Command(
    name = "decode",
    description = "Print the SMMUv3 events of kernel logs as JSON, one object a line; problems go to standard error.")
final class DecodeCommand extends SuiteCommand {
    @ParentCommand
    private Steward steward;

    @Parameters(arity = "1..*", paramLabel = "FILE",
        description = "Kernel log, plain, gzip or zstd, or - for standard input.")
    private List<String> files;

    @Override
    public Integer call() throws IOException {
        PrintWriter err = err();
        int exitCode = ExitCode.OK;
        try (DecodedEventJson json = new DecodedEventJson(new StandardOutput(steward.data()))) {
            for (String file : files) {
                try {
                    LogSummary summary =
                        KernelLogDecoder.decode(Path.of(file), event -> write(json, event), err::println);
                    if (summary.lines() > 0
                        && summary.events() + summary.smmuLines() + summary.suppressedMessages() == 0) {
                        complain(file + ": no line of an SMMUv3 in " + Wording.counted(summary.lines(), "line") + "; '"
                            + Launcher.command() + " replay --dry-run FILE' reads other IOMMUs, too");
                        exitCode = ExitCode.USAGE;
                        continue;
                    }
                    err.printf("%s: %s, %d of them incomplete, %s, %s suppressed%n", file,
                        Wording.counted(summary.events(), "event"), summary.incompleteEvents(),
                        Wording.counted(summary.overflows(), "overflow"),
                        Wording.counted(summary.suppressedMessages(), "message"));
                } catch (IOException e) {
                    complain(reason(file, e));
                    exitCode = ExitCode.USAGE;
                }
                err.flush();
            }
        } catch (UncheckedIOException e) {
            if (StandardOutput.readerGone(e)) {
                return ExitCode.OK;
            }
            throw e;
        }
        return exitCode;
    }

    private static String reason(String file, IOException e) {
        boolean namesFile = e instanceof EventLogException || e instanceof FileSystemException;
        return (namesFile ? "" : file + ": ") + Complaints.reason(e);
    }

    private static void write(DecodedEventJson json, DecodedEvent event) {
        try {
            json.write(event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
