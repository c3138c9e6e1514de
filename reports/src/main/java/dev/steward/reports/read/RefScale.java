package dev.steward.reports.read;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table {@code Runs Time(ns)} of refscale (refperf in v5.8): in each run the mean time of a read-side section. */
final class RefScale extends KernelTest {
    private static final Pattern FLAG = Pattern.compile("(\\S+)-ref-(?:scale|perf): *(.*)");
    private static final Pattern HEAD = Pattern.compile("Runs\\s+Time\\(ns\\)\\s*");
    private static final Pattern ROW = Pattern.compile("(\\d+)\\s+(\\d+\\.\\d{1,3})\\s*");
    private static final Pattern DAMAGED_ROW = Pattern.compile("\\d+(?:\\s+[\\d.]*)?\\s*");
    private static final String START = "--- Start of test:";

    private final List<Double> runs = new ArrayList<>();
    private String type = "unnamed";
    private boolean inTable;

    RefScale() {
        super("refscale");
    }

    @Override
    void line(long number, String message) {
        Matcher flag = FLAG.matcher(message);
        if (flag.matches()) {
            endTable();
            type = flag.group(1);
            inTable = HEAD.matcher(flag.group(2)).matches();
            if (flag.group(2).startsWith(START)) {
                remarks.add(type + ": " + flag.group(2).substring(START.length()).strip());
            }
        } else if (HEAD.matcher(message).matches()) {
            endTable();
            inTable = true;
        } else if (inTable) {
            row(number, message);
        }
    }

    private void row(long number, String message) {
        Matcher row = ROW.matcher(message);
        if (row.matches()) {
            runs.add(Double.parseDouble(row.group(2)));
        } else if (DAMAGED_ROW.matcher(message).matches() && !message.isBlank()) {
            remarks.add("line " + number + " of the table cannot be read and is skipped");
        }
        // Anything else is a line of somebody else in between: consoles mix them.
    }

    private void endTable() {
        if (!runs.isEmpty()) {
            figures.add(ForeignFigure.of(type + ": read, mean of each run", ForeignFigure.NANOSECONDS, runs));
            runs.clear();
        }
        inTable = false;
    }

    @Override
    void end() {
        endTable();
    }
}
