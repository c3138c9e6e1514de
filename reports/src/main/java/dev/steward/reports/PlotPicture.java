package dev.steward.reports;

import dev.steward.reports.debate.Plot;
import dev.steward.results.Wording;
import java.util.ArrayList;
import java.util.List;

/**
 * A curve of the debate for the page, the axis downwards. Places across are shares of the width and places down are
 * pixels, as in {@link ForestPicture}.
 */
record PlotPicture(Plot plot) {
    /** {@return what it shows, for those who do not see it} */
    String label() {
        return plot.claim() + ": measured at " + Wording.counted(plot.rows().size(), "point") + ", with the bound "
            + plot.bound();
    }

    String about() {
        return (plot.mover().isEmpty() ? "" : "with " + plot.mover() + "; ") + "bound " + plot.bound();
    }

    int height() {
        return axis() + ForestPicture.AXIS;
    }

    int axis() {
        return plot.rows().size() * ForestPicture.ROW;
    }

    String bound() {
        return across(plot.boundAt());
    }

    /** {@return numbers along the scale, the bound among them} */
    List<ForestPicture.Tick> ticks() {
        List<ForestPicture.Tick> ticks = new ArrayList<>();
        ticks.add(tick(plot.boundAt(), plot.bound()));
        plot.ticks().forEach(one -> ticks.add(tick(one.at(), one.text())));
        return ticks;
    }

    private static ForestPicture.Tick tick(double at, String text) {
        return new ForestPicture.Tick(across(at), text, ForestPicture.anchor(at));
    }

    boolean hasBand() {
        return plot.first() >= 0;
    }

    int bandTop() {
        return plot.first() * ForestPicture.ROW;
    }

    int bandHeight() {
        return (plot.last() - plot.first() + 1) * ForestPicture.ROW;
    }

    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Plot.Row row : plot.rows()) {
            rows.add(new Row(row, rows.size() * ForestPicture.ROW));
        }
        return rows;
    }

    /** {@return lines from each point that was measured to the next} */
    List<Segment> curve() {
        List<Segment> segments = new ArrayList<>();
        Row before = null;
        for (Row row : rows()) {
            if (row.row.known()) {
                if (before != null) {
                    segments.add(new Segment(before.dot(), before.line(), row.dot(), row.line()));
                }
                before = row;
            }
        }
        return segments;
    }

    private static String across(double place) {
        return ForestPicture.share(Math.min(1, Math.max(0, place)));
    }

    /** Part of the curve. */
    record Segment(String fromAcross, int fromDown, String toAcross, int toDown) {
    }

    /** One point: its words, and below them its interval. */
    record Row(Plot.Row row, int top) {
        boolean known() {
            return row.known();
        }

        String value() {
            return row.value();
        }

        String words() {
            return row.measured() + ", " + row.holds();
        }

        int baseline() {
            return top + 14;
        }

        int line() {
            return top + 24;
        }

        String low() {
            return across(row.low());
        }

        String high() {
            return across(row.high());
        }

        String dot() {
            return across(row.at());
        }
    }
}
