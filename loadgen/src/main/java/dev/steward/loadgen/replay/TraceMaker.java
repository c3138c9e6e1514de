package dev.steward.loadgen.replay;

import dev.steward.loadgen.log.EventLogException;
import dev.steward.loadgen.log.LogKind;
import dev.steward.loadgen.log.LogScan;
import dev.steward.results.ReplaySummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Turns logs into a trace, in one pass and constant memory: what is kept grows with the devices and not with the lines.
 */
public final class TraceMaker {
    private TraceMaker() {
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
        DeviceTable devices = new DeviceTable();
        ReplayClock clock = new ReplayClock(gapNs, maxGapNs);
        List<ReplaySummary.Log> read = new ArrayList<>();
        try (TraceWriter writer = new TraceWriter(trace)) {
            LogTally tally = new LogTally(devices, new LogOrder(clock, writer));
            for (Path log : logs) {
                tally.begin(log.toString());
                clock.nextLog();
                LogScan.Size size = LogScan.run(log, tally);
                read.add(new ReplaySummary.Log(log.toString(), size.bytes(), size.lines()));
            }
            if (writer.records() == 0) {
                throw new EventLogException(nothing(read, tally));
            }
            long gaps = writer.records() - 1;
            long meanGapNs = gaps == 0 || clock.lengthNs() == 0 ? gapNs : clock.lengthNs() / gaps;
            writer.finish(clock.lengthNs(), clock.lengthNs() + Math.max(1, meanGapNs), devices.streamIds());
            List<ReplaySummary.Used> used = tally.used();
            return new ReplaySummary(
                read, used, tally.skipped(),
                used.stream().mapToLong(ReplaySummary.Used::events).sum(),
                used.stream().mapToLong(ReplaySummary.Used::attaches).sum(),
                devices.size(), clock.lengthNs(), tally.suppressed(), tally.overflows(),
                new ReplaySummary.Timing(
                    clock.unstamped(), clock.outOfOrder(), clock.restarts(), clock.shortenedGaps(),
                    clock.shortenedNs(), gapNs),
                tally.notes());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static String nothing(List<ReplaySummary.Log> logs, LogTally tally) {
        String names = logs.stream().map(ReplaySummary.Log::name).collect(Collectors.joining(", "));
        long lines = logs.stream().mapToLong(ReplaySummary.Log::lines).sum();
        if (lines == 0) {
            return names + ": empty: expected a kernel log";
        }
        String kinds = Arrays.stream(LogKind.values()).map(LogKind::label).collect(Collectors.joining(", "));
        String skipped = tally.skipped().stream()
            .map(skip -> skip.first() + ": " + skip.kind() + ": " + skip.reason())
            .findFirst().map(first -> "; first skipped: " + first).orElse("");
        return names + ": nothing to play in " + lines + " lines; known kinds of lines: " + kinds + skipped;
    }
}
