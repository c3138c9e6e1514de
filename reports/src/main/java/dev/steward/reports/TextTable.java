package dev.steward.reports;

import dev.steward.reports.table.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Lays a table out in columns of ASCII. What does not fit is never cut: long row names move to a line of their own, and
 * a table that is too wide even then is printed as one paragraph per row.
 */
final class TextTable {
    /** Columns that a table aims at; a quoted mail adds a few. */
    static final int WIDTH = 72;

    private static final String GAP = "  ";
    private static final String INDENT = "  ";

    private final Table table;
    private final List<String> lines = new ArrayList<>();

    private TextTable(Table table) {
        this.table = table;
    }

    /** Prints a table with title, explanation and notes. */
    static List<String> lines(Table table) {
        TextTable text = new TextTable(table);
        text.lines.addAll(Ascii.wrap(table.title(), "", "", WIDTH));
        if (!table.about().isEmpty()) {
            text.lines.addAll(Ascii.wrap(table.about(), "", "", WIDTH));
        }
        text.lines.add("");
        text.body();
        if (!table.notes().isEmpty()) {
            text.lines.add("");
        }
        table.notes().forEach(note -> text.lines.addAll(Ascii.wrap(note, INDENT, INDENT + INDENT, WIDTH)));
        return text.lines;
    }

    private void body() {
        int[] widths = widths();
        if (total(widths) <= WIDTH) {
            grid(widths, false);
            return;
        }
        widths[0] = INDENT.length();
        if (total(widths) <= WIDTH) {
            grid(widths, true);
        } else {
            paragraphs();
        }
    }

    private int[] widths() {
        int[] widths = new int[table.columns().size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Ascii.clean(table.columns().get(i).head()).length();
            for (Table.Group group : table.groups()) {
                for (List<String> row : group.rows()) {
                    widths[i] = Math.max(widths[i], Ascii.clean(row.get(i)).length());
                }
            }
        }
        return widths;
    }

    private static int total(int[] widths) {
        int total = GAP.length() * (widths.length - 1);
        for (int width : widths) {
            total += width;
        }
        return total;
    }

    private void grid(int[] widths, boolean namesApart) {
        List<String> heads = new ArrayList<>(table.columns().stream().map(Table.Column::head).toList());
        if (namesApart) {
            lines.add(Ascii.clean(heads.get(0)));
            heads.set(0, "");
        }
        lines.add(line(heads, widths));
        lines.add(String.join("", Collections.nCopies(total(widths), "-")));
        boolean first = true;
        for (Table.Group group : table.groups()) {
            if (!group.head().isEmpty()) {
                if (!first) {
                    lines.add("");
                }
                lines.addAll(Ascii.wrap("[" + group.head() + "]", "", "", WIDTH));
            }
            first = false;
            for (List<String> row : group.rows()) {
                List<String> cells = new ArrayList<>(row);
                if (namesApart) {
                    lines.addAll(Ascii.wrap(cells.get(0), "", INDENT, WIDTH));
                    cells.set(0, "");
                }
                lines.add(line(cells, widths));
            }
        }
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = Ascii.clean(cells.get(i));
            String padding = " ".repeat(widths[i] - cell.length());
            line.append(i == 0 ? "" : GAP).append(table.columns().get(i).numeric() ? padding + cell : cell + padding);
        }
        return line.toString().stripTrailing();
    }

    private void paragraphs() {
        for (Table.Group group : table.groups()) {
            if (!group.head().isEmpty()) {
                if (group != table.groups().get(0)) {
                    lines.add("");
                }
                lines.addAll(Ascii.wrap("[" + group.head() + "]", "", "", WIDTH));
            }
            for (List<String> row : group.rows()) {
                StringBuilder text = new StringBuilder(row.get(0));
                for (int i = 1; i < row.size(); i++) {
                    text.append(i == 1 ? ": " : ", ").append(table.columns().get(i).head()).append(' ')
                        .append(row.get(i));
                }
                lines.addAll(Ascii.wrap(text.toString(), "", INDENT, WIDTH));
            }
        }
    }
}
