package dev.steward.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.reports.summary.RunSet;
import dev.steward.reports.summary.Summary;
import dev.steward.results.TurnPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a reader sees of a run by turns. */
class TurnReportTest {
    private static final Summary TURNED = Fixtures.summary(Fixtures.turned());

    @Test
    void shouldPrintTheGoldenSummaryAfterARun() {
        Golden.assertSealed("turns-brief.txt", TextReport.brief(TURNED));
    }

    @Test
    void shouldEndWithEveryPairAndHowTurnsWereTaken() {
        String text = TextReport.of(TURNED);

        assertThat(text.lines()).allMatch(line -> line.length() <= 72);
        assertThat(text.indexOf("\nEVERY PAIR\n")).isGreaterThan(text.indexOf("\nTAILS: ONE LONG CELL OF EACH"));
        assertThat(text.replaceAll("\\s+", " "))
            .contains("[path ring, commit] rwsem against mutex: ")
            .contains("percpu-rwsem against unguarded: worse by a factor of ")
            .contains("Turns: 12 generations of JVMs", "6 rounds in which each strategy has one turn of 100 ms")
            .contains("Budget 4.0 minutes, spent 4.0; ended at planned check 4 of 4.")
            .contains("Left out by rules fixed beforehand: 96 of 864 turns. Seen in turns: 96 x the host took the CPU.")
            .containsPattern("threads CPUs -+ handler, inline 1 handler, ring 1 attach 0 ");
    }

    @Test
    void shouldOpenEveryReportWithTheAnswer() {
        String first = "No strategy is as good as the best";
        assertThat(TextReport.of(TURNED).lines().skip(2)).first().asString().startsWith(first);
        assertThat(TextReport.brief(TURNED)).startsWith(first);
        assertThat(TerminalReport.of(RunSet.of(TURNED), 80, false, true)).startsWith(first);
        assertThat(PageDom.of(HtmlReport.of(TURNED)).texts("li").get(0)).startsWith(first);
    }

    @Test
    void shouldDrawTheSameNumbersOnThePageAsInText() {
        PageDom page = PageDom.of(HtmlReport.of(TURNED));
        List<String> texts = page.texts("text");
        String text = TextReport.of(TURNED);

        assertThat(page.elements("svg")).hasSize(6);
        assertThat(page.elements("circle").size() + texts.stream().filter("\u25b6"::equals).count()).isEqualTo(36);
        assertThat(texts.stream().filter(one -> one.contains(" to "))).hasSize(30).allMatch(text::contains);
        assertThat(page.elements("line")).allSatisfy(line ->
            assertThat(line.getAttribute("x1") + line.getAttribute("x2")).matches("\\d+\\.\\d\\d%\\d+\\.\\d\\d%"));
    }

    @Test
    void shouldCountAllocationsThatWereMadeToFailInTurnsAndCells() {
        Fixture fixture = Fixture.of(List.of("rcu-page", "mutex"), List.of("inline"), 1)
            .turns(Turns.of(7, "rcu-page", "mutex").paths("inline").generations(6, 8).failing(10));
        fixture.cell("mutex-inline-r1").put("injectedFailures", 50);

        assertThat(TextReport.of(Fixtures.summary(fixture)).replaceAll("\\s+", " "))
            .contains("1130 allocations found no memory, 50 of them in the long cells");
        assertThat(TextReport.of(TURNED)).doesNotContain("found no memory");
    }

    @Test
    void shouldTellOfNoCellsInTurnsAlone() {
        Summary summary = Fixtures.summary(Fixture.of(List.of("rcu-page", "mutex"), List.of("inline"), 0)
            .turns(Turns.of(7, "rcu-page", "mutex").paths("inline").generations(6, 8)));

        assertThat(TextReport.of(summary)).contains("in turns only,", "this run has none")
            .doesNotContain("TAILS", "STAGES", "CELLS THAT", "FOOTPRINT", "DETAILS", "Ledger", "Equal arrivals")
            .doesNotContainPattern("\n-+\n\n");
        assertThat(PageDom.of(HtmlReport.of(summary)).texts("h2"))
            .contains("How it was measured").doesNotContain("Charts", "Stages of an event");
    }

    @Test
    void shouldSayWhichFloorIsMissing() {
        Fixture fixture = Fixture.of(List.of("rcu-page", "mutex"), List.of("inline"), 1)
            .turns(Turns.of(7, "rcu-page", "mutex").paths("inline"));

        assertThat(opening(fixture))
            .contains("What the locks cost cannot be told: unguarded, which has none, is not in the run; "
                + "nor does anything show that a broken promise would be found.");
        assertThat(opening(Fixtures.turned())).doesNotContain("cannot be told");
    }

    /** Only a strategy and itself in the other build are compared: nothing may be said of any two strategies. */
    @Test
    void shouldAnswerForEachStrategyWhereTwoBuildsTookTurns() {
        List<String> names = List.of("mutex@against", "mutex", "rcu-page@against", "rcu-page");
        Fixture fixture = Fixture.of(names, List.of("inline"), 1).turns(
            Turns.of(7, names.toArray(String[]::new)).slower("rcu-page", 1.5).paths("inline").generations(30, 8));
        String text = opening(fixture);

        assertThat(text)
            .startsWith("mutex of this build against the other one, path inline: event no difference above ")
            .containsPattern("rcu-page of this build against the other one, path inline: event worse by 5\\d %")
            .doesNotContain("choice", "best", "simplest", "beyond no lock");
        assertThat(Fixtures.summary(fixture).turnVerdicts().orElseThrow().pairs()).hasSize(6)
            .allMatch(pair -> pair.first().equals(pair.second() + "@against"));
        assertThat(Fixtures.summary(fixture).notJudged()).isEmpty();
    }

    @Test
    void shouldNameWhatWasNotJudgedInTwoBuilds() {
        Fixture fixture = Fixture.of(List.of("mutex@against", "mutex"), List.of("inline"), 1)
            .turns(Turns.of(7, "mutex@against", "mutex").paths("inline").generations(4, 8));

        assertThat(Fixtures.summary(fixture).notJudged()).containsExactly("mutex, path inline");
        assertThat(opening(fixture)).doesNotContain("adds");
    }

    /** Two JVMs each: the interval of what a lock adds is wider than an event. */
    @Test
    void shouldNotSayThatALockAddsMoreThanAnEventTakes() {
        Fixture fixture = Fixture.of(List.of("unguarded", "mutex"), List.of("inline"), 1)
            .turns(Turns.of(7, "unguarded", "mutex").paths("inline").generations(2, 2));
        ((ObjectNode) fixture.run().withArray("strategies").get(0)).put("ranked", false);
        fixture.run().withArray("strategies").forEach(one -> ((ObjectNode) one).put("floor", "unguarded"));

        assertThat(opening(fixture)).contains("Path inline, against no lock: mutex adds an amount that this run cannot "
            + "tell to an event, and an amount that this run cannot tell to the commit.");
        assertThat(opening(Fixtures.turned())).contains(" against no lock: ").doesNotContain("cannot tell");
    }

    @Test
    void shouldSayWhatALockSavesWhereTheFloorTakesLonger() {
        Fixture fixture = Fixture.of(List.of("unguarded", "mutex"), List.of("inline"), 1)
            .turns(Turns.of(7, "unguarded", "mutex").slower("unguarded", 2, 1, 1).slower("mutex", 1, 1, 2)
                .paths("inline").generations(20, 8));
        ((ObjectNode) fixture.run().withArray("strategies").get(0)).put("ranked", false);
        fixture.run().withArray("strategies").forEach(one -> ((ObjectNode) one).put("floor", "unguarded"));

        assertThat(opening(fixture)).containsPattern("Path inline, against no lock: mutex takes [\\d.]+ ns "
            + "\\([\\d.]+ to [\\d.]+\\) less for an event, and adds [\\d.]+ .s \\(.* to the commit \\(");
    }

    @Test
    void shouldSayThatTheChoiceHardlyMattersWhereItDoesNot() {
        String text = opening(Fixture.of(List.of("rcu-page", "mutex"), List.of("inline"), 1)
            .turns(Turns.of(7, "rcu-page", "mutex").paths("inline").generations(30, 8)));

        assertThat(text).startsWith("The choice hardly matters: no two strategies differ by more than ")
            .contains(" % in the median event, ", " % in the median attach, ", " % in the median commit. The")
            .contains("as good as the best: events all, none differs by more than ").doesNotContain("perhaps");
    }

    @Test
    void shouldNameWhatIsLeftOpenAndWhatItWouldTake() {
        assertThat(opening(Fixtures.turned())).contains("Commits: mutex (undecided: rwsem, seqlock).")
            .containsPattern("\\d+ of 90 pairs are decided; about \\d more minutes? would decide half of the rest, "
                + "about \\d+ more minutes all of it\\.");
    }

    @Test
    void shouldSayThatNothingIsDecidedAfterTooFewGenerations() {
        String text = opening(Fixture.of(List.of("rcu-page", "mutex"), List.of("inline"), 1)
            .turns(Turns.of(7, "rcu-page", "mutex").paths("inline").generations(4, 8)));

        assertThat(text).startsWith("Nothing is decided: verdicts need 6 generations of JVMs, and the run has 4. What ")
            .contains(" 0 of 3 pairs are decided; about ")
            .doesNotContain("best", "better", "worse");
    }

    @Test
    void shouldSayWhoseTurnsWereAllLeftOut() {
        String text = TextReport.of(Fixtures.summary(Fixture.of(List.of("rcu-page", "mutex"), List.of("inline"), 1)
            .turns(Turns.of(7, "rcu-page", "mutex").paths("inline").generations(1, 2).leavingOut("mutex"))));

        assertThat(text.replaceAll("\\s+", " ")).contains("Nothing to choose from: fewer than two strategies",
            "! mutex has no figures on path inline: 2 of 2 turns left out (2 x the host took the CPU).")
            .doesNotContain("rcu-page has no figures");
    }

    @Test
    void shouldSpeakOfIntervalsOnlyWhereThereAreSome() {
        String text = TextReport.of(Fixtures.summary(Fixture.of(List.of("rcu-page", "mutex"), List.of("inline"), 1)
            .turns(Turns.of(7, "rcu-page", "mutex").paths("inline").generations(1, 2))));

        assertThat(text).contains("\nMedians\n", "Too few generations of JVMs for intervals.")
            .doesNotContain("Medians, with intervals");
        assertThat(TextReport.of(TURNED)).contains("\nMedians, with intervals\n").doesNotContain("for intervals.");
    }

    @Test
    void shouldSayWhichPrecisionWasWantedOnItsPathsOnly() {
        String text = TextReport.of(Fixtures.summary(Fixture.of(List.of("rcu-page", "mutex"), List.of("inline"), 1)
            .turns(Turns.of(7, "rcu-page", "mutex").paths("inline").wanting("inline", "ring").generations(6, 2))));

        assertThat(text.replaceAll("\\s+", " ")).contains("Wanted precision: event on path inline 5 %, attach on path "
            + "inline 20 %, commit on path inline 20 %. Left out");
    }

    @Test
    void shouldNameBrokenPromisesOfCellsAndOfTurns() {
        Fixture fixture = Fixtures.turned().violate("rwsem-ring-r1", "wrong-vsid", 3);

        assertThat(opening(fixture)).contains("BROKEN PROMISES: rwsem broke wrong-vsid (3). Promises: kept by seqlock, "
            + "mutex, rcu-page, percpu-rwsem in ").contains("unguarded, which has no lock, broke torn-snapshot (11)");
    }

    @Test
    void shouldNameWhoStarvedInItsLongCell() {
        Fixture fixture = Fixtures.turned().log("mutex-ring-r1", Fixtures.log("attach.raw", 312_000_000, 1));

        assertThat(opening(fixture)).contains("Starved: an attach of mutex took 312 ms on path ring.");
        assertThat(opening(Fixtures.turned())).doesNotContain("Starved");
    }

    @Test
    void shouldSayThatThreadsWereNotBound() {
        Fixture fixture = Fixture.of(List.of("rcu-page", "mutex"), List.of("inline"), 1).turns(Turns.of(7, "rcu-page",
            "mutex").paths("inline").placed(new TurnPlan.Placed("handler", "not bound: no such call"),
                new TurnPlan.Placed("attach", "0,2-3")));

        assertThat(opening(fixture))
            .contains("Expect twice the scatter, since threads ran on any CPU (handler, not bound: no such call).");
        assertThat(opening(Fixtures.turned())).doesNotContain("any CPU");
    }

    @Test
    void shouldHaveNoWarningBeforeTheAnswer() {
        Fixture fixture = Fixtures.turned();
        fixture.run().put("oversubscribed", true).put("status", "interrupted");
        String text = TextReport.of(Fixtures.summary(fixture));

        assertThat(text.indexOf("! The run was interrupted")).isGreaterThan(text.indexOf("Medians, with intervals"));
        assertThat(text.replaceAll("\\s+", " ")).contains("the tails are the machine's");
    }

    private static String opening(Fixture fixture) {
        String text = TextReport.brief(Fixtures.summary(fixture));
        return text.substring(0, text.indexOf("\n\n")).replaceAll("\\s+", " ");
    }
}
