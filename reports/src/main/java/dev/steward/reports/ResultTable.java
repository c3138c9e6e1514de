package dev.steward.reports;

import dev.steward.reports.summary.Problem;
import dev.steward.reports.summary.Summary;
import dev.steward.reports.table.CorrectnessTables;
import dev.steward.reports.table.LatencyTables;
import dev.steward.reports.table.VerdictTables;
import dev.steward.reports.table.Words;
import java.util.ArrayList;
import java.util.List;

/** The short form of a report for the terminal, right after a run: the same tables, the same figures. */
public final class ResultTable {
    private ResultTable() {
    }

    /**
     * Prints a run.
     *
     * @param summary of the run
     * @return printable ASCII in at most 72 columns, each line ended by a line feed
     */
    public static String of(Summary summary) {
        List<String> lines = new ArrayList<>(Ascii.wrap(Words.headline(summary), "", "", TextTable.WIDTH));
        Words.warnings(summary).forEach(warning -> lines.addAll(Ascii.wrap(warning, "! ", "  ", TextTable.WIDTH)));
        lines.add("");
        lines.addAll(TextTable.lines(LatencyTables.events(summary)));
        lines.add("");
        lines.addAll(TextTable.lines(LatencyTables.attaches(summary)));
        lines.add("");
        CorrectnessTables.statements(summary)
            .forEach(line -> lines.addAll(Ascii.wrap(line, "", "  ", TextTable.WIDTH)));
        VerdictTables.statements(summary)
            .forEach(line -> lines.addAll(Ascii.wrap(line, "", "  ", TextTable.WIDTH)));
        for (Problem problem : summary.problems()) {
            if (problem.kind() != Problem.Kind.NOT_RUN) {
                lines.addAll(Ascii.wrap(Words.nameOf(problem.kind()) + "  " + problem.cellId() + ": "
                    + String.join("; ", problem.reasons()), "", "  ", TextTable.WIDTH));
            }
        }
        lines.addAll(Ascii.wrap(Words.MARKS, "", "", TextTable.WIDTH));
        return String.join("\n", lines) + "\n";
    }
}
