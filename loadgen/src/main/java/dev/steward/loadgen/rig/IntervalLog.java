package dev.steward.loadgen.rig;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.HdrHistogram.IntCountsHistogram;

/**
 * Writes the recorders of a cell as one tagged HdrHistogram interval log. Recorders of the same tag are added up as
 * histograms; a tag without a value is left out.
 */
final class IntervalLog {
    private static final double NS_PER_MS = 1e6;

    private IntervalLog() {
    }

    /**
     * Writes the log.
     *
     * @param file           new file.
     * @param recorders      of threads that have ended.
     * @param measureStartMs wall-clock time of the start of the measured window, milliseconds since 1970.
     * @param title          comment line at the top.
     * @throws IOException if the file cannot be written.
     */
    static void write(Path file, Recorders recorders, long measureStartMs, String title) throws IOException {
        Map<String, Histogram[]> byTag = new TreeMap<>();
        for (IntervalRecorder recorder : recorders.all()) {
            add(byTag, recorder, measureStartMs);
        }
        try (PrintStream out = new PrintStream(Files.newOutputStream(file), false, StandardCharsets.US_ASCII)) {
            HistogramLogWriter writer = new HistogramLogWriter(out);
            writer.outputComment("[" + title + "]");
            writer.outputComment("[values in nanoseconds]");
            writer.outputLogFormatVersion();
            writer.outputStartTime(measureStartMs);
            writer.setBaseTime(measureStartMs);
            writer.outputBaseTime(measureStartMs);
            writer.outputLegend();
            for (Histogram[] intervals : byTag.values()) {
                for (Histogram interval : intervals) {
                    writer.outputIntervalHistogram(
                        interval.getStartTimeStamp() / 1000.0,
                        interval.getEndTimeStamp() / 1000.0,
                        interval,
                        NS_PER_MS);
                }
            }
            if (out.checkError()) {
                throw new IOException(file + ": could not be written in full");
            }
        }
    }

    private static void add(Map<String, Histogram[]> byTag, IntervalRecorder recorder, long measureStartMs) {
        IntCountsHistogram[] intervals = recorder.intervals();
        long total = 0;
        for (IntCountsHistogram interval : intervals) {
            total += interval.getTotalCount();
        }
        if (total == 0) {
            return;
        }
        Histogram[] sums = byTag.computeIfAbsent(recorder.tag(), tag -> empty(recorder, measureStartMs));
        for (int i = 0; i < intervals.length; i++) {
            sums[i].add(intervals[i]);
        }
    }

    private static Histogram[] empty(IntervalRecorder recorder, long measureStartMs) {
        Histogram[] sums = new Histogram[recorder.intervals().length];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = new Histogram(1, IntervalRecorder.MAX_VALUE_NS, IntervalRecorder.SIGNIFICANT_DIGITS);
            sums[i].setTag(recorder.tag());
            sums[i].setStartTimeStamp(measureStartMs + i * recorder.intervalNs() / 1_000_000);
            sums[i].setEndTimeStamp(measureStartMs + (i + 1) * recorder.intervalNs() / 1_000_000);
        }
        return sums;
    }
}
