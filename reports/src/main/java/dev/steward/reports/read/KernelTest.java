package dev.steward.reports.read;

import java.util.ArrayList;
import java.util.List;

/** Takes the lines of one kind of test out of a kernel log. Not thread-safe; for one log. */
abstract class KernelTest {
    /**
     * What may follow the last number of a line: whoever quotes it closes the quote. A bracket and a digit are another
     * processor's time, in the midst of the number.
     */
    static final String TAIL = "(?![\\w.]|\\[[\\s\\d])\\s*(?:[^\\w\\s].*)?";
    /** How a kernel names what it tests, behind whatever stands before. */
    static final String TYPE = "(?<![\\w-])([A-Za-z_][\\w-]*?)";

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
