package dev.steward.reports;

import dev.steward.reports.table.Table;
import dev.steward.reports.table.TransferTables;
import dev.steward.reports.transfer.Transfer;
import java.util.ArrayList;
import java.util.List;

/** A transfer as plain text of at most 72 columns, and the same as a page of the documentation. */
public final class TransferText {
    private static final int PAGE_WIDTH = 118;

    private TransferText() {
    }

    /** {@return sentences, then tables} */
    public static String of(Transfer transfer) {
        List<String> lines = new ArrayList<>();
        TransferTables.sentences(transfer).forEach(line -> lines.addAll(Ascii.wrap(line, "", "  ", TextTable.WIDTH)));
        for (Table table : TransferTables.of(transfer)) {
            lines.add("");
            lines.addAll(TextTable.lines(table));
        }
        return String.join("\n", lines) + "\n";
    }

    /** {@return Markdown; the tables as they are printed} */
    public static String page(Transfer transfer) {
        List<String> lines = new ArrayList<>(List.of("# The same locks in a JVM and in C", ""));
        lines.addAll(Ascii.wrap("Made by a test from [the shipped transfer](../../grids/transfer.json), which keeps it "
            + "so. What follows from it: [trust.md](../trust.md). Run again by `" + transfer.result().command() + "`.",
            "", "", PAGE_WIDTH));
        lines.add("");
        TransferTables.sentences(transfer).forEach(
            line -> lines.addAll(Ascii.wrap("- " + line, "", "  ", PAGE_WIDTH)));
        for (Table table : TransferTables.of(transfer)) {
            lines.addAll(List.of("", "```text"));
            lines.addAll(TextTable.lines(table));
            lines.add("```");
        }
        return String.join("\n", lines) + "\n";
    }
}
