package dev.steward.cli;

import dev.steward.loadgen.sweep.SweepRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Runs a sweep for a command: progress, Ctrl-C.
 */
final class SweepProgress {
    private SweepProgress() {
    }

    /** True if every point has run to its end. */
    static boolean run(SweepRun run, Path folder, CommandSpec spec) throws IOException {
        PrintWriter console = spec.commandLine().getOut();
        try (Interruption interruption =
            Interruption.watch(folder, "the same command goes on", spec.commandLine().getErr());
            ProgressDisplay progress = new ProgressDisplay(console, Terminal.ofLauncher())) {
            interruption.ends(run::cancel);
            return run.run(line -> {
                console.println(line);
                console.flush();
            }, progress);
        }
    }
}
