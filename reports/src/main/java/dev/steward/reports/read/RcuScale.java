package dev.steward.reports.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The durations that the writers of rcuscale (rcuperf before v5.10) print: one grace period each. */
final class RcuScale extends KernelTest {
    private static final Pattern FLAG = Pattern.compile("(\\S+?)-(?:scale|perf): *(.*)");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9}) writer-duration: *(\\d+) (\\d{1,18})\\s*");
    private static final Pattern ANNOUNCED = Pattern.compile("writer (\\d+) gps: (\\d{1,18})\\s*");
    private static final Pattern TOTAL = Pattern.compile("start: \\d+ end: \\d+ duration: .*");

    private final Map<String, Map<Integer, List<Double>>> writersByType = new TreeMap<>();
    private final Map<String, Long> announced = new TreeMap<>();

    RcuScale() {
        super("rcuscale");
    }

    @Override
    void line(long number, String message) {
        Matcher flag = FLAG.matcher(message);
        if (!flag.matches() || flag.group(1).endsWith("-ref") || flag.group(1).equals("ref")) {
            return;
        }
        String type = flag.group(1);
        String rest = flag.group(2).strip();
        Matcher duration = DURATION.matcher(rest);
        Matcher gracePeriods = ANNOUNCED.matcher(rest);
        if (duration.matches()) {
            writersByType.computeIfAbsent(type, key -> new TreeMap<>())
                .computeIfAbsent(Integer.parseInt(duration.group(1)), key -> new ArrayList<>())
                .add(Double.parseDouble(duration.group(3)));
        } else if (rest.contains("writer-duration")) {
            remarks.add("line " + number + " cannot be read and is skipped");
        } else if (gracePeriods.matches()) {
            announced.merge(type, Long.parseLong(gracePeriods.group(2)), Long::sum);
        } else if (TOTAL.matcher(rest).matches()) {
            remarks.add(type + ": " + rest);
        }
    }

    @Override
    void end() {
        writersByType.forEach((type, writers) -> {
            figures.add(ForeignFigure.of(type + ": grace period, all writers", ForeignFigure.NANOSECONDS,
                writers.values().stream().flatMap(List::stream).toList()));
            if (writers.size() > 1) {
                writers.forEach((writer, values) -> figures.add(ForeignFigure.of(
                    type + ": grace period, writer " + writer, ForeignFigure.NANOSECONDS, values)));
            }
            long found = writers.values().stream().mapToLong(List::size).sum();
            if (announced.getOrDefault(type, found) > found) {
                remarks.add(type + ": the log announces " + announced.get(type) + " grace periods and holds " + found);
            }
        });
    }
}
