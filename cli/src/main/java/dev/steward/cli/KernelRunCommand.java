package dev.steward.cli;

import dev.steward.loadgen.kernel.KernelException;
import dev.steward.loadgen.kernel.ModuleBuild;
import dev.steward.loadgen.kernel.ModuleRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Loads the module into the running kernel, after it has said so and was told to go on. */
@Command(
    name = "run",
    sortOptions = false,
    description = {
        "Load the module into the running kernel, read what it prints, unload it. Needs root; says first what it will "
            + "do, and asks.",
        "Parameters: lock=NAME,..|all mode=open|closed entries=N readers=N attach_threads=N event_rate=N attach_rate=N "
            + "(per second, 0 without a pause) section=NS seed=N warmup=MS duration=MS"
    })
final class KernelRunCommand extends SuiteCommand {
    @Parameters(paramLabel = "NAME=VALUE", arity = "0..*", description = "Parameters of the module.")
    private List<String> parameters = List.of();

    @Option(names = "--yes", description = "Do not ask.")
    private boolean agreed;

    @Option(names = "--module", paramLabel = "FILE",
        description = "Module to load (default: what 'kernel build' made for the running kernel).")
    private Path module;

    @Option(names = "--repeats", paramLabel = "N", defaultValue = "1",
        description = "How often it is loaded (default: ${DEFAULT-VALUE}).")
    private int repeats;

    @Option(names = "--log", paramLabel = "FILE", description = "Keep the log of the kernel in this file.")
    private Path log;

    @Option(names = "--figures", paramLabel = "FILE",
        description = "Write the figures of the closed loop for '" + Steward.COMMAND + " transfer --with FILE'.")
    private Path figures;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ModuleRun run = prepare();
        requireWritable("--log", log);
        requireWritable("--figures", figures);
        try {
            run.check();
            // Standard output is the document's.
            PrintWriter talk = json.wanted() ? err() : out();
            run.plan().forEach(talk::println);
            talk.flush();
            if (!agreed && !confirmed(talk)) {
                return ExitCode.USAGE;
            }
            return KernelReadCommand.show(this, json.wanted(), figures, run.run(log));
        } catch (KernelException e) {
            complain(e.getMessage());
            return ExitCode.USAGE;
        }
    }

    private ModuleRun prepare() {
        Path built = module != null ? module
            : Home.module().folderOf(ModuleBuild.runningRelease()).resolve(ModuleBuild.MODULE);
        try {
            return new ModuleRun(built, parameters, repeats);
        } catch (IllegalArgumentException e) {
            throw refusal(e.getMessage());
        }
    }

    private boolean confirmed(PrintWriter talk) throws IOException {
        if (!terminal().present()) {
            complain("nobody is there to ask: say --yes to load the module");
            return false;
        }
        talk.print("Load it? [y/N] ");
        talk.flush();
        String answer = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
        boolean yes = answer != null && List.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
        if (!yes) {
            complain("nothing was loaded");
        }
        return yes;
    }
}
