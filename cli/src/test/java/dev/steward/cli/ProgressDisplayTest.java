package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.results.RunManifest;
import dev.steward.results.TurnPlan;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProgressDisplayTest {
    private static final Terminal NOBODY = new Terminal(0);

    @Test
    void shouldPrintALinePerCellWhenNobodyWatches() {
        StringWriter out = new StringWriter();

        try (ProgressDisplay display = new ProgressDisplay(new PrintWriter(out), NOBODY)) {
            display.planned(2, 90_000);
            display.cellStarted("mutex-ring-r1");
            display.cellEnded("mutex-ring-r1", RunManifest.CellStatus.OK);
            display.cellStarted("rwlock-ring-r1");
            display.cellEnded("rwlock-ring-r1", RunManifest.CellStatus.INVALID);
        }

        assertThat(out.toString().lines()).hasSize(3).satisfiesExactly(
            line -> assertThat(line).isEqualTo("2 cells, about 1 min 30 s"),
            line -> assertThat(line).matches("\\[ 1/2] mutex-ring-r1 +ok +(about \\d+ s left|longer than expected)"),
            line -> assertThat(line).matches("\\[ 2/2] rwlock-ring-r1 +invalid +done"));
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 79})
    void shouldFillTheLineExactlySoThatNothingEarlierStays(int length) {
        assertThat(ProgressDisplay.line(3, 24, 65_000, "stamped-inline-r1", length)).hasSize(length);
        assertThat(ProgressDisplay.line(24, 24, 0, "", length)).hasSize(length);
    }

    @Test
    void shouldShowBarCellsTimeAndCell() {
        assertThat(ProgressDisplay.line(12, 24, 65_000, "stamped-inline-r1", 79)).isEqualTo(
            "[==========          ] 12/24 cells, about 1 min 05 s left  stamped-inline-r1   ");
    }

    @Test
    void shouldKeepTheTimeWhenTheWindowIsNarrow() {
        assertThat(ProgressDisplay.line(12, 24, 65_000, "stamped-inline-r1", 40))
            .isEqualTo("12/24 cells, about 1 min 05 s left  stam");
    }

    @Test
    void shouldNeverSayThatNoTimeIsLeftWhileItRuns() {
        assertThat(ProgressDisplay.line(23, 24, 0, "x", 79)).contains("23/24 cells, longer than expected  x");
        assertThat(ProgressDisplay.line(24, 24, 0, "", 79)).contains("24/24 cells, done ");
        assertThat(ProgressDisplay.turnsLine(5_000, 5_000, "x", 79)).contains("] longer than expected  x");
        assertThat(ProgressDisplay.turnsLine(4_000, 5_000, "x", 79)).contains("] about 1 s left  x");
    }

    /** A generation takes three times what was planned. */
    @Test
    void shouldTakeTheTimeThatIsLeftFromTheGenerationsThatHaveEnded() {
        StringWriter out = new StringWriter();

        try (ProgressDisplay display = new ProgressDisplay(new PrintWriter(out), NOBODY)) {
            display.turnsPlanned("what", "", 14_000, 2);
            display.generationEnded(plan(1, 21_000), "");
            display.generationEnded(plan(2, 42_000), "");
        }

        assertThat(out.toString().lines()).containsExactly(
            "what; about 14 s", "[generation  1] about 21 s left", "[generation  2] done");
    }

    @Test
    void shouldTakeTheTimeThatIsLeftFromTheBudgetWhereItEnds() {
        StringWriter out = new StringWriter();

        try (ProgressDisplay display = new ProgressDisplay(new PrintWriter(out), NOBODY)) {
            display.turnsPlanned("what", "", 40_000, Integer.MAX_VALUE);
            display.generationEnded(plan(1, 30_000), "");
            display.generationEnded(plan(2, 41_000), "");
        }

        assertThat(out.toString().lines()).containsExactly(
            "what; about 40 s", "[generation  1] about 10 s left", "[generation  2] longer than expected");
    }

    @ParameterizedTest
    @CsvSource({"80, 79", "200, 79", "79, 78", "40, 39"})
    void shouldLeaveTheLastColumnFree(int columns, int length) {
        assertThat(new Terminal(columns).lineLength()).isEqualTo(length);
    }

    @Test
    void shouldPrintLinesWhereTheBarStoodAndNothingElseWhenNobodyWatches() {
        StringWriter out = new StringWriter();
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        PrintStream screen = new PrintStream(written, true, StandardCharsets.UTF_8);
        ProgressDisplay.TerminalLine line = new ProgressDisplay.TerminalLine(screen, 5);
        line.accept("half ");
        line.above(() -> screen.print("a whole line\n"));
        line.accept("more ");
        try (ProgressBelow nobody = new ProgressBelow(NOBODY, 1_000)) {
            nobody.above(() -> out.write("one"));
        }

        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("\rhalf \r     \ra whole line\n\rmore ");
        assertThat(out.toString()).isEqualTo("one");
    }

    @Test
    void shouldWriteOverItsOwnLine() {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        PrintStream screen = new PrintStream(written, true, StandardCharsets.UTF_8);
        try (ProgressDisplay.TerminalLine line = new ProgressDisplay.TerminalLine(screen, 79)) {
            line.accept("one");
            line.accept("two");
        }

        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("\rone\rtwo" + System.lineSeparator());
    }

    private static TurnPlan plan(int generations, long spentMs) {
        return new TurnPlan(100, 2, 3, generations, 40_000, spentMs, 0, 4, Map.of(), List.of(), null);
    }

    /** As where groups of several sizes follow each other. */
    @Test
    void shouldDrawAFullBarWhereMoreIsSpentThanWasGuessed() {
        assertThat(ProgressDisplay.turnsLine(15_000, 14_000, "", 79)).hasSize(79).startsWith("[====================] ");
    }
}
