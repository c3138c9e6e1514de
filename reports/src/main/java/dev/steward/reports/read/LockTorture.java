package dev.steward.reports.read;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The statistics lines of locktorture: acquisitions, and the least and most of a thread. A run ends with a line that
 * says so; where that was lost, when the next one starts or counts from the beginning.
 */
final class LockTorture extends KernelTest {
    private static final String NUMBER = "(-?\\d{1,18})";
    private static final Pattern STATISTICS = Pattern.compile(
        "(?<![\\w-])(Writes|Reads) *: *Total: " + NUMBER + " +Max/Min: " + NUMBER + "/" + NUMBER
            + " +(?:\\?\\?\\?)? *Fail: *" + NUMBER + "(?: *!!!)?" + TAIL + "$");
    private static final Pattern FLAG = Pattern.compile(TYPE + "-torture: ?(.*)");
    private static final Pattern START = Pattern.compile("--- *Start of test[^:]*: *(.*)");
    private static final Pattern END = Pattern.compile("--- *End of test: *([A-Z_]+):? *(.*)");
    private static final Pattern THREADS = Pattern.compile("n(reader|writer)s_stress=(\\d{1,18})(?!\\d)");
    private static final String CUT = "end not in the log";
    private static final String UNIT = "acquisitions/thread";

    /** The last line of each kind: every line of a run has its totals so far. */
    private final Map<String, Line> latest = new LinkedHashMap<>();
    private String type = "lock of unknown type";
    private String settings = "";
    private int runs;

    LockTorture() {
        super("locktorture");
    }

    @Override
    void line(long number, String message) {
        Matcher statistics = STATISTICS.matcher(message);
        Matcher flag = FLAG.matcher(message);
        if (statistics.find()) {
            Line before = latest.get(statistics.group(1));
            if (before != null && Long.parseLong(statistics.group(2)) < before.total()) {
                endRun(CUT, settings);
            }
            latest.put(statistics.group(1), new Line(Long.parseLong(statistics.group(2)),
                Long.parseLong(statistics.group(3)), Long.parseLong(statistics.group(4)),
                Long.parseLong(statistics.group(5))));
        } else if (message.contains("Max/Min:") && message.contains("Total:")) {
            remarks.add("line " + number + " cannot be read and is skipped");
        } else if (flag.find() && !flag.group(1).equals("rcu")) {
            Matcher start = START.matcher(flag.group(2));
            Matcher end = END.matcher(flag.group(2));
            if (start.matches()) {
                endRun(CUT, settings);
                settings = start.group(1);
            }
            type = flag.group(1);
            if (end.matches()) {
                endRun(end.group(1), end.group(2));
                settings = "";
            }
        }
    }

    private void endRun(String outcome, String runSettings) {
        if (latest.isEmpty()) {
            return;
        }
        runs++;
        Map<String, Long> threads = new LinkedHashMap<>();
        Matcher matcher = THREADS.matcher(runSettings);
        while (matcher.find()) {
            threads.put(matcher.group(1).equals("writer") ? "Writes" : "Reads", Long.parseLong(matcher.group(2)));
        }
        latest.forEach((kind, line) -> {
            long number = threads.getOrDefault(kind, 0L);
            figures.add(new ForeignFigure(type + ", run " + runs + ": " + kind.toLowerCase(Locale.ROOT), UNIT,
                line.total(), line.min(), number > 0 ? (double) line.total() / number : Double.NaN, Double.NaN,
                Double.NaN, line.max()));
            if (line.failed() > 0) {
                remarks.add(type + ", run " + runs + ": " + line.failed() + " failures");
            }
        });
        remarks.add(type + ", run " + runs + ": " + outcome
            + (runSettings.isBlank() ? "" : ", " + runSettings.strip()));
        latest.clear();
    }

    @Override
    void end() {
        endRun(CUT, settings);
    }

    private record Line(long total, long max, long min, long failed) {
    }
}
