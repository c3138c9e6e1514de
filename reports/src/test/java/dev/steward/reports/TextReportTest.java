package dev.steward.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.reports.summary.Summary;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TextReportTest {
    @Test
    void shouldPrintTheGoldenReport() {
        Golden.assertSealed("report.txt", TextReport.of(Fixtures.standard()));
    }

    @Test
    void shouldPrintTheGoldenTableAfterARun() {
        Golden.assertSealed("table.txt", TextReport.brief(Fixtures.standard()));
    }

    @Test
    void shouldPrintTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            Golden.assertSealed("report.txt", TextReport.of(Fixtures.standard()));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void shouldStayAsciiWithin72ColumnsWhateverTheFilesSay() {
        Fixture fixture = Fixture.of(
            List.of("a-strategy-with-quite-a-long-name", "b".repeat(90)), List.of("ring", "inline"), 2);
        // An argument that is longer than a line is printed whole, so that the command can be pasted back.
        fixture.run().put("command", "./steward run " + "--set a=b ".repeat(20));
        fixture.run().put("name", "n\u00e4me \u001b[31mred").put("scenarioDescription", "\u4e2d".repeat(200));
        fixture.run().withArray("limits").add("x".repeat(300));
        fixture.run().withArray("environment").addObject().put("key", "k".repeat(99)).put("value", "v\n\tw");
        fixture.invalidate("a-strategy-with-quite-a-long-name-ring-r1", "r\r\n".repeat(99));

        for (String text : List.of(TextReport.of(Fixtures.summary(fixture)),
            TextReport.brief(Fixtures.summary(fixture)))) {
            assertThat(text.lines()).allMatch(line -> line.length() <= 72);
            assertThat(text.chars()).allMatch(character -> character == '\n' || character >= ' ' && character < 127);
        }
    }

    @Test
    void shouldSayThatARunWasInterruptedOrIsStillAtWork() {
        Fixture fixture = Fixture.of(List.of("mutex"), List.of("ring"), 2).neverRan("mutex-ring-r2");
        fixture.run().put("status", "interrupted");
        String text = TextReport.of(Fixtures.summary(fixture));

        assertThat(text).contains("! The run was interrupted: this shows what had finished.")
            .contains("1 of 2 cells in the\n  figures, 1 not run").contains("not run mutex-ring-r2");

        fixture.run().put("status", "running").remove("finishedAt");
        assertThat(TextReport.of(Fixtures.summary(fixture))).contains("! The run is still at work or was killed")
            .contains("not finished");
    }

    @Test
    void shouldShowInvalidationsOnlyWhereThereAreSome() {
        List<String> strategies = List.of("mutex", "rwlock");
        Fixture fixture = Fixture.of(strategies, List.of("inline"), 2);
        assertThat(TextReport.of(Fixtures.summary(fixture))).doesNotContain("Invalidations:");

        fixture.invalidating(strategies);
        fixture.cell("rwlock-inline-r1").remove("invalidations");
        fixture.cell("rwlock-inline-r2").remove("invalidations");
        assertThat(TextReport.of(Fixtures.summary(fixture))).contains("Invalidations: intended start of a batch until")
            .containsPattern("mutex +15984 +340 +\\S+us +\\S+us +\\S+us +\\S+us +\\S+us\n")
            .containsPattern("rwlock +- +- +- +- +- +- +-\n");
    }

    @Test
    void shouldShowWhatIsInconsistentOnlyUnderADesignThatIs() {
        Fixture fixture = Fixture.of(List.of("mutex", "rwlock"), List.of("inline"), 2);
        fixture.cell("mutex-inline-r1").withObject("/deliveries").withArray("windows").addObject()
            .put("window", "OPS").put("staleSameGuest", 0).put("crossGuest", 0).put("lost", 0).put("oldestNs", 0)
            .put("meaning", "what OPS is");
        assertThat(TextReport.of(Fixtures.summary(fixture))).doesNotContain("attach inconsistent")
            .contains("Deliveries: stale and to another guest: the same in all 2 rows: right");

        fixture.cell("rwlock-inline-r2").withObject("/deliveries").withArray("windows").addObject()
            .put("window", "OPS").put("staleSameGuest", 3).put("crossGuest", 14).put("lost", 15).put("oldestNs", 9_200)
            .put("meaning", "what OPS is");
        assertThat(TextReport.of(Fixtures.summary(fixture))).contains("vDEVICE ops and attach inconsistent")
            .containsPattern("rwlock +3 +14 +15 +9.20us\n").containsPattern("mutex +0 +0 +0 +-\n");
    }

    @Test
    void shouldSaySoWhenNoCellFinished() {
        Fixture fixture = Fixture.of(List.of("mutex"), List.of("ring"), 1).neverRan("mutex-ring-r1");

        assertThat(TextReport.of(Fixtures.summary(fixture))).contains("The oracles made no check, and say nothing.")
            .contains("mutex     0/1         -    -    -      -    -").doesNotContain("No violation");
    }

    @Test
    void shouldShowWhatADamagedLogHoldsByItselfAndNowhereElse() {
        Fixture whole = Fixture.of(List.of("mutex", "rwlock"), List.of("ring"), 1);
        byte[] log = Fixtures.log("attach", 5000, 200);
        whole.log("mutex-ring-r1", Arrays.copyOf(log, log.length + 3));
        Summary summary = Fixtures.summary(whole);

        assertThat(TextReport.of(summary)).contains("figures, 1 partial.", "partial mutex-ring-r1",
            "cells/mutex-ring-r1.hlog: cut off in its last line", "DAMAGED LOGS")
            .containsPattern("mutex-ring-r1 +attach +1\\.0s +200 +5\\.00us");
        assertThat(PageDom.of(HtmlReport.of(summary)).texts("h2")).contains("Damaged logs");
        assertThat(summary.paths().get(0).ranked().get(0).of("attach").count()).isZero();
        assertThat(summary.paths().get(0).ranked().get(0).valid()).isZero();
    }

    @Test
    void shouldWarnOfOversubscriptionUnequalArrivalsAndMixedPlacement() {
        Fixture fixture = Fixture.of(List.of("mutex", "rwlock"), List.of("inline"), 3);
        fixture.run().put("oversubscribed", true);
        fixture.cell("mutex-inline-r2").put("arrivalsDigest", "other");

        assertThat(TextReport.of(Fixtures.summary(fixture)).replaceAll("\\s+", " "))
            .contains("! Oversubscribed: a cell had more threads that may run at once than the 8 cores.")
            .contains("UNEQUAL ARRIVALS in inline r2")
            .contains("Path inline merges cells of placement classes far, near");
    }

    /** Also of a folder from before guests had contexts of their own: its churn was that stress. */
    @Test
    void shouldSayThatNoVmmCanProduceTheChurnWhereGuestsShareAContext() {
        Fixture fixture = Fixture.of(List.of("mutex"), List.of("ring"), 1);
        String warning = "! Stress: all guests share one iommufd context (churn.within=any)";
        fixture.run().withObject("/scenario").put("churn.within", "guest");
        assertThat(TextReport.of(Fixtures.summary(fixture)).replaceAll("\\s+", " ")).doesNotContain(warning);
        fixture.run().withObject("/scenario").put("churn.within", "any");

        assertThat(TextReport.of(Fixtures.summary(fixture)).replaceAll("\\s+", " ")).contains(warning);
        assertThat(TextReport.brief(Fixtures.summary(fixture))).contains("! Stress: all guests share");
        assertThat(HtmlReport.of(Fixtures.summary(fixture))).contains("Stress: all guests share one iommufd context");
    }

    @Test
    void shouldPrintADashForAnOracleThatDidNotCheck() {
        Fixture fixture = Fixture.of(List.of("mutex"), List.of("ring"), 1);
        fixture.cell("mutex-ring-r1").withArray("oracles").forEach(oracle ->
            ((ObjectNode) oracle).put("checks", 0));

        assertThat(TextReport.of(Fixtures.summary(fixture)))
            .contains("mutex        -     -     -     -    -      -      -       0")
            .contains("The oracles made no check").doesNotContain("No violation");
    }

    @Test
    void shouldShowStalledFaultsOnlyWhereSomeWaited() {
        Fixture fixture = Fixture.of(List.of("mutex", "rwlock"), List.of("ring"), 2);
        assertThat(TextReport.of(Fixtures.summary(fixture))).doesNotContain("Stalled faults");

        ((ObjectNode) fixture.cell("mutex-ring-r1").get("stalls")).put("queued", 7).put("answered", 5)
            .put("answeredAutomatically", 2).put("answeredTooLate", 1);
        fixture.cell("rwlock-ring-r1").remove("stalls");
        assertThat(TextReport.of(Fixtures.summary(fixture))).contains("Stalled faults")
            .containsPattern("resumed-once\\s+and\\s+fault-fence\\s+watch")
            .containsPattern("mutex +7 +5 +2 +1 +6 +0 +- +- +-").containsPattern("rwlock +0 +0 +0 +0 +3 +0 +- +- +-");
    }

    @Test
    void shouldShowStalledFaultsThatWaitedInTheirDevicesAlone() {
        Fixture fixture = Fixture.of(List.of("mutex", "rwlock"), List.of("ring"), 2);
        ((ObjectNode) fixture.cell("mutex-ring-r1").get("stalls")).put("refused", 9);
        ((ObjectNode) fixture.cell("rwlock-ring-r1").get("stalls")).remove("refused");
        for (String cell : List.of("mutex-ring-r1", "mutex-ring-r2")) {
            ((ObjectNode) fixture.cell(cell).get("stalls")).put("throughFreedHandle", 2);
        }

        assertThat(TextReport.of(Fixtures.summary(fixture)))
            .containsPattern("mutex +0 +0 +0 +0 +6 +9 +4 +- +-").containsPattern("rwlock +0 +0 +0 +0 +6 +- +- +- +-");
    }

    @Test
    void shouldTellWhatTheDriverPrintsWhereCellsKnow() {
        Fixture fixture = Fixture.of(List.of("mutex", "rwlock"), List.of("ring"), 2);
        assertThat(TextReport.of(Fixtures.summary(fixture))).doesNotContain("The driver prints");

        fixture.cell("mutex-ring-r1").putObject("prints").put("events", 10).put("suppressed", 7).put("overflows", 1);
        fixture.cell("rwlock-ring-r2").putObject("prints").put("events", 5).put("suppressed", 0).put("overflows", 0);
        assertThat(TextReport.of(Fixtures.summary(fixture)).replaceAll("\\s+", " ")).contains(
            "The driver prints 15 events that it cannot pass on, leaves out 7 (10 in 5s for all SMMUs), and tells of "
                + "1 overflow.");
    }

    @Test
    void shouldCountAllocationsThatWereMadeToFail() {
        Fixture fixture = Fixture.of(List.of("mutex", "rwlock"), List.of("ring"), 2);
        assertThat(TextReport.of(Fixtures.summary(fixture))).doesNotContain("Injected failures");

        fixture.cell("mutex-ring-r1").put("injectedFailures", 30);
        fixture.cell("rwlock-ring-r2").put("injectedFailures", 12);
        assertThat(TextReport.of(Fixtures.summary(fixture)).replaceAll("\\s+", " "))
            .contains("42 allocations found no memory");
    }

    @Test
    void shouldClaimNoWinnerWhenNothingCouldBeTested() {
        assertThat(TextReport.of(Fixtures.standard()).toLowerCase(Locale.ROOT))
            .doesNotContain("better", "worse", "winner", "best", "fastest");
    }
}
