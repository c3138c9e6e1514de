package dev.steward.loadgen.replay;

import dev.steward.loadgen.log.LogAction;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A trace that {@link TraceMaker} made, mapped into memory. Records are numbered from 0, in the order of their times.
 *
 * <p>Immutable, any number of threads. The file has to stay as it is; the mapping goes with the object.
 */
public final class ReplayTrace {
    /** A mapping has less than 2 GiB. */
    private static final int RECORDS_PER_MAP = 1 << 24;
    /** So much is read in beforehand: a page that comes from the disk takes longer than any lock. */
    private static final long MAX_LOADED_BYTES = 1L << 30;

    private static final LogAction[] ACTIONS = LogAction.values();

    private final MappedByteBuffer[] maps;
    private final long records;
    private final long events;
    private final long lengthNs;
    private final long periodNs;
    private final int[] streamIds;

    private ReplayTrace(FileChannel file, Path trace) throws IOException {
        if (file.size() < TraceLayout.HEADER_BYTES) {
            throw new IOException(trace + ": is no trace");
        }
        MappedByteBuffer header = map(file, 0, TraceLayout.HEADER_BYTES);
        records = header.getLong(TraceLayout.RECORDS_OFFSET);
        events = header.getLong(TraceLayout.EVENTS_OFFSET);
        lengthNs = header.getLong(TraceLayout.LENGTH_OFFSET);
        periodNs = header.getLong(TraceLayout.PERIOD_OFFSET);
        long devices = header.getLong(TraceLayout.DEVICES_OFFSET);
        long recordBytes = records * TraceLayout.RECORD_BYTES;
        boolean sound = header.getLong(TraceLayout.MAGIC_OFFSET) == TraceLayout.MAGIC && records >= 0
            && devices >= 0 && devices <= DeviceTable.MAX_DEVICES
            && file.size() == TraceLayout.HEADER_BYTES + recordBytes + devices * Integer.BYTES;
        if (!sound) {
            throw new IOException(trace + ": is no trace, or not a whole one");
        }
        maps = new MappedByteBuffer[(int) ((records + RECORDS_PER_MAP - 1) / RECORDS_PER_MAP)];
        for (int i = 0; i < maps.length; i++) {
            long from = (long) i * RECORDS_PER_MAP;
            long count = Math.min(RECORDS_PER_MAP, records - from);
            maps[i] = map(
                file, TraceLayout.HEADER_BYTES + from * TraceLayout.RECORD_BYTES, count * TraceLayout.RECORD_BYTES);
            if ((i + 1) * (long) RECORDS_PER_MAP * TraceLayout.RECORD_BYTES <= MAX_LOADED_BYTES) {
                maps[i].load();
            }
        }
        streamIds = new int[(int) devices];
        MappedByteBuffer ids = map(file, TraceLayout.HEADER_BYTES + recordBytes, devices * Integer.BYTES);
        for (int stream = 0; stream < streamIds.length; stream++) {
            streamIds[stream] = ids.getInt(stream * Integer.BYTES);
        }
    }

    /**
     * Maps a trace.
     *
     * @throws IOException if it cannot be read or is none.
     */
    public static ReplayTrace open(Path trace) throws IOException {
        try (FileChannel file = FileChannel.open(trace, StandardOpenOption.READ)) {
            return new ReplayTrace(file, trace);
        }
    }

    private static MappedByteBuffer map(FileChannel file, long position, long length) throws IOException {
        MappedByteBuffer map = file.map(MapMode.READ_ONLY, position, length);
        map.order(ByteOrder.LITTLE_ENDIAN);
        return map;
    }

    private long read(long record, int offset) {
        int at = (int) (record % RECORDS_PER_MAP) * TraceLayout.RECORD_BYTES + offset;
        return maps[(int) (record / RECORDS_PER_MAP)].getLong(at);
    }

    /** Number of records. */
    public long records() {
        return records;
    }

    /** Number of events. */
    public long events() {
        return events;
    }

    /** Number of attach operations. */
    public long attaches() {
        return records - events;
    }

    /** Time of the last record, in nanoseconds after the first. */
    public long lengthNs() {
        return lengthNs;
    }

    /** When a loop begins anew, in nanoseconds after the first record: one mean gap after the last, above 0. */
    public long periodNs() {
        return periodNs;
    }

    /** StreamID of each stream. */
    public int[] streamIds() {
        return streamIds.clone();
    }

    /**
     * When a record is due at the speed of the log.
     *
     * @param record 0 to {@link #records()} - 1.
     * @return nanoseconds after the first, never decreasing.
     */
    public long timeNs(long record) {
        return read(record, TraceLayout.TIME_OFFSET);
    }

    /**
     * What a record makes happen.
     *
     * @param record 0 to {@link #records()} - 1.
     */
    public LogAction action(long record) {
        return ACTIONS[(int) (read(record, TraceLayout.WHAT_OFFSET) >>> Integer.SIZE)];
    }

    /**
     * Which stream a record is about.
     *
     * @param record 0 to {@link #records()} - 1.
     */
    public int stream(long record) {
        return (int) read(record, TraceLayout.WHAT_OFFSET);
    }

    /**
     * A word of an event, without its StreamID.
     *
     * @param record 0 to {@link #records()} - 1.
     * @param word   0 to 3.
     */
    public long word(long record, int word) {
        return read(record, TraceLayout.WORDS_OFFSET + word * Long.BYTES);
    }

    int streamId(int stream) {
        return streamIds[stream];
    }
}
