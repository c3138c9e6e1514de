package dev.steward.reports.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table {@code Runs Time(ns)} of refscale (refperf in v5.8): in each run the mean time of a read-side section. */
final class RefScale extends KernelTest {
    private static final Pattern FLAG = Pattern.compile(TYPE + "-ref-(?:scale|perf): *(.*)");
    private static final Pattern HEAD = Pattern.compile("(?<!\\w)Runs\\s+Time\\(ns\\)");
    /** Behind something that is not known, only as the kernel prints it. */
    private static final Pattern ROW = Pattern.compile(
        "(?:\\d+\\s+|.*[^\\w.]\\d+\\t)(\\d+\\.\\d{1,3})" + TAIL);
    private static final Pattern DAMAGED_ROW = Pattern.compile("\\d+(?:\\s+[\\d.]*)?\\s*");
    private static final String START = "--- Start of test:";

    private final List<Test> tests = new ArrayList<>();
    private Test current;
    private boolean inTable;

    /** Its runs, and what it said of itself. */
    private record Test(String type, List<Double> runs, List<String> remarks) {
    }

    RefScale() {
        super("refscale");
    }

    @Override
    void line(long number, String message) {
        Matcher flag = FLAG.matcher(message);
        if (flag.find()) {
            inTable = HEAD.matcher(flag.group(2)).find();
            boolean starts = flag.group(2).startsWith(START);
            if (current == null || starts || inTable && !current.runs.isEmpty()
                || !current.type.equals(flag.group(1))) {
                begin(flag.group(1));
            }
            if (starts) {
                current.remarks.add(flag.group(2).substring(START.length()).strip());
            }
        } else if (HEAD.matcher(message).find()) {
            if (current == null || !current.runs.isEmpty()) {
                begin(current == null ? "unnamed" : current.type);
            }
            inTable = true;
        } else if (inTable) {
            row(number, message);
        }
    }

    private void row(long number, String message) {
        Matcher row = ROW.matcher(message);
        if (row.matches()) {
            current.runs.add(Double.parseDouble(row.group(1)));
        } else if (DAMAGED_ROW.matcher(message).matches() && !message.isBlank()) {
            remarks.add("line " + number + " of the table cannot be read and is skipped");
        }
        // Anything else is a line of somebody else in between: consoles mix them.
    }

    private void begin(String type) {
        current = new Test(type, new ArrayList<>(), new ArrayList<>());
        tests.add(current);
    }

    @Override
    void end() {
        tests.removeIf(test -> test.runs.isEmpty() && test.remarks.isEmpty());
        Map<String, Integer> numbers = new HashMap<>();
        for (Test test : tests) {
            int number = numbers.merge(test.type, 1, Integer::sum);
            boolean several = tests.stream().filter(one -> one.type.equals(test.type)).count() > 1;
            String name = test.type + (several ? ", run " + number : "");
            test.remarks.forEach(remark -> remarks.add(name + ": " + remark));
            if (!test.runs.isEmpty()) {
                figures.add(ForeignFigure.of(
                    name + ": read, mean of each run", ForeignFigure.NANOSECONDS, test.runs));
            }
        }
    }
}
