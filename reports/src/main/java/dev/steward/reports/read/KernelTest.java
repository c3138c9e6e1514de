package dev.steward.reports.read;

import java.util.List;

/** Takes the lines of one kind of test out of a kernel log. Not thread-safe; for one log. */
interface KernelTest {
    /** Name of the test. */
    String tool();

    /**
     * Takes a line.
     *
     * @param number  in the file, from 1
     * @param message without time stamp and other prefixes
     */
    void line(long number, String message);

    /** What the lines so far come to; empty if they are not of this test. */
    List<ForeignFigure> figures();

    /** What a reader has to know of it, with line numbers where a line could not be used. */
    List<String> remarks();
}
