package dev.steward.loadgen.replay;

import dev.steward.engine.event.EventRecordLayout;
import dev.steward.loadgen.log.EventLogException;
import dev.steward.loadgen.log.LogAction;
import dev.steward.loadgen.log.LogKind;
import dev.steward.loadgen.log.LogRecord;
import dev.steward.loadgen.log.LogRecords;
import dev.steward.loadgen.log.LogScan;
import dev.steward.results.ReplaySummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Turns logs into a trace, in one pass and constant memory: what is kept grows with the devices and not with the lines.
 * Counts what was used of the logs and what was not, and why.
 *
 * <p>Threading: one thread.
 */
public final class TraceMaker implements LogRecords {
    private static final int MAX_NOTES = 20;

    private final DeviceTable devices = new DeviceTable();
    private final List<ReplaySummary.Log> logs = new ArrayList<>();
    private final Map<LogKind, ReplaySummary.Used> used = new EnumMap<>(LogKind.class);
    private final Map<String, ReplaySummary.Skipped> skipped = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private final LogOrder order;
    private String log = "";
    private long suppressed;
    private long overflows;

    private TraceMaker(LogOrder order) {
        this.order = order;
    }

    /**
     * Makes a trace. Damaged lines are skipped and counted, never guessed.
     *
     * @param gapNs    gap where no clock tells, in nanoseconds, above 0.
     * @param maxGapNs longest pause that is kept, in nanoseconds, 0 for any.
     * @throws EventLogException if a log is no text or cannot be read, or nothing in all of them can be played; one
     *                           line, for a user.
     * @throws IOException       if reading or writing fails.
     */
    public static ReplaySummary make(List<Path> logs, long gapNs, long maxGapNs, Path trace) throws IOException {
        if (logs.isEmpty() || gapNs <= 0) {
            throw new IllegalArgumentException("at least one log and a gap above 0 are needed");
        }
        ReplayClock clock = new ReplayClock(gapNs, maxGapNs);
        try (TraceWriter writer = new TraceWriter(trace)) {
            TraceMaker maker = new TraceMaker(new LogOrder(clock, writer));
            for (Path log : logs) {
                clock.nextLog();
                maker.read(log);
            }
            if (writer.records() == 0) {
                throw new EventLogException(maker.nothing());
            }
            long gaps = writer.records() - 1;
            long meanGapNs = gaps == 0 || clock.lengthNs() == 0 ? gapNs : clock.lengthNs() / gaps;
            writer.finish(clock.lengthNs(), clock.lengthNs() + Math.max(1, meanGapNs), maker.devices.streamIds());
            return maker.summary(clock);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void read(Path file) throws IOException {
        log = file.toString();
        LogScan.Size size = LogScan.run(file, this);
        logs.add(new ReplaySummary.Log(log, size.bytes(), size.lines()));
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
        int event = record.action() == LogAction.EVENT ? 1 : 0;
        used.merge(
            record.kind(), new ReplaySummary.Used(record.kind().label(), event, 1 - event),
            (known, one) -> new ReplaySummary.Used(
                one.kind(), known.events() + one.events(), known.attaches() + one.attaches()));
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
            kind + ' ' + reason, new ReplaySummary.Skipped(kind, reason, 1, log + ":" + line),
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

    private ReplaySummary summary(ReplayClock clock) {
        return new ReplaySummary(
            logs, List.copyOf(used.values()), List.copyOf(skipped.values()),
            used.values().stream().mapToLong(ReplaySummary.Used::events).sum(),
            used.values().stream().mapToLong(ReplaySummary.Used::attaches).sum(),
            devices.size(), clock.lengthNs(), suppressed, overflows, clock.timing(), notes);
    }

    private String nothing() {
        String names = logs.stream().map(ReplaySummary.Log::name).collect(Collectors.joining(", "));
        long lines = logs.stream().mapToLong(ReplaySummary.Log::lines).sum();
        if (lines == 0) {
            return names + ": empty: expected a kernel log";
        }
        String kinds = Arrays.stream(LogKind.values()).map(LogKind::label).collect(Collectors.joining(", "));
        String first = skipped.values().stream()
            .map(skip -> "; first skipped: " + skip.first() + ": " + skip.kind() + ": " + skip.reason())
            .findFirst().orElse("");
        return names + ": nothing to play in " + lines + " lines; known kinds of lines: " + kinds + first;
    }
}
