package dev.steward.loadgen.replay;

import dev.steward.loadgen.log.LogAction;

/**
 * The trace file: a header of eight words, then records of six, then the StreamIDs as 32-bit numbers; little-endian.
 * A file of one run, made by the version that reads it, and no format to keep.
 */
final class TraceLayout {
    static final long MAGIC = 0x3145_4341_5254_5453L;
    static final int HEADER_BYTES = 8 * Long.BYTES;
    static final int MAGIC_OFFSET = 0;
    static final int RECORDS_OFFSET = 8;
    static final int EVENTS_OFFSET = 16;
    static final int LENGTH_OFFSET = 24;
    static final int PERIOD_OFFSET = 32;
    static final int DEVICES_OFFSET = 40;

    static final int RECORD_BYTES = 6 * Long.BYTES;
    static final int TIME_OFFSET = 0;
    /** Action in the upper half, stream in the lower. */
    static final int WHAT_OFFSET = 8;
    static final int WORDS_OFFSET = 16;

    private TraceLayout() {
    }

    static long what(LogAction action, int stream) {
        return (long) action.ordinal() << Integer.SIZE | stream;
    }
}
