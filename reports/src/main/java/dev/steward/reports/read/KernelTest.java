package dev.steward.reports.read;

import java.util.ArrayList;
import java.util.List;

/** Takes the lines of one kind of test out of a kernel log. Not thread-safe; for one log. */
abstract class KernelTest {
    final String tool;
    /** What a reader has to know of it, with line numbers where a line could not be used. */
    final List<String> remarks = new ArrayList<>();
    final List<ForeignFigure> figures = new ArrayList<>();

    KernelTest(String tool) {
        this.tool = tool;
    }

    /** Takes a line, numbered from 1, without time stamp and other prefixes. */
    abstract void line(long number, String message);

    /** Turns what the lines came to into figures; none if they are not of this test. */
    abstract void end();
}
