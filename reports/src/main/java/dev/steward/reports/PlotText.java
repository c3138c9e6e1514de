package dev.steward.reports;

import dev.steward.reports.debate.Plot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Curves of the debate in printable ASCII: a row for each point, the axis downwards. */
final class PlotText {
    private static final String GAP = "  ";
    private static final String HOLDS = "open";
    private static final char BOUND = ':';

    private final Plot plot;
    private final int width;
    private final int name;
    private final int figures;

    private PlotText(Plot plot, int width) {
        this.plot = plot;
        name = plot.rows().stream().mapToInt(row -> row.value().length()).max().orElse(0);
        figures = plot.rows().stream().mapToInt(row -> row.measured().length()).max().orElse(0);
        this.width = width - 2 - name - figures - HOLDS.length() - 3 * GAP.length();
    }

    /** {@return a picture of each in lines of at most that many columns, 60 or more} */
    static List<String> lines(List<Plot> plots, int width) {
        List<String> lines = new ArrayList<>(Ascii.wrap(
            "o measured, with its interval; : the bound; | where the threshold lies, as far as the points tell", "", "",
            width));
        for (Plot plot : plots) {
            lines.add("");
            lines.addAll(Ascii.wrap(plot.claim() + " (bound " + plot.bound() + ")"
                + (plot.mover().isEmpty() ? "" : ", with " + plot.mover()), "", "  ", width));
            PlotText text = new PlotText(plot, width);
            for (int i = 0; i < plot.rows().size(); i++) {
                lines.add(text.line(i));
            }
        }
        return lines;
    }

    private String line(int index) {
        Plot.Row row = plot.rows().get(index);
        return ((plot.between(index) ? "| " : "  ") + " ".repeat(name - row.value().length()) + row.value() + GAP
            + drawn(row) + GAP + " ".repeat(figures - row.measured().length()) + row.measured() + GAP + row.holds())
            .stripTrailing();
    }

    private String drawn(Plot.Row row) {
        char[] line = new char[width];
        Arrays.fill(line, ' ');
        line[column(plot.boundAt())] = BOUND;
        if (row.known()) {
            Arrays.fill(line, column(row.low()), column(row.high()) + 1, '-');
            if (row.low() < 0) {
                line[0] = '<';
            }
            if (row.high() > 1) {
                line[width - 1] = '>';
            }
            line[column(row.at())] = 'o';
        }
        return new String(line);
    }

    private int column(double place) {
        return (int) Math.round(Math.min(1, Math.max(0, place)) * (width - 1));
    }
}
