package dev.steward.reports.read;

import dev.steward.results.CellHistograms;
import dev.steward.results.Distribution;
import dev.steward.results.HlogReader;
import dev.steward.results.WholeFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * One file of another tool. Immutable.
 *
 * @param machine it was measured on, as far as the file says
 * @param remarks what a reader has to know: settings of the tool, lines that could not be used
 * @param points  what numbers of threads did, for the scalability law; empty where the tool says nothing of threads
 */
public record ForeignResult(
    String file, String tool, String machine, List<ForeignFigure> figures, List<String> remarks,
    List<ThreadPoint> points) {
    /** What is said of a machine that the file does not name. */
    public static final String UNKNOWN_MACHINE = "unknown machine";

    /** Lines that may stand before the first histogram of an interval log. (own) */
    private static final int MOST_COMMENTS = 500;
    private static final String GZIP = "\u001f\u008b";
    private static final Pattern TABLE_OF_JMH = Pattern.compile("\"?Benchmark\"?[ ,].*\"?Mode\"?[ ,].*Score");
    private static final Pattern PAYLOAD = Pattern.compile(", *\"?D?HIST");

    /** Results that say nothing of threads. */
    public ForeignResult(String file, String tool, String machine, List<ForeignFigure> figures, List<String> remarks) {
        this(file, tool, machine, figures, remarks, List.of());
    }

    /**
     * Reads a file; its contents tell what it is.
     *
     * @param file JSON of JMH, an HdrHistogram interval log, or a kernel log with refscale, rcuscale or locktorture
     * @return one result for each tool that the file holds figures of, at least one
     * @throws IOException with one line that names the file and the reason
     */
    public static List<ForeignResult> read(Path file, KernelLogSource logs) throws IOException {
        try {
            String text = sniffed(file);
            String name = file.getFileName().toString();
            boolean json = text.stripLeading().startsWith("[") || text.stripLeading().startsWith("{");
            if (json && text.contains("primaryMetric")) {
                return List.of(jmh(name, JmhResults.read(file)));
            }
            if (isIntervalLog(text)) {
                return List.of(intervalLog(name, HlogReader.readToDamage(file)));
            }
            List<ForeignResult> kernel = KernelLog.read(file, logs);
            if (kernel.isEmpty()) {
                throw new IOException("holds no results of refscale, rcuscale or locktorture, and is neither JSON of "
                    + "JMH nor an HdrHistogram interval log" + advice(text));
            }
            return kernel;
        } catch (NoSuchFileException e) {
            throw new IOException(file + ": no such file", e);
        } catch (IOException e) {
            String reason = e.getMessage() == null ? "cannot be read" : e.getMessage();
            throw new IOException(reason.startsWith(file + ":") ? reason : file + ": " + reason, e);
        }
    }

    /** For what people have at hand instead. */
    private static String advice(String text) {
        return text.startsWith(GZIP) ? ": unpack it first"
            : TABLE_OF_JMH.matcher(text).find() ? ": JMH writes JSON with -rf json"
            : text.contains("-torture: rtc:") ? ": rcutorture tests, and measures no time" : "";
    }

    /** Kernel logs hold any byte; what matters in them is ASCII. */
    private static String sniffed(Path file) throws IOException {
        try {
            return WholeFile.text(file);
        } catch (CharacterCodingException e) {
            return new String(WholeFile.bytes(file), StandardCharsets.ISO_8859_1);
        }
    }

    private static boolean isIntervalLog(String text) {
        return text.lines().limit(MOST_COMMENTS).anyMatch(line -> line.startsWith("#[Histogram log format")
            || line.startsWith("\"StartTimestamp\"") || PAYLOAD.matcher(line).find());
    }

    private static ForeignResult intervalLog(String name, HlogReader.Part log) {
        CellHistograms histograms = log.histograms();
        List<ForeignFigure> figures = new ArrayList<>();
        List<String> remarks = new ArrayList<>(List.of("The log names no unit; its values are taken for nanoseconds."));
        new TreeSet<>(histograms.tags()).forEach(tag -> {
            Distribution values = histograms.of(tag);
            String subject = tag.isEmpty() ? "no tag" : tag;
            if (values.count() == 0) {
                remarks.add(subject + ": its histograms hold no value");
            } else {
                figures.add(new ForeignFigure(subject, ForeignFigure.NANOSECONDS,
                    values.count(), values.valueAtNs(Math.nextUp(0.0)), values.meanNs(), median(values),
                    values.count() < 100 ? Double.NaN : values.valueAtNs(0.99), values.maxNs()));
            }
        });
        if (log.damage() != null) {
            remarks.add(name + " is damaged: " + log.damage().getMessage() + "; what stands before is shown.");
        }
        return new ForeignResult(name, "HdrHistogram log", UNKNOWN_MACHINE, figures, remarks);
    }

    private static double median(Distribution values) {
        return values.count() < 2 ? Double.NaN : values.valueAtNs(0.5);
    }

    private static ForeignResult jmh(String name, JmhResults results) {
        List<ForeignFigure> figures = new ArrayList<>();
        for (JmhResults.Result result : results.results()) {
            List<Double> values = result.values();
            String subject = result.label() + " (" + result.mode() + ")"
                + (result.threads() > 1 ? ", " + result.threads() + " threads" : "");
            figures.add(result.sampled() != null ? sampled(subject, result) : values.isEmpty()
                ? new ForeignFigure(subject, result.unit(), 0, percentile(result, "0.0"), result.score(),
                    percentile(result, "50.0"), percentile(result, "99.0"), percentile(result, "100.0"))
                : ForeignFigure.of(subject, result.unit(), values));
        }
        return new ForeignResult(name, "JMH", results.machine(), figures, results.remarks(),
            results.results().stream().flatMap(result -> ThreadPoint.of(result).stream()).toList());
    }

    /** Histograms are large, and some cut them out of the file. */
    private static double percentile(JmhResults.Result result, String name) {
        return result.percentiles().getOrDefault(name, Double.NaN);
    }

    private static ForeignFigure sampled(String subject, JmhResults.Result result) {
        SampledValues values = result.sampled();
        return new ForeignFigure(subject, result.unit(), values.count(), values.at(0),
            Double.isNaN(result.score()) ? values.mean() : result.score(), values.at(0.5),
            values.count() < 100 ? Double.NaN : values.at(0.99), values.at(1));
    }
}
