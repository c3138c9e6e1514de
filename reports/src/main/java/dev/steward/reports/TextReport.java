package dev.steward.reports;

import dev.steward.reports.summary.Problem;
import dev.steward.reports.summary.Run;
import dev.steward.reports.summary.RunSet;
import dev.steward.reports.summary.Summary;
import dev.steward.reports.table.CorrectnessTables;
import dev.steward.reports.table.IntervalTables;
import dev.steward.reports.table.Table;
import dev.steward.reports.table.VerdictTables;
import dev.steward.reports.table.Words;
import dev.steward.results.RunManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The report as plain text for a mail: printable ASCII in at most 72 columns, so that it survives being quoted. */
public final class TextReport {
    private static final int WIDTH = TextTable.WIDTH;

    private final Summary summary;
    private final List<String> lines = new ArrayList<>();

    private TextReport(Summary summary) {
        this.summary = summary;
    }

    /**
     * Prints a run.
     *
     * @param summary of the run
     * @return the text, each line ended by a line feed; only an argument of the rerun command that is longer than a
     *         line may be wider than 72 columns
     */
    public static String of(Summary summary) {
        return of(RunSet.of(summary));
    }

    /**
     * Prints runs: side by side first, then each by itself.
     *
     * @param runs of the report
     * @return the text, as wide as that of a single run
     */
    public static String of(RunSet runs) {
        List<String> lines = new ArrayList<>();
        TextReport around = new TextReport(runs.runs().get(0).summary());
        Section sideBySide = Section.runs(runs);
        if (!sideBySide.tables().isEmpty()) {
            around.lines.add("Steward report: " + runs.runs().size() + (runs.single() ? " run" : " runs"));
            around.lines.add("=".repeat(WIDTH));
            around.section(sideBySide);
        }
        runs.unreadable().forEach(line -> around.lines.addAll(Ascii.wrap("Left out: " + line, "! ", "  ", WIDTH)));
        lines.addAll(around.lines);
        around.lines.clear();
        for (Run run : runs.runs()) {
            if (!lines.isEmpty()) {
                lines.addAll(List.of("", "", ""));
            }
            TextReport report = new TextReport(run.summary());
            report.whole(runs.single() ? "" : ", host " + run.host());
            lines.addAll(report.lines);
        }
        if (!runs.others().isEmpty()) {
            around.section(Section.others(runs));
        }
        if (!Section.scaling(runs).tables().isEmpty()) {
            around.section(Section.scaling(runs));
        }
        lines.addAll(around.lines);
        return String.join("\n", lines) + "\n";
    }

    private void whole(String place) {
        head(place);
        verdict();
        List<Section> results = Section.results(summary);
        results.stream().limit(1).forEach(this::section);
        if (!Section.kernel(summary).tables().isEmpty()) {
            section(Section.kernel(summary));
        }
        results.stream().skip(1).forEach(this::section);
        section(Section.correctness(summary));
        paragraphs(CorrectnessTables.statements(summary));
        problems();
        if (!Section.partial(summary).tables().isEmpty()) {
            section(Section.partial(summary));
        }
        section(Section.costs(summary));
        section(Section.measuring(summary));
        paragraphs(Words.waiting(summary));
        section(Section.details(summary));
        strategies();
        environment();
        limits();
        rerun();
    }

    private void head(String place) {
        lines.addAll(Ascii.wrap("Steward report: " + summary.run().name() + place, "", "", WIDTH));
        lines.add("=".repeat(WIDTH));
        paragraph(Words.headline(summary));
        if (!summary.run().scenarioDescription().isBlank()) {
            paragraph(summary.run().scenarioDescription());
        }
        Words.warnings(summary).forEach(warning -> lines.addAll(Ascii.wrap(warning, "! ", "  ", WIDTH)));
        paragraph(Words.environmentLine(summary));
        lines.add("");
        paragraph(Words.MARKS);
    }

    private void verdict() {
        title("Verdict");
        List<String> statements = new ArrayList<>(VerdictTables.statements(summary));
        if (statements.isEmpty()) {
            statements.add("None: there are no two strategies with figures on one path.");
        }
        statements.addAll(IntervalTables.missing(summary));
        statements.forEach(this::paragraph);
        for (Table table : Section.verdict(summary).tables()) {
            lines.add("");
            lines.addAll(TextTable.lines(table));
        }
    }

    private void section(Section section) {
        title(section.title());
        boolean first = true;
        for (Table table : section.tables()) {
            if (!first) {
                lines.add("");
            }
            first = false;
            lines.addAll(TextTable.lines(table));
        }
    }

    private void problems() {
        title("Cells that are not among the figures");
        if (summary.problems().isEmpty()) {
            paragraph("None: every planned cell is valid.");
        }
        for (Problem problem : summary.problems()) {
            if (problem.kind() != Problem.Kind.NOT_RUN) {
                List<String> reasons = problem.reasons().isEmpty() ? List.of("no reason given")
                    : problem.reasons();
                lines.addAll(Ascii.wrap(Words.nameOf(problem.kind()) + "  " + problem.cellId(), "", "  ", WIDTH));
                reasons.forEach(reason -> lines.addAll(Ascii.wrap(reason, "  - ", "    ", WIDTH)));
            }
        }
        String notRun = summary.problems().stream()
            .filter(problem -> problem.kind() == Problem.Kind.NOT_RUN).map(Problem::cellId)
            .collect(Collectors.joining(", "));
        if (!notRun.isEmpty()) {
            lines.addAll(Ascii.wrap("not run  " + notRun, "", "  ", WIDTH));
        }
    }

    private void strategies() {
        title("Strategies");
        for (RunManifest.StrategyInfo strategy : summary.run().strategies()) {
            lines.addAll(Ascii.wrap(strategy.name() + ": " + strategy.title()
                + (strategy.ranked() ? "" : " (not ranked)"), "", "  ", WIDTH));
            item("kernel", strategy.kernelPrimitive());
            item("context", strategy.context());
            item("reader writes", strategy.readerWrites());
            item("not modelled", strategy.notModelled());
        }
    }

    private void item(String key, String value) {
        if (!value.isBlank()) {
            lines.addAll(Ascii.wrap(value, String.format(Locale.ROOT, "  %-14s ", key), " ".repeat(17), WIDTH));
        }
    }

    private void environment() {
        title("Environment");
        List<RunManifest.EnvironmentEntry> facts = Words.facts(summary);
        int keyWidth = Math.min(20, facts.stream().mapToInt(fact -> Ascii.clean(fact.key()).length()).max()
            .orElse(0));
        for (RunManifest.EnvironmentEntry fact : facts) {
            String key = Ascii.clean(fact.key());
            String head = key.length() <= keyWidth ? key + " ".repeat(keyWidth - key.length()) : key.substring(0,
                keyWidth);
            lines.addAll(Ascii.wrap(fact.value(), head + "  ", " ".repeat(keyWidth + 2), WIDTH));
        }
        lines.add("");
        paragraph(Words.calibration(summary));
        lines.add("");
        lines.addAll(Ascii.wrap("Scenario " + summary.run().scenarioName() + ":", "", "  ", WIDTH));
        summary.run().scenario().forEach((key, value) ->
            lines.addAll(Ascii.wrap(key + " = " + value, "  ", "      ", WIDTH)));
    }

    private void limits() {
        title("What this run cannot show");
        summary.run().limits().forEach(limit -> lines.addAll(Ascii.wrap(limit, "- ", "  ", WIDTH)));
    }

    private void rerun() {
        title("Run it again");
        lines.addAll(Ascii.wrapCommand(summary.run().command(), "  ", WIDTH));
    }

    private void title(String title) {
        lines.add("");
        lines.add("");
        lines.add(title.toUpperCase(Locale.ROOT));
        lines.add("-".repeat(title.length()));
    }

    private void paragraphs(List<String> texts) {
        lines.add("");
        texts.forEach(this::paragraph);
    }

    private void paragraph(String text) {
        lines.addAll(Ascii.wrap(text, "", "  ", WIDTH));
    }
}
