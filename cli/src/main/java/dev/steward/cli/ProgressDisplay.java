package dev.steward.cli;

import dev.steward.loadgen.run.RunListener;
import dev.steward.results.RunManifest;
import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** Shows how far a comparison is: a bar with the time left on a terminal, a line per cell elsewhere. */
final class ProgressDisplay implements RunListener, AutoCloseable {
    private final PrintWriter out;
    private final Terminal terminal;
    private ProgressBar bar;
    private TimeLeft timeLeft;
    private int cells;
    private long beginMs;

    ProgressDisplay(PrintWriter out, Terminal terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public void planned(int plannedCells, long plannedMs) {
        cells = plannedCells;
        timeLeft = new TimeLeft(plannedCells, plannedMs);
        beginMs = System.currentTimeMillis();
        out.printf("%d %s, about %s%n", cells, cells == 1 ? "cell" : "cells", TimeLeft.text(plannedMs));
        out.flush();
        if (terminal.present()) {
            bar = new ProgressBarBuilder()
                .setInitialMax(cells)
                .setUpdateIntervalMillis(1000)
                .continuousUpdate()
                .setRenderer((state, maxLength) -> ProgressLine.of(
                    state.getCurrent(), state.getMax(), timeLeft.leftMs(elapsedMs()), state.getExtraMessage(),
                    maxLength))
                .setConsumer(new TerminalLine(System.err, terminal.lineLength()))
                .build();
        }
    }

    @Override
    public void cellStarted(String id) {
        if (bar != null) {
            bar.setExtraMessage(id);
        }
    }

    @Override
    public void cellEnded(String id, RunManifest.CellStatus status) {
        int ended = timeLeft.cellEnded(elapsedMs());
        if (bar != null) {
            if (ended == cells) {
                bar.setExtraMessage("");
            }
            bar.step();
        } else {
            out.printf(Locale.ROOT, "[%2d/%d] %-24s %-8s %s left%n",
                ended, cells, id, status.name().toLowerCase(Locale.ROOT), TimeLeft.text(timeLeft.leftMs(elapsedMs())));
            out.flush();
        }
    }

    private long elapsedMs() {
        return System.currentTimeMillis() - beginMs;
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
