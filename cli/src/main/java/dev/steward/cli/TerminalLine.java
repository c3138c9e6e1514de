package dev.steward.cli;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBarConsumer;

/**
 * Writes the progress line over itself.
 *
 * <p>The consumer that comes with the library asks JLine for the width, and JLine takes over SIGINT: Ctrl-C would end
 * this JVM without its shutdown hooks, and the run would not be reported.
 */
final class TerminalLine implements ProgressBarConsumer {
    private final PrintStream out;
    private final int length;

    TerminalLine(PrintStream out, int length) {
        this.out = out;
        this.length = length;
    }

    @Override
    public int getMaxRenderedLength() {
        return length;
    }

    @Override
    public void accept(String line) {
        out.print('\r' + line);
        out.flush();
    }

    @Override
    public void close() {
        out.println();
        out.flush();
    }
}
