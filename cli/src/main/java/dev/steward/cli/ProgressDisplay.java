package dev.steward.cli;

import dev.steward.loadgen.run.RunListener;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows how far a comparison is: a bar with the time left on a terminal, a line per cell elsewhere.
 */
final class ProgressDisplay implements RunListener, AutoCloseable {
    private static final int WIDTH = 79;

    private final PrintWriter out;
    private final boolean terminal;
    private ProgressBar bar;
    private int cells;
    private int ended;
    private long beginMs;
    private long estimateMs;

    ProgressDisplay(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public void planned(int plannedCells, long plannedMs) {
        cells = plannedCells;
        estimateMs = plannedMs;
        beginMs = System.currentTimeMillis();
        out.printf("%d cells, about %s%n", cells, minutes(estimateMs));
        out.flush();
        if (terminal) {
            bar = new ProgressBarBuilder()
                .setTaskName("cells")
                .setInitialMax(cells)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(1000)
                .setMaxRenderedLength(WIDTH)
                .setConsumer(new ConsoleProgressBarConsumer(new PrintStream(System.err, true)))
                .build();
        }
    }

    @Override
    public void cellStarted(String id) {
        if (bar != null) {
            bar.setExtraMessage(" " + id);
        }
    }

    @Override
    public void cellEnded(String id, String status) {
        ended++;
        if (bar != null) {
            bar.step();
        } else {
            long spentMs = System.currentTimeMillis() - beginMs;
            long leftMs = (long) ((double) spentMs / ended * (cells - ended));
            out.printf(Locale.ROOT, "[%2d/%d] %-24s %-8s %s left%n", ended, cells, id, status, minutes(leftMs));
            out.flush();
        }
    }

    private static String minutes(long ms) {
        return String.format(Locale.ROOT, "%d:%02d min", ms / 60_000, ms / 1_000 % 60);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
