package dev.steward.reports;

import dev.steward.reports.summary.Problem;
import dev.steward.reports.summary.Run;
import dev.steward.reports.summary.RunSet;
import dev.steward.reports.table.Chapter;
import dev.steward.reports.table.Marks;
import dev.steward.reports.table.Outline;
import dev.steward.reports.table.Sentences;
import dev.steward.reports.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What matters most of each run as GitHub-flavoured Markdown. Everything that comes from a file is escaped. */
final class MarkdownReport {
    private final List<String> lines = new ArrayList<>(List.of("# Steward report"));
    private final Marks marks = new Marks();

    private MarkdownReport() {
    }

    static String of(RunSet runs) {
        MarkdownReport text = new MarkdownReport();
        Outline.before(runs).forEach(chapter -> text.blocks(chapter.blocks()));
        runs.runs().forEach(run -> text.run(run, runs));
        Outline.after(runs).forEach(chapter -> text.blocks(chapter.blocks()));
        runs.unreadable().forEach(line -> text.paragraph("Excluded: " + line));
        text.marks.legend().ifPresent(text::paragraph);
        return String.join("\n", text.lines) + "\n";
    }

    private void run(Run run, RunSet runs) {
        lines.add("");
        lines.add("## " + escape(runs.single() ? run.summary().run().name() : String.join(" + ", run.folders())));
        blocks(Outline.opening(run.summary()));
        paragraph(Sentences.headline(run.summary()));
        Sentences.warnings(run.summary()).forEach(warning -> paragraph("Note: " + warning));
        paragraph(runs.hosts().size() > 1 ? "Host " + run.host() + ": " + runs.hosts().get(run.host())
            : Sentences.environmentLine(run.summary()));
        blocks(Outline.brief(run.summary()));
    }

    private void blocks(List<Chapter.Block> blocks) {
        for (Chapter.Block block : blocks) {
            if (block instanceof Chapter.Tables tables) {
                tables.tables().forEach(this::table);
            } else if (block instanceof Chapter.Statements statements) {
                lines.add("");
                statements.sentences().forEach(line -> lines.add("- " + escape(line)));
            } else if (block instanceof Chapter.Picture picture) {
                lines.addAll(List.of("", "```"));
                lines.addAll(ForestText.lines(picture, TextTable.WIDTH));
                lines.add("```");
            } else if (block instanceof Chapter.Problems problems) {
                problems.problems().forEach(problem -> lines.add("- " + escape(line(problem))));
            }
        }
    }

    private static String line(Problem problem) {
        return problem.kind().word() + " " + problem.cellId()
            + (problem.reasons().isEmpty() ? "" : ": " + String.join("; ", problem.reasons()));
    }

    private void table(Table table) {
        marks.see(table);
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
        return cells.stream().map(MarkdownReport::escape).collect(Collectors.joining(" | ", "| ", " |"));
    }

    /** A line break would end a table's row; the other signs would be markup. */
    private static String escape(String text) {
        return text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip().replace("&", "&amp;").replace("<", "&lt;")
            .replace(">", "&gt;").replaceAll("([\\\\`*_\\[\\]|#~])", "\\\\$1");
    }
}
