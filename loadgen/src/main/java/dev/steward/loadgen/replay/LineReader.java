package dev.steward.loadgen.replay;

/**
 * Reads the lines of one kind.
 *
 * <p>Threading: one thread.
 */
interface LineReader {
    /**
     * Reads a line.
     *
     * @param line    text that may be of this kind.
     * @param finding filled in unless the line is of another kind.
     * @return what became of it.
     */
    Reading read(TextLine line, Finding finding);

    /**
     * Where in a line with a time stamp of its own a message of this kind goes on.
     *
     * @param line the line after a cut one.
     * @return index of the first byte that goes on, -1 if the line does not.
     */
    default int continuation(TextLine line) {
        return -1;
    }
}
