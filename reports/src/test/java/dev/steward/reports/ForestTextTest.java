package dev.steward.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.reports.summary.Forest;
import dev.steward.reports.table.Chapter;
import dev.steward.results.TurnFigure;
import dev.steward.results.Verdicts.Pair;
import dev.steward.results.Verdicts.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForestTextTest {
    private static final Forest PANEL = new Forest("ring", TurnFigure.EVENT, "mutex", 600, List.of(
        new Forest.Mark("mutex", true, null), new Forest.Mark("rcu-page", true, pair(-30, -50, -10)),
        new Forest.Mark("a-strategy-with-a-long-name", true, pair(900, 20, 2000)),
        new Forest.Mark("unguarded", false, pair(-80, -90, -70))), -100, 100);

    @Test
    void shouldDrawEachStrategyOnOneScale() {
        assertThat(ForestText.lines(new Chapter.Picture("About.", List.of(PANEL)), 66)).containsExactly(
            "About. x: no lock; < or >: beyond the scale.", "",
            "path ring, event, against mutex (600 ns)",
            "mutex                       o            0",
            "rcu-page               --o--:            -30 ns (-50 to -10)",
            "a-strategy-with-a-long-name",
            "                            : -------->  +0.90 us (+0.02 to +2.00)",
            "unguarded          -x-      :            -80 ns (-90 to -70)");
    }

    @Test
    void shouldStayWithinItsColumns() {
        for (int width = 60; width <= 100; width++) {
            int columns = width;
            assertThat(ForestText.lines(new Chapter.Picture("About.", List.of(PANEL)), width))
                .allMatch(line -> line.length() <= columns);
        }
    }

    /** The scale is made for those of which the run tells something. */
    @Test
    void shouldNotPrintFiguresOfWhomTheRunCannotTell() {
        Forest panel = new Forest("ring", TurnFigure.EVENT, "mutex", 600, List.of(new Forest.Mark("mutex", true, null),
            new Forest.Mark("rcu-page", true, pair(10, -590, 93e9))), -100, 100);

        assertThat(ForestText.lines(new Chapter.Picture("About.", List.of(panel)), 60))
            .endsWith("rcu-page  <-------------------o--------------->  cannot tell");
    }

    private static Pair pair(double ns, double low, double high) {
        return new Pair("ring", "event", "mutex", "x", Verdict.UNDECIDED, 1 + ns / 600, 1 + low / 600, 1 + high / 600,
            ns, low, high, 0.05, 10, 60, null);
    }
}
