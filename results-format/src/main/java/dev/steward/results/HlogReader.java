package dev.steward.results;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.HdrHistogram.Histogram;

/**
 * Reads a tagged HdrHistogram interval log line by line. The library's own reader of logs stops silently at a line it
 * cannot parse and takes a cut payload for zero counts; both would pass as a shorter, better-looking run. Here each
 * line is read or named, and the last one must be whole.
 */
public final class HlogReader {
    private static final String TAG = "Tag=";
    private static final String LEGEND = "\"";
    /** How each Base64 payload begins, and no word of a legend does. */
    private static final String PAYLOAD = "HIST";
    /** A byte order mark of UTF-8, read as Latin 1. */
    private static final String MARK = "\u00ef\u00bb\u00bf";
    private static final Pattern SECONDS = Pattern.compile("-?[0-9]{1,15}(?:\\.[0-9]{1,9})?");
    private static final int FIELDS = 4;
    /** First word of a compressed histogram, in three versions; four bits of it say nothing. */
    private static final Set<Integer> COOKIES = Set.of(0x1c849309, 0x1c849302, 0x1c849304);
    private static final int COOKIE_BITS = ~0xf0;
    /** That of floating-point values. */
    private static final int DOUBLE_COOKIE = 0x0c72124f;
    private static final int PREFIX_BYTES = 2 * Integer.BYTES;
    /** A few bytes may inflate to a thousand times as many, and no histogram has so many buckets. */
    private static final int MOST_BYTES = 1 << 26;

    private final Map<String, List<Line>> byTag = new LinkedHashMap<>();

    private HlogReader() {
    }

    /**
     * Reads a log.
     *
     * @throws IOException with a one-line reason that names the line, without the file's name
     */
    public static CellHistograms read(Path file) throws IOException {
        Part part = readToDamage(file);
        if (part.damage != null) {
            throw part.damage;
        }
        return part.histograms;
    }

    /**
     * Reads a log as far as it is whole.
     *
     * @throws IOException with a one-line reason, without the file's name, if no whole line holds a histogram
     */
    public static Part readToDamage(Path file) throws IOException {
        return readToDamage(WholeFile.ofResult(file));
    }

    /** Reads the bytes of a log as far as it is whole; throws as {@link #readToDamage(Path)} does. */
    public static Part readToDamage(byte[] log) throws IOException {
        if (log.length == 0) {
            throw new IOException("the file is empty");
        }
        HlogReader reader = new HlogReader();
        IOException damage = reader.lines(WholeFile.isUtf16(log)
            ? WholeFile.text(log) : new String(log, StandardCharsets.ISO_8859_1));
        if (reader.byTag.isEmpty()) {
            throw damage == null ? new IOException("holds no histogram") : damage;
        }
        try {
            return new Part(reader.result(), damage);
        } catch (ArithmeticException e) {
            throw new IOException("holds more values than can be counted", e);
        }
    }

    /**
     * What could be read of a log.
     *
     * @param damage     null if the log is whole
     */
    public record Part(CellHistograms histograms, IOException damage) {
    }

    /** Returns what is wrong with the first damaged line, or null. */
    private IOException lines(String text) {
        int number = 0;
        for (int from = text.startsWith(MARK) ? MARK.length() : 0; from < text.length();) {
            number++;
            int to = text.indexOf('\n', from);
            try {
                line(number, text.substring(from, to < 0 ? text.length() : to).strip());
            } catch (IOException e) {
                // A payload that is whole tells that the last line is, with a line feed or without.
                return to < 0 ? new IOException("cut off in its last line (line " + number + ")", e) : e;
            }
            from = to < 0 ? text.length() : to + 1;
        }
        return null;
    }

    private void line(int number, String text) throws IOException {
        if (text.isEmpty() || text.startsWith("#") || text.startsWith(LEGEND) && !text.contains(PAYLOAD)) {
            return;
        }
        // Programs for tables put quotes around fields, and blanks before them.
        String line = text.startsWith(LEGEND) ? text.replace(LEGEND, "") : text;
        String[] fields = line.split(", *", -1);
        int first = fields[0].startsWith(TAG) ? 1 : 0;
        if (fields.length != FIELDS + first) {
            throw new IOException("line " + number + " is no line of such a log");
        }
        if (!SECONDS.matcher(fields[first]).matches() || !SECONDS.matcher(fields[first + 1]).matches()) {
            throw new IOException("line " + number + " has no time in seconds before its values");
        }
        try {
            Line whole = new Line(Double.parseDouble(fields[first]), Double.parseDouble(fields[first + 1]),
                decoded(fields[first + FIELDS - 1]));
            byTag.computeIfAbsent(first == 0 ? "" : fields[0].substring(TAG.length()), tag -> new ArrayList<>())
                .add(whole);
        } catch (IOException e) {
            throw new IOException("the histogram in line " + number + " " + e.getMessage(), e);
        }
    }

    private static Distribution decoded(String payload) throws IOException {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(payload);
        } catch (IllegalArgumentException e) {
            throw new IOException("is not Base64", e);
        }
        ByteBuffer prefix = ByteBuffer.wrap(bytes);
        if (bytes.length < PREFIX_BYTES) {
            throw new IOException("is cut off");
        }
        int cookie = prefix.getInt() & COOKIE_BITS;
        if (!COOKIES.contains(cookie)) {
            throw new IOException(
                cookie == (DOUBLE_COOKIE & COOKIE_BITS) ? "is one of floating-point values" : "is damaged");
        }
        if (prefix.getInt() != bytes.length - PREFIX_BYTES) {
            throw new IOException("says another length than it has");
        }
        try {
            return Distribution.of(Histogram.decodeFromByteBuffer(ByteBuffer.wrap(inflated(bytes)), 0));
        } catch (RuntimeException e) {
            // The library reports damage by whatever its decoder ran into.
            throw new IOException("is damaged", e);
        }
    }

    /** To the end, where the checksum stands: the library stops at the length that the payload says. */
    private static byte[] inflated(byte[] bytes) throws IOException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(bytes, PREFIX_BYTES, bytes.length - PREFIX_BYTES);
            byte[] plain = new byte[1 << 12];
            int length = 0;
            while (!inflater.finished()) {
                if (length == plain.length) {
                    plain = Arrays.copyOf(plain, 2 * length);
                }
                int more = inflater.inflate(plain, length, plain.length - length);
                if (more == 0 && (inflater.needsInput() || inflater.needsDictionary()) || length > MOST_BYTES) {
                    throw new IOException("is cut off");
                }
                length += more;
            }
            return Arrays.copyOf(plain, length);
        } catch (DataFormatException e) {
            throw new IOException("cannot be decompressed", e);
        } finally {
            inflater.end();
        }
    }

    private CellHistograms result() {
        double firstStart = byTag.values().stream().flatMap(List::stream).mapToDouble(Line::start).min().orElse(0);
        Map<String, Distribution> whole = new HashMap<>();
        Map<String, List<CellHistograms.Slice>> slices = new HashMap<>();
        byTag.forEach((tag, lines) -> {
            whole.put(tag, Distribution.merge(lines.stream().map(Line::values).toList()));
            if (Tags.SLICED.contains(tag)) {
                slices.put(tag, lines.stream().map(line -> line.slice(firstStart)).toList());
            }
        });
        return new CellHistograms(whole, slices);
    }

    private record Line(double start, double seconds, Distribution values) {
        CellHistograms.Slice slice(double firstStart) {
            return new CellHistograms.Slice(
                Math.round((start - firstStart) * 1000), Math.round(seconds * 1000), values);
        }
    }
}
