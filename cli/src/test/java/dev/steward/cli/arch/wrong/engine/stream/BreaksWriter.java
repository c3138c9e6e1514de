package dev.steward.cli.arch.wrong.engine.stream;

/** One that may not, and does. */
final class BreaksWriter {
    void write(StreamTable table) {
        table.writeWordRelease(0, 0, 1);
    }
}
