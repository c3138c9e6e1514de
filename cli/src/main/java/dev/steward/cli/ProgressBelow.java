package dev.steward.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** For work that prints lines of its own: on a terminal a bar with the time left below them, nothing elsewhere. */
final class ProgressBelow implements AutoCloseable {
    private final ProgressDisplay.TerminalLine screen;
    private final ProgressBar bar;

    /** A bar for work of about so many milliseconds. */
    ProgressBelow(Terminal terminal, long lengthMs) {
        if (!terminal.present()) {
            screen = null;
            bar = null;
            return;
        }
        screen = new ProgressDisplay.TerminalLine(System.err, terminal.lineLength());
        bar = new ProgressBarBuilder()
            .setInitialMax(lengthMs)
            .setUpdateIntervalMillis(1000)
            .continuousUpdate()
            .setRenderer((state, maxLength) -> ProgressDisplay.turnsLine(
                Math.min(lengthMs, state.getElapsedAfterStart().toMillis()), lengthMs, "", maxLength))
            .setConsumer(screen)
            .build();
    }

    /** Prints lines, above the bar if there is one. */
    void above(Runnable print) {
        if (screen == null) {
            print.run();
        } else {
            screen.above(print);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
