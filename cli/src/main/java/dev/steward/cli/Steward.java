package dev.steward.cli;

import dev.steward.results.Launcher;
import dev.steward.results.Wording;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Entry point and root command. */
@Command(
    name = "steward",
    versionProvider = Steward.VersionProvider.class,
    description = "Which lock should guard the way from a stream table entry to its vIOMMU?",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
        "",
        "Start with '" + Steward.COMMAND + " compare --quick'; '" + Steward.COMMAND + " help COMMAND' tells more.",
        "Results go to results/, or to the folder that " + Home.RESULTS + " names.",
        "Exit codes: 0 done; 1 a run failed or was interrupted (finished cells are kept),",
        "a promise was broken, or nothing valid was measured; 2 a command line, input or",
        "place for results that cannot be used; 3 nothing was wrong, but compare",
        "--fail-on, diff or selftest could not decide."
    },
    subcommands = {
        CompareCommand.class, ReplayCommand.class, CapacityCommand.class, SweepCommand.class,
        GuideCommand.class, RegretCommand.class, DebateCommand.class, ReportCommand.class, ShowCommand.class,
        OpenCommand.class, DiffCommand.class, HistoryCommand.class,
        ScenariosCommand.class, StrategiesCommand.class, SelfTestCommand.class, TortureCommand.class,
        TransferCommand.class, KernelCommand.class, JmhCommand.class, DecodeCommand.class, HelpCommand.class,
        CompletionCommand.class
    })
public final class Steward implements Runnable {
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,30}");

    /** What {@link Launcher#command} is, as picocli puts it into a description. */
    static final String COMMAND = "${sys:steward.command:-./steward}";

    private final OutputStream data;

    @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT, description = "Show this help.")
    private boolean help;

    @Option(names = {"-q", "--quiet"}, scope = ScopeType.INHERIT, description = "Print results only, no progress.")
    private boolean quiet;

    @Option(names = {"-v", "--verbose"}, scope = ScopeType.INHERIT,
        description = "Print the stack trace of what failed as well.")
    private boolean verbose;

    @Option(names = {"-V", "--version"}, versionHelp = true, description = "Show the versions of Steward and the JVM.")
    private boolean version;

    @Spec
    private CommandSpec spec;

    /** For picocli, when it describes the commands and runs none: it makes the man pages so. */
    private Steward() {
        this(OutputStream.nullOutputStream());
    }

    private Steward(OutputStream data) {
        this.data = data;
    }

    /** Runs a command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        // Figures look the same everywhere.
        Locale.setDefault(Locale.ROOT);
        if (args.length > 0 && args[0].equals(JmhCommand.NAME)) {
            JmhCommand.run(args);
            return;
        }
        if (OwnJars.present()) {
            System.exit(OwnJars.run(args));
        }
        int code = execute(args);
        OwnJars.ended();
        System.exit(code);
    }

    private static int execute(String... args) {
        try {
            Home.results();
        } catch (InvalidPathException e) {
            // Asked for as soon as the commands are made, before anything could complain.
            System.err.println("steward: " + Home.RESULTS + " is no name of a folder in the character set of this "
                + "locale; name another one, or set LC_ALL");
            return ExitCode.USAGE;
        }
        PeoplesOutput people = new PeoplesOutput(new FileOutputStream(FileDescriptor.out));
        CommandLine command = commandLine(new FileOutputStream(FileDescriptor.out)).setOut(people.writer());
        int code;
        try {
            code = command.execute(args);
        } catch (StackOverflowError | LinkageError | OutOfMemoryError | AssertionError e) {
            code = Complaints.onError(e, command);
        }
        String lost = people.lost();
        if (lost == null) {
            return code;
        }
        Complaints.print(command, "standard output: " + lost);
        return code == ExitCode.USAGE ? code : ExitCode.FAILED;
    }

    /**
     * The command line, ready to execute; tests give it writers of their own.
     *
     * @param data where data for other programs goes, unbuffered; people read what the command line's writers get.
     */
    static CommandLine commandLine(OutputStream data) {
        CommandLine line = new CommandLine(new Steward(data))
            .setUsageHelpWidth(80)
            .registerConverter(Path.class, Steward::path)
            .registerConverter(int.class, text -> whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE).intValue())
            .registerConverter(long.class, text -> whole(text, Long.MIN_VALUE, Long.MAX_VALUE).longValue())
            // A log may well be called @x.
            .setExpandAtFiles(false)
            .setExecutionStrategy(Steward::runLast)
            .setParameterExceptionHandler(Complaints::onUsageError)
            .setExecutionExceptionHandler(
                (e, command, parsed) -> Complaints.onFailure(e, command, parsed.originalArgs()));
        Stream.of("compare", "regret", "debate").map(line.getSubcommands()::get).forEach(PlanOptions::hideDetails);
        return line;
    }

    /** A list of commas alone would count as one that was not given. */
    private static int runLast(ParseResult parsed) {
        for (CommandLine command : parsed.asCommandLineList()) {
            for (OptionSpec option : command.getParseResult().matchedOptions()) {
                if (!option.splitRegex().isEmpty() && option.stringValues().isEmpty()) {
                    throw new ParameterException(command, option.longestName() + ": '"
                        + String.join(" ", option.originalStringValues()) + "' names nothing");
                }
            }
        }
        return new RunLast().execute(parsed);
    }

    /** An empty name would mean the current folder. */
    private static Path path(String name) {
        if (name.isEmpty()) {
            throw new TypeConversionException("'' is not the name of a file or folder");
        }
        return Path.of(name);
    }

    /** In the digits that a scenario takes, too. */
    private static BigInteger whole(String text, long least, long greatest) {
        if (!WHOLE.matcher(text).matches()) {
            throw new TypeConversionException("'" + Wording.shown(text) + "' is not a whole number");
        }
        BigInteger number = new BigInteger(text);
        if (number.compareTo(BigInteger.valueOf(least)) < 0 || number.compareTo(BigInteger.valueOf(greatest)) > 0) {
            throw new TypeConversionException(text + " is not in " + least + " to " + greatest);
        }
        return number;
    }

    /** A command is needed: says which there are. */
    @Override
    public void run() {
        throw new ParameterException(
            spec.commandLine(), "name a command: " + String.join(", ", spec.subcommands().keySet()));
    }

    boolean quiet() {
        return quiet;
    }

    boolean verbose() {
        return verbose;
    }

    /** The root of a command. */
    static Steward of(CommandSpec spec) {
        return (Steward) spec.root().userObject();
    }

    OutputStream data() {
        return data;
    }

    /** The version from the jar's manifest. */
    static final class VersionProvider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Steward.class.getPackage().getImplementationVersion();
            return new String[] {"steward " + (version == null ? "development" : version)
                + " (JVM " + System.getProperty("java.version") + ")"};
        }
    }
}
