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
 * Writes a trace through a small buffer; the header comes last, so an unfinished file is none.
 *
 * <p>Threading: one thread.
 */
final class TraceWriter implements Closeable {
    private static final int BUFFER_BYTES = TraceLayout.RECORD_BYTES * 2048;

    private final FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long records;
    private long events;

    TraceWriter(Path trace) throws IOException {
        file = FileChannel.open(
            trace, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        file.position(TraceLayout.HEADER_BYTES);
    }

    void add(long timeNs, LogAction action, int stream, long[] words) throws IOException {
        if (buffer.remaining() < TraceLayout.RECORD_BYTES) {
            flush();
        }
        buffer.putLong(timeNs).putLong(TraceLayout.what(action, stream));
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
        buffer.putLong(TraceLayout.MAGIC).putLong(records).putLong(events).putLong(lengthNs).putLong(periodNs);
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
