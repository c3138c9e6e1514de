package dev.steward.loadgen.scenario;

import dev.steward.loadgen.workload.CostLaw;
import dev.steward.results.Digest;
import dev.steward.results.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A cost as people write it: {@code 300ns}, {@code lognormal(3us,0.5)} with median and deviation of the logarithm, or
 * {@code file:PATH} with a histogram. The canonical form of the last ends in a digest of the file, so that a result
 * folder tells what was drawn from, and a cell that finds another file of this name refuses it. A relative path
 * is looked for in the working directory, then where the suite is installed, as that of a log is.
 *
 * <p>A file has comments (#), a line {@code ns,count}, then a line for each value with its count, values ascending.
 *
 * @param text canonical form.
 */
record CostSetting(String text, CostLaw law) {
    private static final Pattern LOGNORMAL = Pattern.compile("lognormal\\s*\\(([^,]*),([^,]*)\\)");
    private static final Pattern FILE = Pattern.compile("file:(.+?)(?:#([0-9a-f]{12}))?");
    private static final Pattern ROW = Pattern.compile("(-?\\d{1,18})\\s*,\\s*(-?\\d{1,18})");
    private static final String HEADER = "ns,count";
    private static final double MAX_SIGMA = 2;
    private static final int MAX_ROWS = 100_000;
    private static final int DIGEST_DIGITS = 12;
    private static final String HOME_PROP_NAME = "steward.home";

    /**
     * Reads a cost.
     *
     * @param maxNs longest duration allowed, of a lognormal law the largest median.
     * @throws IllegalArgumentException with the end of a sentence that begins with the text.
     */
    static CostSetting of(String text, long maxNs) {
        Matcher lognormal = LOGNORMAL.matcher(text);
        if (lognormal.matches()) {
            return lognormal(lognormal, maxNs);
        }
        Matcher file = FILE.matcher(text);
        return file.matches() ? file(file.group(1), file.group(2), maxNs) : fixed(text, maxNs);
    }

    private static CostSetting fixed(String text, long maxNs) {
        String duration = SettingType.duration(0, maxNs).canonical(text);
        return new CostSetting(duration, CostLaw.fixed(Quantities.durationNs(duration)));
    }

    private static CostSetting lognormal(Matcher matcher, long maxNs) {
        String median = SettingType.duration(1, maxNs).canonical(matcher.group(1));
        String sigma = SettingType.decimal(0, MAX_SIGMA).canonical(matcher.group(2).trim());
        return new CostSetting("lognormal(" + median + "," + sigma + ")",
            CostLaw.lognormal(Quantities.durationNs(median), Double.parseDouble(sigma), maxNs));
    }

    private static CostSetting file(String name, String expected, long maxNs) {
        byte[] content;
        try {
            content = WholeFile.bytes(found(Path.of(name)));
        } catch (NoSuchFileException | InvalidPathException e) {
            throw new IllegalArgumentException("names a file that cannot be read; a readable file is needed", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("names a file that " + e.getMessage(), e);
        }
        String digest = Digest.of(content, DIGEST_DIGITS);
        if (expected != null && !expected.equals(digest)) {
            throw new IllegalArgumentException("has changed: the digest of the file is now " + digest);
        }
        return new CostSetting("file:" + name + "#" + digest, parse(name, content, maxNs));
    }

    private static Path found(Path named) {
        Path shipped = Path.of(System.getProperty(HOME_PROP_NAME, "")).resolve(named);
        return Files.exists(named) || !Files.exists(shipped) ? named : shipped;
    }

    /** Flags of a JVM that is to find the files that this one finds. */
    static List<String> flags() {
        return Optional.ofNullable(System.getProperty(HOME_PROP_NAME)).stream()
            .map(home -> "-D" + HOME_PROP_NAME + "=" + home).toList();
    }

    private static CostLaw parse(String name, byte[] content, long maxNs) {
        String[] lines = new String(content, StandardCharsets.UTF_8).split("\\R", -1);
        long[] valuesNs = new long[Math.min(lines.length, MAX_ROWS)];
        long[] counts = new long[valuesNs.length];
        boolean header = false;
        int rows = 0;
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (!header) {
                require(line.replace(" ", "").equals(HEADER), name, i,
                    "the first line must be '" + HEADER + "': values are in ns, and no other unit is read");
                header = true;
                continue;
            }
            Matcher row = ROW.matcher(line);
            require(row.matches(), name, i, "no value and count; write two whole numbers as in 1500,12");
            require(rows < MAX_ROWS, name, i, "more than " + MAX_ROWS + " values");
            long ns = Long.parseLong(row.group(1));
            long count = Long.parseLong(row.group(2));
            require(ns >= 0, name, i, "the value is negative");
            require(ns <= maxNs, name, i, "the value is over " + Quantities.printDuration(maxNs));
            require(count > 0, name, i, "the count is not above 0");
            require(rows == 0 || ns > valuesNs[rows - 1], name, i, "the values do not ascend");
            valuesNs[rows] = ns;
            counts[rows++] = count;
        }
        require(rows > 0, name, lines.length - 1, "no values; '" + HEADER + "' and one line for each are needed");
        return CostLaw.histogram(Arrays.copyOf(valuesNs, rows), Arrays.copyOf(counts, rows));
    }

    private static void require(boolean met, String name, int line, String otherwise) {
        if (!met) {
            throw new IllegalArgumentException("is not a histogram: " + name + ":" + (line + 1) + ": " + otherwise);
        }
    }
}
