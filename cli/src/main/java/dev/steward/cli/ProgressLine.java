package dev.steward.cli;

import java.util.Locale;

/** The one line that a terminal shows while cells run. */
final class ProgressLine {
    private static final int BAR_LENGTH = 20;
    /** Below this the figures need all the room. */
    private static final int MIN_LENGTH_WITH_BAR = 60;

    private ProgressLine() {
    }

    /**
     * Renders the line: bar, cells, time left, and the cell that runs.
     *
     * @param ended     cells that have ended, 0 to {@code cells}.
     * @param cells     at least 1.
     * @param cell      that runs, or empty.
     * @param maxLength columns that may be used.
     * @return exactly {@code maxLength} characters, so that nothing of an earlier line stays.
     */
    static String of(long ended, long cells, long leftMs, String cell, int maxLength) {
        int full = (int) (BAR_LENGTH * ended / cells);
        String bar = maxLength < MIN_LENGTH_WITH_BAR
            ? "" : "[" + "=".repeat(full) + " ".repeat(BAR_LENGTH - full) + "] ";
        String line = String.format(
            Locale.ROOT, "%s%d/%d cells, %s left  %s", bar, ended, cells, TimeLeft.text(leftMs), cell);
        return line.length() > maxLength ? line.substring(0, maxLength) : line + " ".repeat(maxLength - line.length());
    }
}
