package dev.steward.cli.arch.wrong.engine.stream;

/** The one that may write. */
final class StreamTableEntryWriter {
    void write(StreamTable table) {
        table.writeWordRelease(0, 0, 0);
    }
}
