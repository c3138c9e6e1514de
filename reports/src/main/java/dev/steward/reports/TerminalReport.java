package dev.steward.reports;

import dev.steward.reports.read.CellLoss;
import dev.steward.results.Wording;
import dev.steward.reports.summary.PathSummary;
import dev.steward.reports.summary.Problem;
import dev.steward.reports.summary.Quantile;
import dev.steward.reports.summary.Run;
import dev.steward.reports.summary.RunSet;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.TimeSeries;
import dev.steward.reports.table.Chapter;
import dev.steward.reports.table.Marks;
import dev.steward.reports.table.Outline;
import dev.steward.reports.table.Sentences;
import dev.steward.results.Tags;
import java.util.List;

/** The figures of runs for a terminal: one line for each strategy, with its p99 over the window as a sparkline. */
public final class TerminalReport {
    private static final String BLOCKS = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";
    private static final String PLAIN = "_.:-=+*#";
    private static final int NARROWEST = 40;
    private static final int NARROWEST_PICTURE = 60;
    private static final int WIDEST_PICTURE = 100;
    private static final int LONGEST_NAME = 24;
    private static final int LONGEST_SPARK = 40;
    private static final String SPARK_HEAD = "p99 over the window";
    /** Where the p99 from the intended start is the generator's. */
    private static final String RAW_SPARK_HEAD = "raw p99, over time";
    private static final String SHORT_SPARK_HEAD = "over time";
    private static final int SHORTEST_SPARK = SHORT_SPARK_HEAD.length();
    private static final int FIGURE = 9;
    private static final String BOLD = "\u001b[1m";
    private static final String RED = "\u001b[31m";
    private static final String RESET = "\u001b[0m";

    private final int width;
    private final boolean colours;
    private final String steps;
    private final StringBuilder text = new StringBuilder();
    private final Marks marks = new Marks();

    private TerminalReport(int width, boolean colours, boolean unicode) {
        this.width = Math.max(NARROWEST, width);
        this.colours = colours;
        this.steps = unicode ? BLOCKS : PLAIN;
    }

    /**
     * Prints runs.
     *
     * @param runs    of the report
     * @param columns of the terminal; below {@value #NARROWEST} as if it had so many
     * @param colours whether escape sequences may be used
     * @param unicode whether sparklines may use block elements; ASCII otherwise
     * @return lines of at most that many columns, each ended by a line feed
     */
    public static String of(RunSet runs, int columns, boolean colours, boolean unicode) {
        TerminalReport report = new TerminalReport(columns, colours, unicode);
        for (Run run : runs.runs()) {
            report.run(run, runs);
        }
        report.marks.legend().ifPresent(legend -> report.lines(legend, "", ""));
        return report.text.toString();
    }

    private void run(Run run, RunSet runs) {
        if (!runs.single()) {
            lines(run.scenario() + ", host " + run.host(), "", BOLD);
        }
        Outline.openingInShort(run.summary()).forEach(this::opening);
        text.append('\n');
        lines(Sentences.headline(run.summary()), "", BOLD);
        Sentences.warnings(run.summary()).forEach(warning -> lines(warning, "! ", ""));
        for (PathSummary path : run.summary().paths()) {
            String rank = run.summary().run().turns() == null ? "" : " (one long cell, no verdict)";
            table(path, "event until in the vEVENTQ" + rank, Tags.EVENT_ENQUEUE);
            table(path, "attach" + rank, Tags.ATTACH);
        }
        for (Problem problem : run.summary().problems()) {
            if (problem.kind() != CellLoss.NOT_RUN) {
                lines(problem.kind().word() + " " + problem.cellId() + ": "
                    + String.join("; ", problem.reasons()), "", RED);
            }
        }
        text.append('\n');
    }

    private void opening(Chapter.Block block) {
        if (block instanceof Chapter.Statements statements) {
            statements.sentences().forEach(sentence -> lines(sentence, "", ""));
        } else if (block instanceof Chapter.Picture picture && width >= NARROWEST_PICTURE) {
            text.append('\n');
            ForestText.lines(picture, Math.min(WIDEST_PICTURE, width)).forEach(line -> line(line, ""));
        } else if (block instanceof Chapter.Tables tables && width >= TextTable.WIDTH) {
            text.append('\n');
            tables.tables().forEach(marks::see);
            tables.tables().forEach(table -> TextTable.lines(table).forEach(line -> line(line, "")));
        }
    }

    private void table(PathSummary path, String what, String tag) {
        List<StrategySummary> shown = path.all().stream().filter(strategy -> strategy.of(tag).count() > 0).toList();
        if (shown.isEmpty()) {
            return;
        }
        text.append('\n');
        lines("path " + path.path() + ", " + what, "", BOLD);
        int name = Math.min(LONGEST_NAME, Math.max(8,
            shown.stream().mapToInt(strategy -> Ascii.clean(strategy.info().name()).length()).max().orElse(0)));
        int figures = Math.min(4, (width - name - 6) / FIGURE);
        int spark = Math.min(LONGEST_SPARK, width - name - 6 - figures * FIGURE - 2);
        String overTime = spark < SHORTEST_SPARK ? null : path.overTime(tag).orElse(null);
        StringBuilder head = new StringBuilder(pad("strategy", name)).append("    ok");
        List<String> heads = List.of("p50", "p99", "p99.9", "max").subList(0, figures);
        heads.forEach(column -> head.append(right(column)));
        String sparkHead = tag.equals(overTime) ? SPARK_HEAD : RAW_SPARK_HEAD;
        line(head + (overTime == null ? "" : "  " + (spark < sparkHead.length() ? SHORT_SPARK_HEAD : sparkHead)), "");
        double[] range = overTime == null ? new double[2] : range(shown, overTime);
        for (StrategySummary strategy : shown) {
            StringBuilder row = new StringBuilder(pad(Ascii.clean(strategy.info().name()), name))
                .append(Wording.format("%6s", strategy.counted() + "/" + strategy.planned()));
            List<String> cells = figures(strategy, tag).subList(0, figures);
            marks.see(cells);
            cells.forEach(figure -> row.append(right(figure)));
            if (overTime != null) {
                row.append("  ").append(sparkline(strategy.overTime(overTime), range, spark));
            }
            line(row.toString(), strategy.counted() < strategy.planned() ? RED : "");
        }
    }

    private static List<String> figures(StrategySummary strategy, String tag) {
        return List.of(Quantile.text(strategy.latency(tag).p50()), Quantile.text(strategy.latency(tag).p99()),
            Quantile.text(strategy.latency(tag).p999()), strategy.latency(tag).maxText());
    }

    /** One scale for all strategies of a table, so that the lines can be compared. */
    private static double[] range(List<StrategySummary> strategies, String tag) {
        double[] range = {Double.MAX_VALUE, 0};
        for (StrategySummary strategy : strategies) {
            for (TimeSeries.Point point : strategy.overTime(tag).points()) {
                range[0] = Math.min(range[0], Math.max(1, point.p99().valueNs()));
                range[1] = Math.max(range[1], point.p99().valueNs());
            }
        }
        return range;
    }

    private String sparkline(TimeSeries series, double[] range, int columns) {
        List<TimeSeries.Point> points = series.points();
        int shown = Math.min(columns, points.size());
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < shown; column++) {
            double highest = 1;
            for (int i = column * points.size() / shown; i < (column + 1) * points.size() / shown; i++) {
                highest = Math.max(highest, points.get(i).p99().valueNs());
            }
            double span = Math.log(range[1] / range[0]);
            double height = span <= 0 ? 0 : Math.log(highest / range[0]) / span;
            line.append(steps.charAt((int) Math.min(steps.length() - 1, Math.max(0, height * steps.length()))));
        }
        return line.toString();
    }

    private void lines(String words, String first, String colour) {
        Ascii.wrap(words, first, "  ", width).forEach(line -> line(line, colour));
    }

    private void line(String line, String colour) {
        boolean coloured = colours && !colour.isEmpty();
        text.append(coloured ? colour : "").append(line.stripTrailing()).append(coloured ? RESET : "").append('\n');
    }

    private static String pad(String name, int columns) {
        return name.length() > columns ? name.substring(0, columns) : name + " ".repeat(columns - name.length());
    }

    private static String right(String figure) {
        return " ".repeat(Math.max(1, FIGURE - figure.length())) + figure;
    }
}
