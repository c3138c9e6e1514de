package dev.steward.cli;

import java.util.Locale;

/**
 * The one line that a terminal shows while cells run.
 */
final class ProgressLine {
    private static final int MIN_BAR_LENGTH = 5;
    private static final int MAX_BAR_LENGTH = 30;

    private ProgressLine() {
    }

    /**
     * Renders the line: bar, cells, time left, and the cell that runs.
     *
     * @param ended     cells that have ended, 0 to {@code cells}.
     * @param cells     at least 1.
     * @param leftMs    guessed.
     * @param cell      that runs, or empty.
     * @param maxLength columns that may be used.
     * @return exactly {@code maxLength} characters, so that nothing of an earlier line stays.
     */
    static String of(long ended, long cells, long leftMs, String cell, int maxLength) {
        String text = String.format(Locale.ROOT, "%d/%d cells, %s left", ended, cells, TimeLeft.text(leftMs));
        String tail = text + (cell.isEmpty() ? "" : "  " + cell);
        int barLength = Math.min(MAX_BAR_LENGTH, maxLength - tail.length() - 3);
        String line = tail;
        if (barLength >= MIN_BAR_LENGTH) {
            int full = (int) (barLength * ended / cells);
            line = "[" + "=".repeat(full) + " ".repeat(barLength - full) + "] " + tail;
        }
        return line.length() > maxLength ? line.substring(0, maxLength) : line + " ".repeat(maxLength - line.length());
    }
}
