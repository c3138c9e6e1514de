package dev.steward.loadgen.log;

/**
 * One thing that was wrong with a log. Immutable.
 *
 * @param line    line in the file, from 1.
 */
public record Diagnostic(String file, long line, String message) {
    @Override
    public String toString() {
        return file + ":" + line + ": " + message;
    }
}
