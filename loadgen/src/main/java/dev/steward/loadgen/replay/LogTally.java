package dev.steward.loadgen.replay;

import dev.steward.engine.event.EventRecordLayout;
import dev.steward.loadgen.log.LogAction;
import dev.steward.loadgen.log.LogKind;
import dev.steward.loadgen.log.LogRecord;
import dev.steward.loadgen.log.LogRecords;
import dev.steward.results.ReplaySummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sends what logs hold to a trace, and counts what was used of them and what was not, and why.
 *
 * <p>Threading: one thread.
 */
final class LogTally implements LogRecords {
    private static final int MAX_NOTES = 20;
    private static final int KINDS = LogKind.values().length;

    private final DeviceTable devices;
    private final LogOrder order;
    private final long[] events = new long[KINDS];
    private final long[] attaches = new long[KINDS];
    private final Map<String, ReplaySummary.Skipped> skipped = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private String log = "";
    private long suppressed;
    private long overflows;

    LogTally(DeviceTable devices, LogOrder order) {
        this.devices = devices;
        this.order = order;
    }

    void begin(String logName) {
        log = logName;
    }

    @Override
    public void onRecord(LogRecord record) {
        long[] words = record.words();
        int stream = record.device() == null
            ? devices.ofStreamId(EventRecordLayout.streamId(words[0])) : devices.ofName(record.device());
        if (stream == DeviceTable.FULL) {
            onSkipped(record.kind().label(), "of more than " + DeviceTable.MAX_DEVICES + " devices", record.line());
            return;
        }
        words[0] = EventRecordLayout.withStreamId(words[0], 0);
        (record.action() == LogAction.EVENT ? events : attaches)[record.kind().ordinal()]++;
        order.add(record, stream);
    }

    @Override
    public void onProgress(long line) {
        try {
            order.writeBefore(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onSkipped(String kind, String reason, long line) {
        skipped.merge(
            kind + ' ' + reason,
            new ReplaySummary.Skipped(kind, reason, 1, log + ":" + line),
            (known, one) -> new ReplaySummary.Skipped(kind, reason, known.count() + 1, known.first()));
    }

    @Override
    public void onSuppressed(long calls) {
        suppressed += calls;
    }

    @Override
    public void onOverflows(long count) {
        overflows += count;
    }

    @Override
    public void onDamage(long line, String what) {
        if (notes.size() < MAX_NOTES) {
            notes.add(log + ":" + line + ": " + what);
        }
    }

    long suppressed() {
        return suppressed;
    }

    long overflows() {
        return overflows;
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    List<ReplaySummary.Skipped> skipped() {
        return List.copyOf(skipped.values());
    }

    List<ReplaySummary.Used> used() {
        List<ReplaySummary.Used> used = new ArrayList<>();
        for (LogKind kind : LogKind.values()) {
            if (events[kind.ordinal()] + attaches[kind.ordinal()] > 0) {
                used.add(new ReplaySummary.Used(kind.label(), events[kind.ordinal()], attaches[kind.ordinal()]));
            }
        }
        return used;
    }
}
