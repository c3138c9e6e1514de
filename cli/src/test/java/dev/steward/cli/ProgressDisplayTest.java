package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.results.RunManifest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
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
            line -> assertThat(line).matches("\\[ 1/2] mutex-ring-r1 +ok +\\d+ s left"),
            line -> assertThat(line).matches("\\[ 2/2] rwlock-ring-r1 +invalid +0 s left"));
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
            "[==========          ] 12/24 cells, 1 min 05 s left  stamped-inline-r1         ");
    }

    @Test
    void shouldKeepTheTimeWhenTheWindowIsNarrow() {
        assertThat(ProgressDisplay.line(12, 24, 65_000, "stamped-inline-r1", 40))
            .isEqualTo("12/24 cells, 1 min 05 s left  stamped-in");
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
}
