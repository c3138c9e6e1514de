package dev.steward.cli;

import dev.steward.loadgen.kernel.KernelException;
import dev.steward.loadgen.kernel.ModuleBuild;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Builds the module against the headers of a kernel. */
@Command(
    name = "build",
    sortOptions = false,
    description = "Build the module; needs make, a compiler and the headers of the kernel.")
final class KernelBuildCommand extends SuiteCommand {
    @Option(names = "--kdir", paramLabel = "DIR",
        description = "Headers of a kernel, or a kernel that was built (default: headers of the running one).")
    private Path headers;

    @Option(names = "--out", paramLabel = "DIR",
        description = "Where it is built (default: target/kernel/RELEASE; installed, ~/.cache/steward/kernel).")
    private Path out;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try {
            ModuleBuild.Built built = Home.module().build(headers, out);
            built.warnings().forEach(this::complain);
            say(built.module() + " (for Linux " + built.release() + ")");
            return ExitCode.OK;
        } catch (KernelException e) {
            complain(e.getMessage());
            return ExitCode.USAGE;
        }
    }
}
