package dev.steward.cli;

import dev.steward.results.JsonFile;
import dev.steward.results.Verdicts.Verdict;
import dev.steward.results.Writable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * What every command has: a writer for people, one for complaints, and exit codes. Exceptions become one line in
 * {@link Complaints}.
 */
abstract class SuiteCommand implements Callable<Integer> {
    /** Of the suite's own files: scenarios, grids, questions of the debate. */
    static final String YAML = ".yaml";

    @Spec
    private CommandSpec spec;

    final CommandSpec spec() {
        return spec;
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Prints a line at once. */
    final void say(Object line) {
        out().println(line);
        out().flush();
    }

    /** Prints a line about how it goes on, unless only results are wanted. */
    final void tell(Object line) {
        if (!isQuiet()) {
            say(line);
        }
    }

    /** Whether only results are wanted. */
    boolean isQuiet() {
        return Steward.of(spec()).quiet();
    }

    /** Shows the time left of work that prints lines itself, unless only results are wanted. */
    final ProgressBelow progressBelow(long lengthMs) {
        return new ProgressBelow(terminal(), lengthMs);
    }

    /** That of the launcher, or none if only results are wanted. */
    final Terminal terminal() {
        return isQuiet() ? new Terminal(0) : Terminal.ofLauncher();
    }

    /** Prints text that ends its own lines. */
    final void print(String text) {
        out().print(text);
        out().flush();
    }

    /** Prints the answer for programs; nothing else may stand on standard output. */
    final void printJson(Record document) throws IOException {
        try {
            JsonFile.write(new StandardOutput(Steward.of(spec()).data()), document);
        } catch (UncheckedIOException e) {
            if (!StandardOutput.readerGone(e)) {
                throw e;
            }
        }
    }

    final void complain(String message) {
        Complaints.print(spec.commandLine(), message);
    }

    /** The folders that were named, or else the newest one below {@code results}, which is said. */
    final List<Path> foldersOrNewest(List<Path> named) {
        if (!named.isEmpty()) {
            return named;
        }
        List<Path> newest = Newest.folders(1);
        complain("newest result: " + newest.get(0));
        return newest;
    }

    /** For a command line that cannot be followed. */
    final ParameterException refusal(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** Refuses a file that could not be written when all work is done; null is none. */
    final void requireWritable(String option, Path file) {
        if (file != null) {
            refuse(option, file, Writable.refusal(file));
        }
    }

    /** Throws what is wrong with the file of an option, if there is something. */
    final void refuse(String option, Path file, Optional<String> why) {
        why.ifPresent(words -> {
            throw refusal(option + ": " + file + " " + words);
        });
    }

    /** The verdicts that a {@code --fail-on} names. */
    final Set<Verdict> verdicts(List<String> failOn) {
        return failOn.stream().map(text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "worse" -> Verdict.WORSE;
            case "undecided" -> Verdict.UNDECIDED;
            case "better" -> Verdict.BETTER;
            default -> throw refusal(
                "--fail-on: '" + text + "' is no verdict to fail on; allowed: worse, undecided, better");
        }).collect(Collectors.toSet());
    }

    /** Names of the YAML files of a folder of the suite, in the order of the alphabet. */
    static List<String> yamlNames(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(YAML))
                .map(name -> name.substring(0, name.length() - YAML.length())).sorted().toList();
        }
    }
}
