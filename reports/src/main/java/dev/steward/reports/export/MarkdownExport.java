package dev.steward.reports.export;

import dev.steward.reports.summary.Problem;
import dev.steward.reports.summary.Run;
import dev.steward.reports.summary.RunSet;
import dev.steward.reports.table.CorrectnessTables;
import dev.steward.reports.table.ForeignTables;
import dev.steward.reports.table.LatencyTables;
import dev.steward.reports.table.RunTables;
import dev.steward.reports.table.Table;
import dev.steward.reports.table.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The main tables as GitHub-flavoured Markdown. Everything that comes from a file is escaped. */
public final class MarkdownExport implements Export {
    private final List<String> lines = new ArrayList<>();

    @Override
    public String of(RunSet runs) {
        MarkdownExport text = new MarkdownExport();
        text.lines.add("# Steward report");
        RunTables.of(runs).forEach(text::table);
        runs.runs().forEach(run -> text.run(run, runs));
        ForeignTables.of(runs.others()).forEach(text::table);
        runs.unreadable().forEach(line -> text.paragraph("Left out: " + line));
        text.paragraph(Words.MARKS);
        return String.join("\n", text.lines) + "\n";
    }

    private void run(Run run, RunSet runs) {
        lines.add("");
        lines.add("## " + escape(run.summary().run().name()));
        paragraph(Words.headline(run.summary()));
        Words.warnings(run.summary()).forEach(warning -> paragraph("Note: " + warning));
        paragraph(runs.hosts().size() > 1 ? "Host " + run.host() + ": " + runs.hosts().get(run.host())
            : Words.environmentLine(run.summary()));
        table(LatencyTables.events(run.summary()));
        table(LatencyTables.attaches(run.summary()));
        lines.add("");
        CorrectnessTables.statements(run.summary()).forEach(line -> lines.add("- " + escape(line)));
        for (Problem problem : run.summary().problems()) {
            lines.add("- " + escape(Words.nameOf(problem.kind()) + " " + problem.cellId()
                + (problem.reasons().isEmpty() ? "" : ": " + String.join("; ", problem.reasons()))));
        }
    }

    private void table(Table table) {
        lines.add("");
        lines.add("### " + escape(table.title()));
        paragraph(table.about());
        lines.add("");
        lines.add(row(table.columns().stream().map(Table.Column::head).toList()));
        lines.add(table.columns().stream().map(column -> column.numeric() ? "---:" : ":---")
            .collect(Collectors.joining(" | ", "| ", " |")));
        for (Table.Group group : table.groups()) {
            if (!group.head().isEmpty()) {
                List<String> head = new ArrayList<>(List.of(group.head()));
                table.columns().stream().skip(1).forEach(column -> head.add(""));
                lines.add(row(head).replaceFirst("^\\| (.*?) \\|", "| *$1* |"));
            }
            group.rows().forEach(row -> lines.add(row(row)));
        }
        table.notes().forEach(this::paragraph);
    }

    private void paragraph(String text) {
        if (!text.isBlank()) {
            lines.add("");
            lines.add(escape(text));
        }
    }

    private static String row(List<String> cells) {
        return cells.stream().map(MarkdownExport::escape).collect(Collectors.joining(" | ", "| ", " |"));
    }

    /** A line break would end a table's row; the other signs would be markup. */
    private static String escape(String text) {
        return text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip().replace("&", "&amp;").replace("<", "&lt;")
            .replace(">", "&gt;").replaceAll("([\\\\`*_\\[\\]|#~])", "\\\\$1");
    }
}
