package dev.steward.cli;

import dev.steward.catalog.UnusableStrategyException;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.reports.verdict.HistoryException;
import dev.steward.results.Launcher;
import dev.steward.results.UnreadableResultsException;
import dev.steward.results.Wording;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what was wrong, what is allowed, and where to read more. */
final class Complaints {
    /** Longer than any list of what is allowed. */
    private static final int MOST_LETTERS = 4000;
    /** What the JVM makes of a letter of the command line that the character set of the locale does not have. */
    private static final String NO_LETTER = "\ufffd";
    private static final String NO_NAME = "no name of a file in the character set of this locale; name another one, or "
        + "set LC_ALL";

    private Complaints() {
    }

    static int onUsageError(ParameterException e, String... args) {
        CommandLine command = e.getCommandLine();
        print(command, explained(message(e), List.of(args))
            + " ('" + Launcher.command() + " " + path(command) + "--help' tells more)");
        return ExitCode.USAGE;
    }

    /** What is no exception and comes from deep within: an error of the JVM or of a strategy. */
    static int onError(Throwable e, CommandLine command) {
        print(command, e instanceof OutOfMemoryError ? "out of memory: " + e.getMessage()
            : e instanceof StackOverflowError ? "a call went too deep (StackOverflowError)" : firstLine(e.toString()));
        trace(e, command);
        return ExitCode.FAILED;
    }

    /** A letter that did not come through is quoted as a question mark, which nobody has typed. */
    private static String explained(String message, List<String> args) {
        return message.contains(NO_LETTER) && args.stream().anyMatch(argument -> argument.contains(NO_LETTER))
            ? plain(message) + "; ? is a letter that the character set of this locale does not have: set LC_ALL"
            : message;
    }

    /** Here and not where it is printed: newer JDKs print in UTF-8 whatever the locale. */
    private static String plain(String message) {
        return message.replace(NO_LETTER, "?");
    }

    private static void trace(Throwable e, CommandLine command) {
        if (Steward.of(command.getCommandSpec()).verbose()) {
            e.printStackTrace(command.getErr());
        }
    }

    static int onFailure(Exception e, CommandLine command, List<String> args) {
        boolean unusable = e instanceof ScenarioException || e instanceof UnusableStrategyException
            || e instanceof InvalidPathException || e instanceof UnreadableResultsException
            || e instanceof HistoryException;
        // Messages of others may run to pages. Ours are one line, but may quote line feeds that somebody typed.
        String why = unusable && e.getMessage() != null ? inOneLine(e.getMessage()) : reason(e);
        print(command, e instanceof InvalidPathException path && path.getInput().contains(NO_LETTER)
            ? "'" + plain(Wording.shown(path.getInput())) + "': " + NO_NAME : explained(why, args));
        trace(e, command);
        return unusable ? ExitCode.USAGE : ExitCode.FAILED;
    }

    /** Why something failed, in one line that names the file if there is one. */
    static String reason(Throwable e) {
        if (e instanceof UncheckedIOException && e.getCause().toString().equals(e.getMessage())) {
            return reason(e.getCause());
        }
        if (e instanceof FileSystemException file && file.getFile() != null) {
            return file.getFile() + ": " + reason(file);
        }
        return e.getMessage() == null ? e.toString() : firstLine(e.getMessage());
    }

    private static String reason(FileSystemException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException) {
            return Files.isDirectory(Path.of(e.getFile())) ? "is there already" : "is there already, and is no folder";
        }
        if (e instanceof NotDirectoryException) {
            return "is no folder";
        }
        if (e instanceof DirectoryNotEmptyException) {
            return "is a folder that is not empty";
        }
        if (e instanceof FileSystemLoopException) {
            return "is a link that leads back to where it is";
        }
        return e.getReason() == null ? "cannot be read or written" : e.getReason();
    }

    static void print(CommandLine command, String message) {
        command.getErr().println("steward: " + message);
        command.getErr().flush();
    }

    private static String message(ParameterException e) {
        CommandLine command = e.getCommandLine();
        boolean root = command.getParent() == null;
        if (e instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched, root);
        }
        String message = inOneLine(e.getMessage());
        if (message.contains(InvalidPathException.class.getSimpleName())) {
            message = message.replaceFirst(": cannot convert .*", ": " + NO_NAME);
        }
        return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    }

    private static String unmatched(UnmatchedArgumentException e, boolean root) {
        CommandLine command = e.getCommandLine();
        String argument = "'" + e.getUnmatched().get(0) + "'";
        if (e.isUnknownOption()) {
            return "unknown option " + argument + "; allowed: " + command.getCommandSpec().options().stream()
                .map(OptionSpec::longestName).collect(Collectors.joining(", "));
        }
        return root
            ? "unknown command " + argument + "; allowed: " + String.join(", ", command.getSubcommands().keySet())
            : "unexpected argument " + argument;
    }

    private static String path(CommandLine command) {
        return command.getParent() == null ? "" : path(command.getParent()) + command.getCommandName() + " ";
    }

    private static String inOneLine(String text) {
        String plain = Wording.oneLine(text.strip());
        return plain.length() > MOST_LETTERS ? plain.substring(0, MOST_LETTERS) + "..." : plain;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("").strip();
    }
}
