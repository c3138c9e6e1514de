package dev.steward.loadgen.log;

import dev.steward.loadgen.log.LineCutter.Listener;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * One pass over a log of any kind, in constant memory. Damaged lines are counted, never guessed.
 *
 * <p>Threading: one thread.
 */
public final class LogScan {
    private final LogRecords records;
    private final FaultLines faults;
    private final SmmuLines smmuEvents;
    private long bytes;
    private long lines;

    private LogScan(String name, LogRecords records) {
        this.records = records;
        faults = new FaultLines(records);
        smmuEvents = new SmmuLines(new EventAssembler(name, this::onEvent, diagnostic -> { }));
    }

    /** Size of the text of a log. */
    public record Size(long bytes, long lines) {
    }

    /**
     * Reads a log.
     *
     * @throws EventLogException if it is no text or cannot be opened; one line, for a user.
     * @throws IOException       if reading fails.
     */
    public static Size run(Path log, LogRecords records) throws IOException {
        LogScan scan = new LogScan(log.toString(), records);
        try (InputStream in = LogFile.open(log)) {
            scan.run(in, log.toString());
        }
        return new Size(scan.bytes, scan.lines);
    }

    private void run(InputStream in, String name) throws IOException {
        LineCutter cutter = new LineCutter(in, name, new Listener() {
            @Override
            public void onLine(LogLine line) {
                faults.onLine(line, smmuEvents.onLine(line));
                records.onProgress(Math.min(smmuEvents.oldestOpenLine(), faults.oldestOpenLine()));
            }

            @Override
            public void onDamage(long line, String what) {
                records.onDamage(line, what);
            }

            @Override
            public void onOverlongLine(long line) {
                records.onSkipped("log", LineCutter.OVERLONG, line);
            }
        });
        cutter.run();
        faults.end();
        LogSummary summary = smmuEvents.end(cutter.lines());
        records.onSuppressed(summary.suppressedMessages());
        records.onOverflows(summary.overflows());
        records.onProgress(Long.MAX_VALUE);
        bytes = cutter.bytes();
        lines = cutter.lines();
    }

    private void onEvent(OpenEvent event) {
        LogKind kind = event.source() == EventSource.RAW ? LogKind.SMMUV3_RAW : LogKind.SMMUV3_NEW;
        if (event.isCertain()) {
            records.onRecord(new LogRecord(
                event.line(), kind, LogAction.EVENT, event.stamp(), null, event.toEvent().toWords()));
        } else {
            records.onSkipped(kind.label(), FaultLines.DAMAGED, event.line());
        }
    }
}
