package dev.steward.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.reports.summary.RunSet;
import dev.steward.reports.summary.Summary;
import org.junit.jupiter.api.Test;

/** What a reader sees of a run by turns. */
class TurnReportTest {
    private static final Summary TURNED = Fixtures.summary(Fixtures.turned());

    @Test
    void shouldPrintTheGoldenReports() {
        Golden.assertSealed("turns.txt", TextReport.of(TURNED));
        Golden.assertSealed("turns-brief.txt", TextReport.brief(TURNED));
    }

    @Test
    void shouldOpenEveryReportWithTheAnswer() {
        String first = "No strategy is as good as the best";
        assertThat(TextReport.of(TURNED).lines().skip(2)).first().asString().startsWith(first);
        assertThat(TextReport.brief(TURNED)).startsWith(first);
        assertThat(TerminalReport.of(RunSet.of(TURNED), 80, false, true)).startsWith(first);
        assertThat(PageDom.of(HtmlReport.of(TURNED)).texts("li").get(0)).startsWith(first);
    }
}
