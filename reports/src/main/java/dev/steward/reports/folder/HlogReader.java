package dev.steward.reports.folder;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.HistogramLogReader;

/**
 * Reads a tagged HdrHistogram interval log line by line. HistogramLogReader stops silently at a line it cannot parse
 * and inflates a cut payload to zero counts; both would pass as a shorter, better-looking run. Here each line is
 * read or named, and the last one must be whole.
 */
public final class HlogReader {
    private static final String TAG = "Tag=";
    private static final int FIELDS = 4;
    private static final int MOST_SPARE = 64;
    private static final ThreadLocal<EncodedHistogram> DECODER = ThreadLocal.withInitial(EncodedHistogram::new);

    /** Arrays of a quarter of a megabyte each, a dozen for each cell: those of the last cell do again. */
    private static final ThreadLocal<Map<String, CountSum>> SUMS = ThreadLocal.withInitial(HashMap::new);

    private final List<String> kept;
    private final Map<String, CountSum> whole = new HashMap<>();
    private final Map<String, List<Line>> sliced = new HashMap<>();
    private double firstStart = Double.MAX_VALUE;
    private int wholeTo;
    private long found;

    private HlogReader(List<String> kept) {
        this.kept = kept;
    }

    /**
     * Reads a log.
     *
     * @param file to read
     * @return its histograms
     * @throws IOException with a one-line reason that names the line, without the file's name
     */
    public static CellHistograms read(Path file) throws IOException {
        Part part = readToDamage(file, CellHistograms.SLICED);
        if (part.damage != null) {
            throw part.damage;
        }
        return part.histograms;
    }

    /**
     * Reads a log as far as it is whole.
     *
     * @param file to read
     * @param kept tags whose slices are to be kept
     * @return what stands before the first damaged line, or all
     * @throws IOException with a one-line reason, without the file's name, if no whole line holds a histogram
     */
    public static Part readToDamage(Path file, List<String> kept) throws IOException {
        byte[] bytes = bytesOf(file);
        if (bytes.length == 0) {
            throw new IOException("the file is empty");
        }
        HlogReader reader = new HlogReader(kept);
        IOException damage = reader.lines(bytes, bytes.length);
        if (damage != null) {
            // Once more: some of the damaged line may have been counted.
            int whole = reader.wholeTo;
            reader = new HlogReader(kept);
            reader.lines(bytes, whole);
        }
        if (reader.found == 0) {
            throw damage == null ? new IOException("holds no histogram") : damage;
        }
        return new Part(reader.result(), damage);
    }

    /** Returns what is wrong with the first damaged line, or null. */
    private IOException lines(byte[] bytes, int end) {
        int number = 0;
        while (wholeTo < end) {
            number++;
            int to = wholeTo;
            while (to < end && bytes[to] != '\n') {
                to++;
            }
            if (to == end) {
                return new IOException("cut off in its last line (line " + number + ")");
            }
            try {
                line(number, bytes, wholeTo, to > wholeTo && bytes[to - 1] == '\r' ? to - 1 : to);
            } catch (IOException e) {
                return e;
            }
            wholeTo = to + 1;
        }
        return null;
    }

    /**
     * What could be read of a log.
     *
     * @param histograms of the lines before the damage
     * @param damage     null if the log is whole
     */
    public record Part(CellHistograms histograms, IOException damage) {
    }

    private static byte[] bytesOf(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IOException("the file is missing", e);
        }
    }

    private void line(int number, byte[] bytes, int from, int to) throws IOException {
        // Only what stands before the payload is made text: the payload is nearly all of a line.
        int comma = to;
        while (comma > from && bytes[comma - 1] != ',') {
            comma--;
        }
        String head = new String(bytes, from, comma - from, StandardCharsets.ISO_8859_1);
        if (comma == from && new String(bytes, from, to - from, StandardCharsets.ISO_8859_1).isBlank()
            || bytes[from] == '#' || head.startsWith("\"StartTimestamp\"")) {
            return;
        }
        String[] fields = head.split(",");
        boolean tagged = fields[0].startsWith(TAG);
        int first = tagged ? 1 : 0;
        if (fields.length != FIELDS - 1 + first) {
            throw new IOException("line " + number + " is no line of such a log");
        }
        try {
            double start = Double.parseDouble(fields[first]);
            double seconds = Double.parseDouble(fields[first + 1]);
            payload(head, tagged ? fields[0].substring(TAG.length()) : "", Arrays.copyOfRange(bytes, comma, to), start,
                seconds);
            found++;
        } catch (NumberFormatException e) {
            throw new IOException("line " + number + " is no line of such a log", e);
        } catch (IOException e) {
            throw new IOException("the histogram in line " + number + " " + e.getMessage(), e);
        }
    }

    private void payload(
        String head, String tag, byte[] payload, double start, double seconds)
        throws IOException {
        firstStart = Math.min(firstStart, start);
        boolean keepSlice = kept.contains(tag);
        CountSum sum = whole.computeIfAbsent(tag, HlogReader::spare);
        EncodedHistogram decoder = DECODER.get();
        CodedCounts coded = null;
        Distribution values = null;
        if (decoder.open(payload)) {
            coded = decoder.read(sum.countsOf(decoder.layout()), keepSlice);
        } else {
            values = byLibrary(head + new String(payload, StandardCharsets.ISO_8859_1));
            sum.add(values);
        }
        if (keepSlice) {
            sliced.computeIfAbsent(tag, key -> new ArrayList<>()).add(new Line(start, seconds, coded, values));
        }
    }

    /** Older encodings; the library reports damage by whatever its decoder ran into. */
    private static Distribution byLibrary(String line) throws IOException {
        try (HistogramLogReader reader = new HistogramLogReader(
            new ByteArrayInputStream((line + "\n").getBytes(StandardCharsets.ISO_8859_1)))) {
            EncodableHistogram histogram = reader.nextIntervalHistogram();
            if (!(histogram instanceof AbstractHistogram)) {
                throw new IOException(histogram == null ? "cannot be read" : "is one of floating-point values");
            }
            return Distribution.of((AbstractHistogram) histogram);
        } catch (RuntimeException e) {
            throw new IOException("is damaged", e);
        }
    }

    private static CountSum spare(String tag) {
        CountSum spare = SUMS.get().remove(tag);
        return spare == null ? new CountSum() : spare;
    }

    private CellHistograms result() {
        Map<String, Distribution> distributions = new HashMap<>();
        whole.forEach((tag, sum) -> {
            distributions.put(tag, sum.take());
            if (SUMS.get().size() < MOST_SPARE) {
                SUMS.get().put(tag, sum);
            }
        });
        Map<String, List<CellHistograms.Slice>> slices = new HashMap<>();
        sliced.forEach((tag, lines) ->
            slices.put(tag, lines.stream().map(line -> line.slice(firstStart)).toList()));
        return new CellHistograms(distributions, slices);
    }

    private record Line(double start, double seconds, CodedCounts coded, Distribution values) {
        CellHistograms.Slice slice(double firstStart) {
            long startMs = Math.round((start - firstStart) * 1000);
            long lengthMs = Math.round(seconds * 1000);
            return coded == null ? new CellHistograms.Slice(startMs, lengthMs, values)
                : new CellHistograms.Slice(startMs, lengthMs, coded);
        }
    }
}
