package dev.steward.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.reports.summary.RunSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalReportTest {
    private final RunSet runs = RunSet.of(Fixtures.standard());

    @ParameterizedTest
    @ValueSource(ints = {0, 40, 57, 80, 132, 300})
    void shouldFitTheTerminal(int columns) {
        String text = TerminalReport.of(runs, columns, false, true);

        assertThat(text.lines()).allMatch(line -> line.length() <= Math.max(40, columns));
        assertThat(text.lines().filter(line -> line.startsWith("rwlock ") && line.contains("/3"))).hasSize(4);
    }

    @Test
    void shouldDropFiguresFromTheRightWhenTheTerminalIsNarrow() {
        assertThat(TerminalReport.of(runs, 40, false, true)).contains(" p50").contains(" p99").doesNotContain("   max");
        assertThat(TerminalReport.of(runs, 80, false, true)).contains("   p99.9      max  p99 over the window");
    }

    @Test
    void shouldDrawAllSparklinesOfATableOnOneScale() {
        String text = TerminalReport.of(runs, 80, false, true);

        assertThat(text).containsPattern("(?m)^no-lock .* [\u2581\u2582]{5}$").containsPattern("\u2588");
    }

    @Test
    void shouldUseEscapesAndBlocksOnlyWhereAllowed() {
        assertThat(TerminalReport.of(runs, 80, true, true)).contains("\u001b[31mINVALID rwlock-inline-r2");
        String plain = TerminalReport.of(runs, 80, false, false);
        assertThat(plain.chars()).allMatch(character -> character == '\n' || character >= ' ' && character < 127);
    }
}
