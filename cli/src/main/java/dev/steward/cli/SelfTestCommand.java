package dev.steward.cli;

import dev.steward.loadgen.run.StartUp;
import dev.steward.loadgen.selfcheck.SelfCheck;
import dev.steward.results.JsonFile;
import dev.steward.results.SelfTestFinding;
import dev.steward.results.SelfTestFinding.Kind;
import dev.steward.results.SelfTestFinding.Verdict;
import dev.steward.results.SelfTestResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Checks on this machine that figures and oracles can be believed, and how fast the generator is. */
@Command(
    name = "selftest",
    sortOptions = false,
    description = {
        "Put known stalls into the generator, the handler and the lock and look whether they come back in the figures; "
            + "break a part of a cell for each oracle and look whether it sees that; check that schedules do not "
            + "drift; measure what the generator can offer.",
        "Fails if figures cannot be believed; a goal of speed that is missed only with --strict."})
final class SelfTestCommand extends SuiteCommand {
    private static final String STANDARD_OUTPUT = "-";

    @Option(names = "--strict", description = "Fail on missed goals and on checks that a noisy machine left unclear.")
    private boolean strict;

    @Option(names = "--json", paramLabel = "FILE", arity = "0..1", fallbackValue = STANDARD_OUTPUT,
        description = "Write all findings as JSON: to this file as well, or without one to standard output instead.")
    private Path json;

    private final List<SelfTestFinding> findings = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!forPrograms()) {
            requireWritable("--json", json);
        }
        row("check", "expected", "seen", "");
        try (ProgressBelow progress = progressBelow(SelfCheck.ABOUT_MS)) {
            SelfCheck.run(finding -> progress.above(() -> take(finding)));
            SelfTestFinding startUp = StartUp.measure();
            progress.above(() -> take(startUp));
        }
        if (forPrograms()) {
            printJson(SelfTestResult.of(findings));
        } else if (json != null) {
            JsonFile.write(json, SelfTestResult.of(findings));
        }
        line("");
        line(conclusion(findings));
        return exitCode(findings, strict);
    }

    private void take(SelfTestFinding finding) {
        findings.add(finding);
        row(finding.check(), finding.expected(), finding.seen(),
            finding.kind() == Kind.FIGURE ? "" : finding.verdict().label());
    }

    private void row(String check, String expected, String seen, String verdict) {
        line(String.format("%-39s %-19s %-11s %s", check, expected, seen, verdict).stripTrailing());
    }

    private void line(String line) {
        if (!forPrograms()) {
            say(line);
        }
    }

    private boolean forPrograms() {
        return json != null && json.toString().equals(STANDARD_OUTPUT);
    }

    static String conclusion(List<SelfTestFinding> findings) {
        if (any(findings, Kind.TRUTH, Verdict.FAIL)) {
            return "FAILED: figures of this machine cannot be believed; the lines above say which.";
        }
        String truth = any(findings, Kind.TRUTH, Verdict.UNCLEAR)
            ? "Nothing is wrong, but the machine is too noisy to prove all of it; run it again when it is quiet."
            : "Figures can be believed: every stall came back where it must, each oracle sees, and no schedule drifts.";
        return any(findings, Kind.SPEED, Verdict.MISS)
            ? truth + System.lineSeparator() + "Goals of speed were missed: ask this machine for less load." : truth;
    }

    static int exitCode(List<SelfTestFinding> findings, boolean strict) {
        boolean failed = any(findings, Kind.TRUTH, Verdict.FAIL);
        boolean unclear = any(findings, Kind.TRUTH, Verdict.UNCLEAR);
        boolean incomplete = any(findings, Kind.SPEED, Verdict.MISS) || unclear;
        return failed || strict && incomplete ? ExitCode.FAILED : unclear ? ExitCode.UNDECIDED : ExitCode.OK;
    }

    private static boolean any(List<SelfTestFinding> findings, Kind kind, Verdict verdict) {
        return findings.stream().anyMatch(finding -> finding.kind() == kind && finding.verdict() == verdict);
    }
}
