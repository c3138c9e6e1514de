package dev.steward.loadgen.replay;

import dev.steward.loadgen.log.LogAction;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes a trace through a small buffer: a header of eight words, then records of six, then the StreamIDs as 32-bit
 * numbers; little-endian. The header comes last, so an unfinished file is none. A file of one run, made by the version
 * that reads it, and no format to keep.
 *
 * <p>Threading: one thread.
 */
final class TraceWriter implements Closeable {
    static final long MAGIC = 0x3145_4341_5254_5453L;
    static final int HEADER_BYTES = 8 * Long.BYTES;
    static final int RECORD_WORDS = 6;
    static final int RECORD_BYTES = RECORD_WORDS * Long.BYTES;

    private static final int BUFFER_BYTES = RECORD_BYTES * 2048;

    private final FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long records;
    private long events;

    TraceWriter(Path trace) throws IOException {
        file = FileChannel.open(
            trace, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        file.position(HEADER_BYTES);
    }

    void add(long timeNs, LogAction action, int stream, long[] words) throws IOException {
        if (buffer.remaining() < RECORD_BYTES) {
            flush();
        }
        buffer.putLong(timeNs).putLong((long) action.ordinal() << Integer.SIZE | stream);
        for (long word : words) {
            buffer.putLong(word);
        }
        records++;
        events += action == LogAction.EVENT ? 1 : 0;
    }

    long records() {
        return records;
    }

    /** Adds StreamIDs and header. */
    void finish(long lengthNs, long periodNs, int[] streamIds) throws IOException {
        for (int streamId : streamIds) {
            if (buffer.remaining() < Integer.BYTES) {
                flush();
            }
            buffer.putInt(streamId);
        }
        flush();
        buffer.putLong(MAGIC).putLong(records).putLong(events).putLong(lengthNs).putLong(periodNs);
        buffer.putLong(streamIds.length).putLong(0).putLong(0).flip();
        file.position(0);
        writeBuffer();
    }

    private void flush() throws IOException {
        buffer.flip();
        writeBuffer();
    }

    private void writeBuffer() throws IOException {
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
        buffer.clear();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
