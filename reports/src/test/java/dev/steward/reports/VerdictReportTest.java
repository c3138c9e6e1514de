package dev.steward.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.reports.summary.Summary;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a reader sees of verdicts and intervals once there are enough repeats for them. */
class VerdictReportTest {
    private static final Summary ENOUGH = Fixtures.summary(near(8));

    @Test
    void shouldOpenWithTheVerdictAndEndWithItsTables() {
        String text = TextReport.of(ENOUGH);

        assertThat(text.lines().skip(2)).first().isEqualTo("As good as the best in every figure: mutex.");
        assertThat(text.indexOf("\nEVERY PAIR\n")).isGreaterThan(text.indexOf("\nRESULTS\n"));
        assertThat(text).contains("[path inline, event p99, against mutex]").containsPattern(
            "rwlock +worse +\\+[34]\\d\\.\\d% +\\+\\d+\\.\\d%\\.\\.\\+\\d+\\.\\d% +8\\+8 +p = 0\\.00047")
            .containsPattern("rwlock against mutex +worse by 40 % \\(3\\d to 4\\d\\), \\d{3} ns \\(");
        assertThat(text.lines()).allMatch(line -> line.length() <= 72);
        assertThat(HtmlReport.of(ENOUGH)).contains("id=\"verdict-section\"").contains("id=\"verdicts\"")
            .contains("href=\"#verdict-section\"");
    }

    @Test
    void shouldGivePercentilesAnInterval() {
        assertThat(TextReport.of(ENOUGH)).contains("Fault events: 95% intervals of a repeat's percentiles")
            .containsPattern("mutex +8 +1\\.\\d+us\\.\\.1\\.\\d+us +\\d\\.\\d+us\\.\\.\\d\\.\\d+us")
            .doesNotContain("No intervals");
    }

    @Test
    void shouldSayWhatIsMissingWhereNothingCanBeTested() {
        assertThat(TextReport.of(Fixtures.standard()))
            .contains("Nothing is decided: too few repeats (2 and 3): with 6 pairs nothing can\n")
            .contains("No intervals: they come from the scatter of the repeats").doesNotContain("has the lowest p99");
    }

    @Test
    void shouldNameCellsThatWereNotSteadyAndLeaveThemOutOfTheVerdicts() {
        Fixture fixture = near(8);
        FixtureLog drifting = new FixtureLog();
        for (int slice = 0; slice < 8; slice++) {
            long[] values = new long[100];
            java.util.Arrays.fill(values, 2000 - 150L * slice);
            drifting.slice("event.enqueue", slice, values);
        }
        fixture.log("rwlock-inline-r2", drifting.bytes());

        String text = TextReport.of(Fixtures.summary(fixture));

        assertThat(text.replaceAll("\\s+", " "))
            .containsPattern("its median falls through the window, by 3\\d% from the first half");
        assertThat(text).contains("Not in a steady state").contains("rwlock-inline-r2")
            .containsPattern("rwlock +worse .* 7\\+8 ");
    }

    @Test
    void shouldLeaveOutLoadsThatDidNotComeAsPlannedAndCellsWhoseHeapWasCollected() {
        Fixture fixture = near(8);
        fixture.cell("rwlock-inline-r1").putArray("arrivals").addObject().put("load", "storm").put("due", 5_000)
            .put("missed", 50).put("behind", 0.02);
        fixture.cell("rwlock-inline-r2").putArray("arrivals").addObject().put("load", "storm").put("due", 5_000)
            .put("missed", 0).put("behind", 0.51);
        fixture.cell("rwlock-inline-r3").putObject("jvm").put("compiled", 4).put("collections", 1);
        fixture.cell("rwlock-inline-r4").putObject("jvm").put("compiled", 0).put("collections", 0);

        String text = TextReport.of(Fixtures.summary(fixture));

        assertThat(text.replaceAll("\\s+", " ")).contains("50 of 5000 arrivals were never started",
            "its generator was saturated: 51% of the arrivals began more than a mean gap late",
            "the heap was collected while it was measured",
            "In 1 of 2 cells no method of the suite or its libraries was compiled inside the window; most in one "
                + "cell: 4. Cells whose heap was collected inside the window: 1.");
        assertThat(text).contains("How the arrivals came, compared with their schedule")
            .containsPattern("rwlock +(?:better|worse|no difference|undecided).* 5\\+8 ")
            .containsPattern("rwlock +(?:better|worse|no difference|undecided).* 7\\+8 ");
    }

    private static Fixture near(int repeats) {
        return near(Fixture.of(List.of("mutex", "rwlock", "seqlock"), List.of("inline"), repeats));
    }

    /** The third repeat of a fixture is far on purpose; here all are alike. */
    private static Fixture near(Fixture fixture) {
        fixture.run().withArray("cells").forEach(cell ->
            fixture.cell(cell.get("id").asText()).withArray("placement").forEach(probe ->
                ((ObjectNode) probe).put("class", "near")));
        return fixture;
    }
}
