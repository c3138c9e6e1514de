package dev.steward.cli;

import dev.steward.loadgen.run.RunListener;
import dev.steward.results.RunManifest;
import dev.steward.results.TurnPlan;
import dev.steward.results.Wording;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;

/** Shows how far a comparison is: a bar with the time left on a terminal, a line per cell elsewhere. */
final class ProgressDisplay implements RunListener, AutoCloseable {
    private static final int BAR_LENGTH = 20;
    /** Below this the figures need all the room. */
    private static final int MIN_LENGTH_WITH_BAR = 60;

    private final PrintWriter out;
    private final Terminal terminal;
    private ProgressBar bar;
    private TimeLeft timeLeft;
    private int cells;
    private long beginMs;
    /** What all turns take, as far as that is known by now. */
    private long turnsMs;
    private int generations;
    private String standing = "";

    ProgressDisplay(PrintWriter out, Terminal terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public void planned(int plannedCells, long plannedMs) {
        cells = plannedCells;
        timeLeft = new TimeLeft(plannedCells, plannedMs);
        beginMs = System.currentTimeMillis();
        out.printf("%s, about %s%n", Wording.counted(cells, "cell"), Wording.time(plannedMs));
        out.flush();
        if (terminal.present()) {
            bar = new ProgressBarBuilder()
                .setInitialMax(cells)
                .setUpdateIntervalMillis(1000)
                .continuousUpdate()
                .setRenderer((state, maxLength) -> line(
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
            out.printf(Locale.ROOT, "[%2d/%d] %-24s %-8s %s%n", ended, cells, id,
                status.name().toLowerCase(Locale.ROOT),
                left(ended, cells, timeLeft.leftMs(elapsedMs())));
            out.flush();
        }
    }

    @Override
    public void turnsPlanned(String what, String notice, long aboutMs, int mostGenerations) {
        turnsMs = aboutMs;
        generations = mostGenerations;
        close();
        out.printf("%s; about %s%n", what, Wording.time(aboutMs));
        if (!notice.isEmpty()) {
            out.println(notice);
        }
        out.flush();
        if (terminal.present()) {
            bar = new ProgressBarBuilder()
                .setInitialMax(aboutMs)
                .setUpdateIntervalMillis(1000)
                .setRenderer((state, maxLength) -> turnsLine(
                    state.getCurrent(), state.getMax(), standing + state.getExtraMessage(), maxLength))
                .setConsumer(new TerminalLine(System.err, terminal.lineLength()))
                .build();
        }
    }

    @Override
    public void turnsGoOn(String what, long spentMs) {
        if (bar != null) {
            bar.stepTo(Math.min(spentMs, turnsMs));
            bar.setExtraMessage(what);
            // No thread of this JVM draws while a turn is taken.
            bar.refresh();
        }
    }

    @Override
    public void contestantFailed(String strategy, String why) {
        out.printf("%sfailed and left out: %s: %s%n", bar == null ? "" : System.lineSeparator(), strategy, why);
        out.flush();
    }

    @Override
    public void generationEnded(TurnPlan plan, String line) {
        standing = line.isEmpty() ? "" : line + "; ";
        if (generations < Integer.MAX_VALUE && plan.generations() > 0) {
            // The plan guessed what a generation takes; on a busy machine it takes several times that.
            turnsMs = Math.max(1, plan.spentMs() / plan.generations() * generations);
        }
        if (bar == null) {
            out.printf(Locale.ROOT, "[generation %2d] %s%n", plan.generations(), !line.isEmpty() ? line
                : plan.generations() >= generations ? "done" : Wording.left(turnsMs - plan.spentMs()));
            out.flush();
        } else {
            bar.maxHint(turnsMs);
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

    /** The line while turns are taken: exactly {@code maxLength} characters. */
    static String turnsLine(long spentMs, long mostMs, String what, int maxLength) {
        return fitted(
            bar(spentMs, Math.max(1, mostMs), maxLength) + Wording.left(mostMs - spentMs) + "  " + what, maxLength);
    }

    /** The line while cells run: exactly {@code maxLength} characters, so that nothing of an earlier line stays. */
    static String line(long ended, long cells, long leftMs, String cell, int maxLength) {
        return fitted(String.format(Locale.ROOT, "%s%d/%d cells, %s  %s", bar(ended, cells, maxLength), ended, cells,
            left(ended, cells, leftMs), cell), maxLength);
    }

    private static String left(long ended, long cells, long leftMs) {
        return ended == cells ? "done" : Wording.left(leftMs);
    }

    /** Empty where the line is too short for it. A guess may be corrected to less than what is spent. */
    private static String bar(long done, long all, int maxLength) {
        int full = (int) Math.min(BAR_LENGTH, BAR_LENGTH * done / all);
        return maxLength < MIN_LENGTH_WITH_BAR
            ? "" : "[" + "=".repeat(full) + " ".repeat(BAR_LENGTH - full) + "] ";
    }

    private static String fitted(String line, int length) {
        return line.length() > length ? line.substring(0, length) : line + " ".repeat(length - line.length());
    }

    /**
     * Writes the progress line over itself.
     *
     * <p>The consumer that comes with the library asks JLine for the width, and JLine takes over SIGINT: Ctrl-C would
     * end this JVM without its shutdown hooks, and the run would not be reported.
     */
    record TerminalLine(PrintStream out, int length) implements ProgressBarConsumer {
        @Override
        public int getMaxRenderedLength() {
            return length;
        }

        /** Prints whole lines where this one stands; it comes back below them. */
        synchronized void above(Runnable print) {
            out.print('\r' + " ".repeat(length) + '\r');
            out.flush();
            print.run();
        }

        @Override
        public synchronized void accept(String line) {
            out.print('\r' + line);
            out.flush();
        }

        @Override
        public void close() {
            out.println();
            out.flush();
        }
    }
}
