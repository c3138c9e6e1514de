package dev.steward.loadgen.outlier;

import dev.steward.results.CellRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a HotSpot JVM that was started with {@link #flags} says about itself: its safepoints, of which every collection
 * of the serial collector is one, and what its compilers take up.
 *
 * <p>The line of a safepoint is written when it has ended, with the time of {@code System.nanoTime()} (decorator {@code
 * timenanos}), so no two clocks have to be aligned, and with its whole length, the way to it included. The JVM's own
 * thread writes it while the others run again: that is why this, and not a recording that also costs the threads that
 * are measured.
 */
public final class JvmLog {
    private static final String PROPERTY = "steward.jvmLog";
    private static final Pattern SAFEPOINT =
        Pattern.compile("\\[(\\d{1,18})ns] Safepoint \".*Total: +(\\d{1,18}) ns.*");
    /** HotSpot numbers its tiers; C2 is the fourth and last. Methods of the suite and its libraries only. */
    private static final Pattern OPTIMIZED = Pattern.compile(
        "\\[(\\d{1,18})ns] +\\d+ +[%sb!n ]*4 +(?:dev\\.steward|org\\.agrona|com\\.lmax|org\\.HdrHistogram)\\..*");
    private static final Pattern COLLECTION = Pattern.compile("Safepoint \"[^\"]*(?:Collect|GC)");
    private static final String SUFFIX = ".jvm";
    private static final String MARK = "Safepoint \"";

    private JvmLog() {
    }

    /** {@return where the log of a JVM stands whose output goes to a file} */
    public static Path beside(Path output) {
        return Path.of(output + SUFFIX);
    }

    /** Removes the log and the output of this JVM, and their folder if it is empty: who would read them is gone. */
    public static void abandon() {
        String file = System.getProperty(PROPERTY);
        if (file != null && file.endsWith(SUFFIX)) {
            Path output = Path.of(file.substring(0, file.length() - SUFFIX.length()));
            for (Path one : List.of(Path.of(file), output, output.toAbsolutePath().getParent())) {
                try {
                    Files.deleteIfExists(one);
                } catch (IOException e) {
                    // It stays, as the folder does as long as something is in it.
                    continue;
                }
            }
        }
    }

    /**
     * The JVM flags that make the log.
     *
     * @return none if the name of the file holds a character that the JVM would read as something else.
     */
    public static List<String> flags(Path file) {
        String name = file.toString();
        boolean plain = name.chars().noneMatch(c -> c == '%' || c == '"' || c < ' ');
        return plain ? List.of("-Xlog:safepoint,jit+compilation=debug:file=\"" + name + "\":timenanos:filecount=0",
            "-D" + PROPERTY + "=" + name) : List.of();
    }

    /** When the optimizing compiler took up a method of the suite, by a line of the log; empty if it tells no such. */
    public static OptionalLong optimizedAtNs(String line) {
        Matcher optimized = OPTIMIZED.matcher(line);
        return optimized.matches() && !line.contains(" made ")
            ? OptionalLong.of(Long.parseLong(optimized.group(1))) : OptionalLong.empty();
    }

    /** What this JVM did between two times of {@code System.nanoTime()}; empty where {@link #pauses()} is. */
    public static Optional<CellRecord.JvmActivity> activity(long fromNs, long toNs) {
        return text().flatMap(text -> activity(text, fromNs, toNs));
    }

    static Optional<CellRecord.JvmActivity> activity(String text, long fromNs, long toNs) {
        Spans window = Spans.of(fromNs, toNs);
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        long compiled = whole.lines().map(JvmLog::optimizedAtNs).flatMapToLong(OptionalLong::stream)
            .filter(atNs -> atNs - fromNs >= 0 && atNs - toNs < 0).count();
        return pauses(whole.lines().filter(line -> line.contains(MARK)).filter(line -> COLLECTION.matcher(line).find())
            .collect(Collectors.joining("\n", "", "\n")))
            .map(collections -> new CellRecord.JvmActivity((int) compiled, collections.touching(window)));
    }

    /** Pauses of this JVM so far, or empty if it makes no log, or one in a form that is not known. */
    public static Optional<Spans> pauses() {
        return text().flatMap(JvmLog::pauses);
    }

    private static Optional<String> text() {
        String file = System.getProperty(PROPERTY);
        try {
            return file == null ? Optional.empty()
                : Optional.of(Files.readString(Path.of(file), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Parses the safepoints of a log.
     *
     * @param text of it; a last line without its end is not looked at.
     * @return its pauses, or empty if a safepoint is written in a form that is not known: some pauses would be missing.
     */
    static Optional<Spans> pauses(String text) {
        List<long[]> pauses = new ArrayList<>();
        List<String> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        for (String line : lines) {
            Matcher matcher = SAFEPOINT.matcher(line);
            if (matcher.matches()) {
                long endNs = Long.parseLong(matcher.group(1));
                pauses.add(new long[] {endNs - Long.parseLong(matcher.group(2)), endNs});
            } else if (line.contains(MARK)) {
                return Optional.empty();
            }
        }
        return Optional.of(Spans.of(pauses));
    }
}
