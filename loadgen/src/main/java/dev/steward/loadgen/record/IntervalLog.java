package dev.steward.loadgen.record;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * Writes the recorders of a cell as one tagged HdrHistogram interval log. Recorders of the same tag are added up as
 * histograms, one line for a tag or for each slice of it; a tag without a value is omitted.
 */
public final class IntervalLog {
    private static final double NS_PER_MS = 1e6;
    private static final double NS_PER_SECOND = 1e9;

    private IntervalLog() {
    }

    /**
     * Writes the log.
     *
     * @param whole          histograms of further tags, each with its tag, as long as the window.
     * @param measureStartMs wall-clock time of the start of the measured window, milliseconds since 1970.
     * @throws IOException if the file cannot be written.
     */
    public static void write(
        Path file, Recorders recorders, List<Histogram> whole, long measureStartMs, String title)
        throws IOException {
        Map<String, List<IntervalRecorder>> byTag = new TreeMap<>();
        for (IntervalRecorder recorder : recorders.all()) {
            byTag.computeIfAbsent(recorder.tag(), tag -> new ArrayList<>()).add(recorder);
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
            for (List<IntervalRecorder> sameTag : byTag.values()) {
                if (sameTag.stream().anyMatch(IntervalLog::hasValues)) {
                    writeTag(writer, sameTag);
                }
            }
            double seconds = recorders.windowNs() / NS_PER_SECOND;
            whole.forEach(values -> writer.outputIntervalHistogram(0, seconds, values, NS_PER_MS));
            if (out.checkError()) {
                throw new IOException(file + ": could not be written in full");
            }
        }
    }

    private static boolean hasValues(IntervalRecorder recorder) {
        return Arrays.stream(recorder.intervals()).anyMatch(interval -> interval.getTotalCount() > 0);
    }

    /** One sum is alive at a time: all tags together would be as large as the heap of a small cell. */
    private static void writeTag(HistogramLogWriter writer, List<IntervalRecorder> sameTag) {
        IntervalRecorder first = sameTag.get(0);
        Histogram sum = new Histogram(1, IntervalRecorder.MAX_VALUE_NS, IntervalRecorder.SIGNIFICANT_DIGITS);
        for (int i = 0; i < first.intervals().length; i++) {
            sum.reset();
            sum.setTag(first.tag());
            for (IntervalRecorder recorder : sameTag) {
                sum.add(recorder.intervals()[i]);
            }
            // Seconds after the base time: a reader adds the base time to them.
            writer.outputIntervalHistogram(i * lengthSeconds(first), (i + 1) * lengthSeconds(first), sum, NS_PER_MS);
        }
    }

    private static double lengthSeconds(IntervalRecorder recorder) {
        return recorder.intervalNs() / NS_PER_SECOND;
    }
}
