package dev.steward.loadgen.replay;

import dev.steward.loadgen.log.LogAction;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
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

    private static final int TIME = 0;
    /** Action in the upper half, stream in the lower. */
    private static final int WHAT = 1;
    private static final int EVENT = 2;

    private static final LogAction[] ACTIONS = LogAction.values();

    private final LongBuffer[] maps;
    private final long records;
    private final long events;
    private final long lengthNs;
    private final long periodNs;
    private final int[] streamIds;

    private ReplayTrace(FileChannel file, Path trace) throws IOException {
        if (file.size() < TraceWriter.HEADER_BYTES) {
            throw new IOException(trace + ": is no trace");
        }
        LongBuffer header = map(file, 0, TraceWriter.HEADER_BYTES).asLongBuffer();
        boolean magic = header.get() == TraceWriter.MAGIC;
        records = header.get();
        events = header.get();
        lengthNs = header.get();
        periodNs = header.get();
        long devices = header.get();
        long idsAt = TraceWriter.HEADER_BYTES + records * TraceWriter.RECORD_BYTES;
        boolean sound = magic && records >= 0 && devices >= 0 && devices <= DeviceTable.MAX_DEVICES
            && file.size() == idsAt + devices * Integer.BYTES;
        if (!sound) {
            throw new IOException(trace + ": is no trace, or not a whole one");
        }
        maps = new LongBuffer[(int) ((records + RECORDS_PER_MAP - 1) / RECORDS_PER_MAP)];
        for (int i = 0; i < maps.length; i++) {
            long from = (long) i * RECORDS_PER_MAP;
            long count = Math.min(RECORDS_PER_MAP, records - from);
            MappedByteBuffer map = map(
                file, TraceWriter.HEADER_BYTES + from * TraceWriter.RECORD_BYTES, count * TraceWriter.RECORD_BYTES);
            if ((i + 1) * (long) RECORDS_PER_MAP * TraceWriter.RECORD_BYTES <= MAX_LOADED_BYTES) {
                map.load();
            }
            maps[i] = map.asLongBuffer();
        }
        streamIds = new int[(int) devices];
        map(file, idsAt, devices * Integer.BYTES).asIntBuffer().get(streamIds);
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

    private long read(long record, int word) {
        int at = (int) (record % RECORDS_PER_MAP) * TraceWriter.RECORD_WORDS + word;
        return maps[(int) (record / RECORDS_PER_MAP)].get(at);
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

    /** When a record is due at the speed of the log, in nanoseconds after the first, never decreasing. */
    public long timeNs(long record) {
        return read(record, TIME);
    }

    /** What a record makes happen. */
    public LogAction action(long record) {
        return ACTIONS[(int) (read(record, WHAT) >>> Integer.SIZE)];
    }

    /** Which stream a record is about. */
    public int stream(long record) {
        return (int) read(record, WHAT);
    }

    /** A word of an event, 0 to 3, without its StreamID. */
    public long word(long record, int word) {
        return read(record, EVENT + word);
    }

    int streamId(int stream) {
        return streamIds[stream];
    }
}
