package dev.steward.cli;

import dev.steward.loadgen.log.LogRecord;
import dev.steward.loadgen.log.LogRecords;
import dev.steward.loadgen.log.LogScan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What a log holds: the records in the order of their lines, and what was skipped or damaged. */
final class ScannedLog implements LogRecords {
    private final List<LogRecord> records = new ArrayList<>();
    private final List<String> losses = new ArrayList<>();

    private ScannedLog() {
    }

    static ScannedLog of(Path file) throws IOException {
        ScannedLog log = new ScannedLog();
        LogScan.run(file, log);
        log.records.sort(Comparator.comparingLong(LogRecord::line));
        return log;
    }

    List<LogRecord> records() {
        return records;
    }

    List<String> losses() {
        return losses;
    }

    @Override
    public void onRecord(LogRecord record) {
        records.add(record);
    }

    @Override
    public void onProgress(long line) {
    }

    @Override
    public void onSkipped(String kind, String reason, long line) {
        losses.add(line + ": " + kind + ": " + reason);
    }

    @Override
    public void onSuppressed(long calls) {
    }

    @Override
    public void onOverflows(long count) {
    }

    @Override
    public void onDamage(long line, String what) {
        losses.add(line + ": " + what);
    }
}
