package dev.steward.reports.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The durations that the writers of rcuscale (rcuperf before v5.10) print, one grace period each, and the time that its
 * kfree_rcu() test took. A run begins with its settings, or, where a log has none of them, with a writer that announces
 * its grace periods again.
 */
final class RcuScale extends KernelTest {
    private static final Pattern FLAG = Pattern.compile(TYPE + "-(?:scale|perf): *(.*)");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9}) writer-duration: *(\\d+) (\\d{1,18})" + TAIL);
    private static final Pattern ANNOUNCED = Pattern.compile("writer (\\d+) gps: (\\d{1,18})" + TAIL);
    private static final String START = "--- Start of test:";
    private static final Pattern KFREE = Pattern.compile(
        "Total time taken by all kfree'ers: (\\d{1,18}) ns, (loops: \\d+), (batches: .*)");
    private static final Pattern TOTAL = Pattern.compile("start: \\d+ end: \\d+ duration: .*");

    private final List<Run> runs = new ArrayList<>();
    private final Map<String, Run> latest = new TreeMap<>();
    /** By their loops. */
    private final Map<String, List<Double>> kfreeTimes = new TreeMap<>();

    RcuScale() {
        super("rcuscale");
    }

    @Override
    void line(long number, String message) {
        Matcher kfree = KFREE.matcher(message);
        if (kfree.find()) {
            String name = "kfree_rcu, " + kfree.group(2).replace(": ", "=");
            kfreeTimes.computeIfAbsent(name, key -> new ArrayList<>()).add(Double.parseDouble(kfree.group(1)));
            remarks.add(name + ": " + kfree.group(3).strip());
            return;
        }
        Matcher flag = FLAG.matcher(message);
        if (!flag.find() || flag.group(1).endsWith("-ref") || flag.group(1).equals("ref")) {
            return;
        }
        String type = flag.group(1);
        String rest = flag.group(2).strip();
        Matcher duration = DURATION.matcher(rest);
        Matcher gracePeriods = ANNOUNCED.matcher(rest);
        if (rest.startsWith(START)) {
            begin(type).remarks.add(rest.substring(START.length()).strip());
        } else if (duration.matches()) {
            run(type).writers.computeIfAbsent(Integer.parseInt(duration.group(1)), key -> new ArrayList<>())
                .add(Double.parseDouble(duration.group(3)));
        } else if (rest.contains("writer-duration")) {
            remarks.add("line " + number + " cannot be read and is skipped");
        } else if (gracePeriods.matches()) {
            boolean again = run(type).announced.containsKey(gracePeriods.group(1));
            (again ? begin(type) : run(type)).announced
                .put(gracePeriods.group(1), Long.parseLong(gracePeriods.group(2)));
        } else if (TOTAL.matcher(rest).matches()) {
            run(type).remarks.add(rest);
        }
    }

    private Run run(String type) {
        Run run = latest.get(type);
        return run == null ? begin(type) : run;
    }

    private Run begin(String type) {
        Run run = new Run(type, new TreeMap<>(), new TreeMap<>(), new ArrayList<>());
        latest.put(type, run);
        runs.add(run);
        return run;
    }

    @Override
    void end() {
        kfreeTimes.forEach((name, times) -> figures.add(
            ForeignFigure.of(name + ": total of all threads", ForeignFigure.NANOSECONDS, times)));
        Map<String, Integer> numbers = new TreeMap<>();
        for (Run run : runs) {
            boolean several = runs.stream().filter(other -> other.type.equals(run.type)).count() > 1;
            run.end(run.type + (several ? ", run " + numbers.merge(run.type, 1, Integer::sum) : ""), this);
        }
    }

    private record Run(
        String type, Map<Integer, List<Double>> writers, Map<String, Long> announced, List<String> remarks) {
        private void end(String name, RcuScale test) {
            remarks.forEach(remark -> test.remarks.add(name + ": " + remark));
            if (writers.isEmpty()) {
                return;
            }
            test.figures.add(ForeignFigure.of(name + ": grace period, all writers", ForeignFigure.NANOSECONDS,
                writers.values().stream().flatMap(List::stream).toList()));
            if (writers.size() > 1) {
                writers.forEach((writer, values) -> test.figures.add(ForeignFigure.of(
                    name + ": grace period, writer " + writer, ForeignFigure.NANOSECONDS, values)));
            }
            long found = writers.values().stream().mapToLong(List::size).sum();
            long promised = announced.values().stream().mapToLong(Long::longValue).sum();
            if (promised > found) {
                test.remarks.add(name + ": the log announces " + promised + " grace periods and holds " + found);
            }
        }
    }
}
