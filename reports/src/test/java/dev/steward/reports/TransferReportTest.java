package dev.steward.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.reports.summary.RunSet;
import dev.steward.reports.transfer.Transfer;
import dev.steward.results.LockFigure.World;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a report says of a transfer, in all its forms. */
class TransferReportTest {
    private static final Transfer TRANSFER = Transfer.of(new Transferred().lock("unguarded", 6, 3)
        .lock("mutex", 20, 20).lock("rwsem", 15, 30).lock("percpu-rwsem", 8, 5)
        .lock("rcu-page", 7, 4).lock("seqlock", 9, 6).lock(World.C, "pthread-spin", null, 1, 12)
        .control(World.C, "unguarded", 7).result());

    @Test
    void shouldMarkInTextPageAndMarkdownWhoseOrderIsNotConfirmed() {
        RunSet runs = RunSet.of(Fixtures.summary(Fixtures.turned())).beside(List.of(TRANSFER));
        String sentence = "JVM only: mutex, rwsem.";

        assertThat(TextReport.of(runs)).contains(sentence).contains("mutex (JVM only)").contains("rwsem (JVM only)")
            .doesNotContain("seqlock (JVM only)")
            .doesNotContain("unguarded (JVM only)");
        assertThat(HtmlReport.of(runs, Path.of(""))).contains(sentence).contains("mutex (JVM only)");
        assertThat(MarkdownReport.of(runs)).contains(sentence).contains("mutex (JVM only)");
        assertThat(TerminalReport.of(runs, 80, false, true)).contains(sentence);
    }

    @Test
    void shouldMarkNobodyWhoseOrderIsConfirmed() {
        RunSet runs = RunSet.of(Fixtures.summary(Fixtures.turned())).beside(List.of(Transferred.confirming(
            List.of("mutex", "rwsem", "percpu-rwsem", "rcu-page", "seqlock"))));

        assertThat(TextReport.of(runs)).doesNotContain("JVM only");
    }

    @Test
    void shouldMarkEverybodyWhereNothingWasEverMeasured() {
        assertThat(TextReport.of(RunSet.of(Fixtures.summary(Fixtures.turned())).confirmedBy(Transferred.NOWHERE)))
            .contains("JVM only: mutex, percpu-rwsem, rcu-page, rwsem, seqlock.");
    }

    @Test
    void shouldConfirmNothingByATransferThatWasInterruptedEarly() {
        Transfer cut = Transfer.of(new Transferred().lock("mutex", 20, 20).lock("rwsem", 30, 30)
            .lock("percpu-rwsem", 8, 5).lock("rcu-page", 7, 4).lock("seqlock", 9, 6).generations(1).repeats(1)
            .result());
        RunSet runs = RunSet.of(Fixtures.summary(Fixtures.turned())).confirmedBy(Transferred.NOWHERE);

        assertThat(TextReport.of(runs.beside(List.of(cut))).replaceAll("\\s+", " "))
            .contains("JVM only: mutex, percpu-rwsem, rcu-page, rwsem, seqlock.")
            .contains("Interrupted after 1 generation of processes: it confirms no order, which takes 4.");
        assertThat(TextReport.of(runs.beside(List.of(TRANSFER, cut)))).contains("JVM only: mutex, rwsem.");
    }

    @Test
    void shouldShowATransferBesideTheRuns() {
        String text = TextReport.of(RunSet.of(Fixtures.summary(Fixtures.turned())).beside(List.of(TRANSFER)));

        assertThat(text).contains("THE SAME LOCKS IN C").contains("Not measured: ck-* (c): libck-dev is not installed.")
            .contains("pthread-spin  C       12ns");
        assertThat(text.replaceAll("\\s+", " ")).contains("compiler cc 12")
            .contains("1 reader: 9 of the 10 pairs whose order is certain in both worlds keep it in C. Reversed, "
                + "as the ratio of the two times: mutex/rwsem 1.33 in the JVM, 0.67 in C.");
        assertThat(text.lines().allMatch(line -> line.length() <= 72)).isTrue();
    }

    @Test
    void shouldExplainTheMarksOfTheTablesBehindTheRuns() {
        RunSet runs = RunSet.of(Fixtures.summary(Fixtures.turned())).beside(List.of(TRANSFER));
        String legend = "- no such figure (a percentile needs at least one value beyond it).";

        assertThat(TextReport.of(runs).replaceAll("\\s+", " ")).contains(legend + " THE SAME LOCKS IN C");
        assertThat(HtmlReport.of(runs, Path.of("")).replaceAll("\\s+", " "))
            .contains(legend + "</p> <details class=\"chapter\" id=\"transfer-section\">");
    }

    @Test
    void shouldNotPrintARatioThatMayBeThreeTimesAsMuch() {
        String text = TransferText.of(Transfer.of(new Transferred().lock("unguarded", 6, 3)
            .lock("mutex", 20, 20).noisy("rwsem", 15, 900).result()));

        assertThat(text).containsPattern("rwsem +unknown").contains("unknown: it is above")
            .doesNotContainPattern("\\+-\\d{4}");
    }

    @Test
    void shouldPrintATransferAlone() {
        String text = TransferText.of(TRANSFER);

        assertThat(text).contains("The order of the locks in JVM and C").contains("unguarded");
        assertThat(text.lines().allMatch(line -> line.length() <= 72)).isTrue();
        assertThat(TransferText.page(TRANSFER)).startsWith("# The same locks in a JVM and in C\n");
    }
}
