package dev.steward.cli;

import dev.steward.reports.DiffReport;
import dev.steward.reports.document.DiffDocument;
import dev.steward.reports.verdict.Diff;
import dev.steward.reports.verdict.Rules;
import dev.steward.results.Verdicts.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares two results, for a person or as the gate of a build. */
@Command(
    name = "diff",
    sortOptions = false,
    description = "Compare two result folders, or two JSON files of JMH: what became better or worse?",
    footer = {
        "",
        "Exit codes: 0 nothing that --fail-on asks for, 1 found, 2 cannot be compared,",
        "3 nothing could be decided."
    })
final class DiffCommand extends SuiteCommand {
    /** What Java reads beside it, as a hexadecimal exponent, nobody means. */
    private static final Pattern PLAIN_NUMBER = Pattern.compile("[0-9]{1,9}(?:\\.[0-9]{1,9})?");

    @Parameters(index = "0", paramLabel = "BEFORE", arity = "0..1", description =
        "Result folder, or file written by JMH's -rf json (default: the newest result but one below results/).")
    private Path before;

    @Parameters(index = "1", paramLabel = "AFTER", arity = "0..1",
        description = "The same kind (default: the newest).")
    private Path after;

    @Option(names = "--fail-on", paramLabel = "VERDICT", split = ",",
        description = "Exit code 1 if any of these is found: worse, undecided, better (default: none).")
    private List<String> failOn = List.of();

    @Option(names = "--min-effect", paramLabel = "SHARE", defaultValue = "5%",
        description = "Smallest difference that matters (default: ${DEFAULT-VALUE}).")
    private String minEffect;

    @Option(names = "--any-scenario", description = "Compare different scenarios too; what differs is printed.")
    private boolean anyScenario;

    @Option(names = "--commit", description = "Print the figures alone, before and after, for a commit message.")
    private boolean forCommit;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException {
        Rules rules = rules();
        Set<Verdict> wanted = verdicts(failOn);
        List<Path> sides = sides();
        Diff diff = Diff.of(sides.get(0), sides.get(1), rules, anyScenario);
        if (json.wanted()) {
            printJson(DiffDocument.of(diff));
        } else {
            print(forCommit ? DiffReport.forCommit(diff) : DiffReport.of(diff));
        }
        if (diff.comparisons().stream().allMatch(pair -> Double.isNaN(pair.ratio()))) {
            complain("nothing could be compared: no figure has valid cells of one placement class on both sides");
            return ExitCode.USAGE;
        }
        if (wanted.stream().anyMatch(verdict -> diff.count(verdict) > 0)) {
            return ExitCode.FAILED;
        }
        return diff.count(Verdict.UNDECIDED) == diff.comparisons().size() ? ExitCode.UNDECIDED : ExitCode.OK;
    }

    private List<Path> sides() {
        if (before != null && after != null) {
            return List.of(before, after);
        }
        if (before != null) {
            throw refusal("name AFTER as well as BEFORE, or neither for the two newest results");
        }
        List<Path> newest = Newest.folders(2);
        complain("newest results: " + newest.get(0) + " and " + newest.get(1));
        return newest;
    }

    private Rules rules() {
        try {
            String number = minEffect.endsWith("%") ? minEffect.substring(0, minEffect.length() - 1) : minEffect;
            if (!PLAIN_NUMBER.matcher(number).matches()) {
                throw new IllegalArgumentException(number);
            }
            double share = Double.parseDouble(number) / (minEffect.endsWith("%") ? 100 : 1);
            return new Rules(share, Rules.DEFAULT.significance());
        } catch (IllegalArgumentException e) {
            throw refusal("--min-effect: '" + minEffect + "' is not above 0% and below 100%, for example 5% or 0.05");
        }
    }
}
