package dev.steward.loadgen.log;

/**
 * One thing that was wrong with a log. Immutable.
 *
 * @param file    name of the log.
 * @param line    line in the file, from 1.
 * @param message what was wrong, one line.
 */
public record Diagnostic(String file, long line, String message) {
    @Override
    public String toString() {
        return file + ":" + line + ": " + message;
    }
}
