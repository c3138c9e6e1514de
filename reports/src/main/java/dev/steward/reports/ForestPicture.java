package dev.steward.reports;

import dev.steward.reports.summary.Forest;
import dev.steward.reports.table.Amounts;
import dev.steward.reports.table.PairWords;
import dev.steward.results.Wording;
import java.util.ArrayList;
import java.util.List;

/**
 * A panel of the forest plot for the page. Places across are shares of the width and places down are pixels, so that
 * the picture is as wide as its column and its letters keep their size.
 */
record ForestPicture(Forest panel) {
    static final int ROW = 34;
    static final int AXIS = 22;
    /** Room at both ends, so that a dot at the edge is whole. */
    private static final double EDGE = 0.02;
    private static final int TICKS = 4;
    /** Half of the longest words at a tick, as a share of 340 pixels. */
    private static final double WORDS = 0.1;

    /** {@return what it shows, for those who do not see it} */
    String label() {
        return title() + ": difference to " + panel.reference() + " with its interval";
    }

    String title() {
        return "Path " + panel.path() + ", " + panel.figure().label();
    }

    String about() {
        return "against " + panel.reference() + ", " + Amounts.time(panel.referenceNs());
    }

    int height() {
        return panel.marks().size() * ROW + AXIS;
    }

    int axis() {
        return panel.marks().size() * ROW;
    }

    String zero() {
        return across(0);
    }

    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Forest.Mark mark : panel.marks()) {
            rows.add(new Row(mark, rows.size() * ROW));
        }
        return rows;
    }

    /** {@return round numbers along the scale, 0 among them} */
    List<Tick> ticks() {
        double step = step((panel.toNs() - panel.fromNs()) / TICKS);
        List<Tick> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(panel.fromNs() / step); i * step <= panel.toNs(); i++) {
            double place = panel.place(i * step);
            // What stands at the very edge would be cut.
            if (place > 0.04 && place < 0.96) {
                ticks.add(new Tick(across(i * step), i == 0 ? "0" : Amounts.signedTime(i * step, null, null),
                    anchor(place)));
            }
        }
        return ticks;
    }

    /** Which end of its words stands at a place, so that they lie within a picture as narrow as on a phone. */
    static String anchor(double place) {
        return place < WORDS ? "start" : place > 1 - WORDS ? "end" : "middle";
    }

    /** One, two or five of a decade. */
    private static double step(double least) {
        double decade = Math.pow(10, Math.floor(Math.log10(least)));
        for (double of : new double[] {1, 2, 5}) {
            if (of * decade >= least) {
                return of * decade;
            }
        }
        return 10 * decade;
    }

    private String across(double ns) {
        return share(panel.place(ns));
    }

    /** A place of 0 to 1, as a share of the width. */
    static String share(double place) {
        return Wording.format("%.2f%%", 100 * (EDGE + (1 - 2 * EDGE) * place));
    }

    /** A mark of the axis. */
    record Tick(String across, String text, String anchor) {
    }

    /** One strategy: its words, and below them its interval. */
    final class Row {
        private final Forest.Mark mark;
        private final int top;

        private Row(Forest.Mark mark, int top) {
            this.mark = mark;
            this.top = top;
        }

        String name() {
            return mark.name() + (mark.ranked() ? "" : ", no lock");
        }

        String numbers() {
            return mark.pair() == null ? "0" : PairWords.difference(mark.pair());
        }

        String kind() {
            return mark.ranked() ? "lock" : "floor";
        }

        int words() {
            return top + 14;
        }

        int line() {
            return top + 24;
        }

        String low() {
            return across(mark.lowNs());
        }

        String high() {
            return across(mark.highNs());
        }

        String dot() {
            return across(mark.differenceNs());
        }

        /** Beyond the scale an arrow stands for the dot. */
        String arrow() {
            return switch (panel.beyond(mark.differenceNs())) {
                case -1 -> "\u25c0";
                case 1 -> "\u25b6";
                default -> "";
            };
        }
    }
}
