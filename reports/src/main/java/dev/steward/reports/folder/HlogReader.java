package dev.steward.reports.folder;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

/**
 * Reads a tagged HdrHistogram interval log. HistogramLogReader stops silently at a line it cannot parse and inflates a
 * cut payload to zero counts; both would pass as a shorter, better-looking run. So the lines are counted beforehand and
 * the last one must be whole.
 */
public final class HlogReader {
    private HlogReader() {
    }

    /**
     * Reads a log.
     *
     * @param file to read
     * @return its histograms
     * @throws IOException with a one-line reason, without the file's name
     */
    public static CellHistograms read(final Path file) throws IOException {
        final byte[] bytes = bytesOf(file);
        if (bytes.length == 0) {
            throw new IOException("the file is empty");
        }
        if (bytes[bytes.length - 1] != '\n') {
            throw new IOException("cut off in its last line");
        }
        final long expected = new String(bytes, StandardCharsets.ISO_8859_1).lines().filter(HlogReader::isData).count();
        final Log log = new Log();
        final long found = readInto(log, bytes);
        if (found != expected) {
            throw new IOException("only " + found + " of " + expected + " lines can be read");
        }
        if (found == 0) {
            throw new IOException("holds no histogram");
        }
        return log.result();
    }

    private static byte[] bytesOf(final Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (final NoSuchFileException e) {
            throw new IOException("the file is missing", e);
        }
    }

    private static boolean isData(final String line) {
        return !line.isBlank() && !line.startsWith("#") && !line.startsWith("\"StartTimestamp\"");
    }

    private static long readInto(final Log log, final byte[] bytes) throws IOException {
        long found = 0;
        try (HistogramLogReader reader = new HistogramLogReader(new ByteArrayInputStream(bytes))) {
            for (EncodableHistogram next = reader.nextIntervalHistogram(); next != null;
                next = reader.nextIntervalHistogram()) {
                if (!(next instanceof AbstractHistogram)) {
                    throw new IOException("holds a histogram of floating-point values");
                }
                log.add((AbstractHistogram) next);
                found++;
            }
        } catch (final RuntimeException e) {
            // The library reports damage by whatever its decoder ran into: index, argument, inflater.
            throw new IOException("line of histogram " + (found + 1) + " is damaged", e);
        }
        return found;
    }

    /** Sums up while reading, so that one full-size histogram per tag is alive at a time, not one per line. */
    private static final class Log {
        private final Map<String, Histogram> whole = new LinkedHashMap<>();
        private final Map<String, List<CellHistograms.Slice>> slices = new HashMap<>();
        private long firstStartMs = Long.MAX_VALUE;

        void add(final AbstractHistogram line) {
            final String tag = line.getTag() == null ? "" : line.getTag();
            whole.computeIfAbsent(tag, key -> emptyLike(line)).add(line);
            firstStartMs = Math.min(firstStartMs, line.getStartTimeStamp());
            if (CellHistograms.SLICED.contains(tag)) {
                slices.computeIfAbsent(tag, key -> new ArrayList<>()).add(new CellHistograms.Slice(
                    line.getStartTimeStamp(), line.getEndTimeStamp() - line.getStartTimeStamp(),
                    Distribution.of(line)));
            }
        }

        CellHistograms result() {
            final Map<String, Distribution> distributions = new HashMap<>();
            whole.forEach((tag, sum) -> distributions.put(tag, Distribution.of(sum)));
            final Map<String, List<CellHistograms.Slice>> shifted = new HashMap<>();
            slices.forEach((tag, list) -> shifted.put(tag, list.stream()
                .map(slice -> new CellHistograms.Slice(
                    slice.startMs() - firstStartMs, slice.lengthMs(), slice.values()))
                .toList()));
            return new CellHistograms(distributions, shifted);
        }

        private static Histogram emptyLike(final AbstractHistogram line) {
            final Histogram sum = new Histogram(line.getLowestDiscernibleValue(), line.getHighestTrackableValue(),
                line.getNumberOfSignificantValueDigits());
            sum.setAutoResize(true);
            return sum;
        }
    }
}
