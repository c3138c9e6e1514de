package dev.steward.reports;

import dev.steward.reports.summary.Forest;
import dev.steward.reports.table.Amounts;
import dev.steward.reports.table.Chapter;
import dev.steward.reports.table.PairWords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A panel of the forest plot in printable ASCII: {@code --o--} with the numbers beside it. */
final class ForestText {
    private static final int LONGEST_NAME = 16;
    private static final String GAP = "  ";
    private static final char ZERO = ':';

    private final Forest panel;
    private final int name;
    private final int plot;

    private ForestText(Forest panel, int width) {
        this.panel = panel;
        name = Math.min(LONGEST_NAME,
            panel.marks().stream().mapToInt(mark -> Ascii.clean(mark.name()).length()).max().orElse(0));
        int numbers = panel.marks().stream().mapToInt(mark -> numbers(mark).length()).max().orElse(0);
        plot = width - name - numbers - 2 * GAP.length();
    }

    /** {@return a picture in lines of at most that many columns, 60 or more} */
    static List<String> lines(Chapter.Picture picture, int width) {
        List<String> lines = new ArrayList<>(
            Ascii.wrap(picture.about() + " x: no lock; < or >: beyond the scale.", "", "", width));
        for (Forest panel : picture.panels()) {
            lines.add("");
            lines.addAll(new ForestText(panel, width).lines(width));
        }
        return lines;
    }

    private List<String> lines(int width) {
        List<String> lines = new ArrayList<>(Ascii.wrap("path " + panel.path() + ", " + panel.figure().label()
            + ", against " + panel.reference() + " (" + Amounts.time(panel.referenceNs()) + ")", "", "  ", width));
        for (Forest.Mark mark : panel.marks()) {
            String shown = Ascii.clean(mark.name());
            if (shown.length() > name) {
                lines.addAll(Ascii.wrap(shown, "", "", width));
                shown = "";
            }
            lines.add(shown + " ".repeat(name - shown.length()) + GAP + drawn(mark) + GAP + numbers(mark));
        }
        return lines;
    }

    private static String numbers(Forest.Mark mark) {
        return mark.pair() == null ? "0" : PairWords.difference(mark.pair());
    }

    private String drawn(Forest.Mark mark) {
        char[] line = new char[plot];
        Arrays.fill(line, ' ');
        line[column(0)] = ZERO;
        Arrays.fill(line, column(mark.lowNs()), column(mark.highNs()) + 1, '-');
        if (panel.beyond(mark.lowNs()) < 0) {
            line[0] = '<';
        }
        if (panel.beyond(mark.highNs()) > 0) {
            line[plot - 1] = '>';
        }
        if (panel.beyond(mark.differenceNs()) == 0) {
            line[column(mark.differenceNs())] = mark.ranked() ? 'o' : 'x';
        }
        return new String(line);
    }

    private int column(double ns) {
        return (int) Math.round(panel.place(ns) * (plot - 1));
    }
}
