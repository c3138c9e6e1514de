package dev.steward.cli;

import dev.steward.loadgen.klog.DecodedEvent;
import dev.steward.loadgen.klog.DecodedEventJson;
import dev.steward.loadgen.klog.KernelLogDecoder;
import dev.steward.loadgen.klog.LogSummary;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Reads kernel logs and prints their SMMUv3 events as JSON, one object a line. What is damaged is told on standard
 * error.
 */
@Command(
    name = "decode",
    mixinStandardHelpOptions = true,
    description = "Print the SMMUv3 events of kernel logs as JSON, one object a line; problems go to standard error.")
final class DecodeCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Kernel log, or - for standard input.")
    private List<String> files;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        int exitCode = ExitCode.OK;
        try (OutputStream out = new FileOutputStream(FileDescriptor.out);
            DecodedEventJson json = new DecodedEventJson(out)) {
            for (String file : files) {
                try {
                    LogSummary summary = decode(file, json, err);
                    err.printf("%s: %d events, %d of them incomplete, %d overflows, %d messages suppressed%n",
                        file, summary.events(), summary.incompleteEvents(), summary.overflows(),
                        summary.suppressedMessages());
                } catch (NoSuchFileException e) {
                    err.println("steward: " + file + ": no such file");
                    exitCode = ExitCode.USAGE;
                } catch (IOException e) {
                    err.println("steward: " + e.getMessage());
                    exitCode = ExitCode.USAGE;
                }
                err.flush();
            }
        }
        return exitCode;
    }

    private static LogSummary decode(String file, DecodedEventJson json, PrintWriter err) throws IOException {
        return file.equals(KernelLogDecoder.STANDARD_INPUT)
            ? KernelLogDecoder.decode(System.in, file, event -> write(json, event), err::println)
            : KernelLogDecoder.decode(Path.of(file), event -> write(json, event), err::println);
    }

    private static void write(DecodedEventJson json, DecodedEvent event) {
        try {
            json.write(event);
        } catch (IOException e) {
            throw new UncheckedIOException("standard output: " + e.getMessage(), e);
        }
    }
}
