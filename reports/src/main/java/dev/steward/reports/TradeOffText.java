package dev.steward.reports;

import dev.steward.reports.summary.TradeOff;
import dev.steward.results.Units;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Attaches against events in printable ASCII: a letter for each strategy, on two logarithmic axes. */
public final class TradeOffText {
    private static final int ROWS = 14;
    private static final char SEVERAL = '#';

    private final TradeOff tradeOff;
    private final int label;
    private final int columns;

    private TradeOffText(TradeOff tradeOff, int width) {
        this.tradeOff = tradeOff;
        label = Math.max(text(TradeOffText::event, true).length(), text(TradeOffText::event, false).length());
        columns = width - label - 2;
    }

    /** {@return the pictures in lines of at most 72 columns} */
    public static List<String> lines(List<TradeOff> tradeOffs) {
        List<String> lines = new ArrayList<>();
        for (TradeOff one : tradeOffs) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.addAll(Ascii.wrap("path " + one.path() + ": event p99.9 upwards, attach p99 to the right, both "
                + "logarithmic; lower left is faster; " + SEVERAL + " is several", "", "", TextTable.WIDTH));
            lines.addAll(new TradeOffText(one, TextTable.WIDTH).lines());
        }
        return lines;
    }

    private static double event(TradeOff.Point point) {
        return point.event().valueNs();
    }

    private static double attach(TradeOff.Point point) {
        return point.attach().valueNs();
    }

    private double end(ToDoubleFunction<TradeOff.Point> of, boolean high) {
        return high ? tradeOff.points().stream().mapToDouble(of).max().orElseThrow()
            : tradeOff.points().stream().mapToDouble(of).min().orElseThrow();
    }

    private String text(ToDoubleFunction<TradeOff.Point> of, boolean high) {
        return Units.duration(end(of, high));
    }

    private List<String> lines() {
        char[][] field = new char[ROWS][columns];
        for (char[] row : field) {
            Arrays.fill(row, ' ');
        }
        for (TradeOff.Point point : tradeOff.points()) {
            char[] row = field[ROWS - 1 - place(TradeOffText::event, point, ROWS)];
            int column = place(TradeOffText::attach, point, columns);
            row[column] = row[column] == ' ' ? tradeOff.mark(point) : SEVERAL;
        }
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            String named = row == 0 ? text(TradeOffText::event, true)
                : row == ROWS - 1 ? text(TradeOffText::event, false) : "";
            lines.add((" ".repeat(label - named.length()) + named + " |" + new String(field[row])).stripTrailing());
        }
        lines.add(" ".repeat(label) + " +" + "-".repeat(columns));
        String low = text(TradeOffText::attach, false);
        String high = text(TradeOffText::attach, true);
        lines.add(" ".repeat(label + 2) + low
            + " ".repeat(Math.max(1, columns - low.length() - high.length())) + high);
        return lines;
    }

    /** In the middle if all have the same. */
    private int place(ToDoubleFunction<TradeOff.Point> of, TradeOff.Point point, int cells) {
        double low = Math.log(end(of, false));
        double high = Math.log(end(of, true));
        return high == low ? cells / 2
            : (int) Math.round((Math.log(of.applyAsDouble(point)) - low) / (high - low) * (cells - 1));
    }
}
