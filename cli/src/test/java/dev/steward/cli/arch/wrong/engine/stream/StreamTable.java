package dev.steward.cli.arch.wrong.engine.stream;

/** A table of the wrong house. */
class StreamTable {
    void writeWordRelease(int streamId, int word, long value) {
        throw new UnsupportedOperationException();
    }
}
