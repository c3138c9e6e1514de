package dev.steward.reports.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steward.reports.GuideText;
import dev.steward.reports.Transferred;
import dev.steward.results.GridData;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** By turns: an event counts as the same within 10 % on path ring, an attach within 20 %. */
class ChoiceTest {
    private static final Map<String, Integer> SIMPLICITY = Map.of("mutex", 1, "rwsem", 2, "rcu", 5, "seqlock", 7);
    private static final Map<String, Double> QUICK =
        Map.of("ring event", 5_000.0, "ring attach", 4_000.0, "ring commit", 400.0);

    private static Advice ask(GridData.Result... results) {
        return new Guide(Grids.byTurns(SIMPLICITY, results)).ask(Question.ofDriver(
            Map.of("storm.rate", 20_000.0, "churn.rate", 1_000.0)));
    }

    private static List<String> best(GridData.Result... results) {
        return ask(results).best().stream().map(option -> option.strategy().name()).toList();
    }

    @Test
    void shouldPutAllThatAreAsGoodSimplestFirst() {
        assertThat(best(Grids.turns("seqlock", 5_000, 250, 4_000, 500), Grids.turns("rcu", 5_200, 240, 4_100, 900),
            Grids.turns("mutex", 5_300, 260, 4_300, 480))).containsExactly("mutex", "rcu", "seqlock");
    }

    @Test
    void shouldTakeTheShortestEventThenTheShortestAttach() {
        GridData.Result slowEvent = Grids.turns("mutex", 6_000, 260, 1_000, 400);
        GridData.Result slowAttach = Grids.turns("rcu", 5_000, 250, 9_000, 400);
        GridData.Result neither = Grids.turns("seqlock", 5_200, 250, 4_000, 400);

        assertThat(best(slowEvent, slowAttach, neither)).containsExactly("seqlock");
        assertThat(ask(slowEvent, slowAttach, neither).options())
            .extracting(option -> option.strategy().name()).containsExactly("seqlock", "rcu", "mutex");
        assertThat(ask(slowEvent, slowAttach, neither).otherRules()).isEqualTo(
            Map.of("event alone", "rcu", "attach alone", "mutex", "processor time", "mutex"));
    }

    @Test
    void shouldKeepWhatIsNotShownToBeWorse() {
        // 15 % slower on average, but from JVM to JVM anything between half and twice.
        Map<String, Double> slower = Map.of("ring event", 5_750.0, "ring attach", 4_000.0, "ring commit", 400.0);

        assertThat(best(Grids.turns("rcu", QUICK, 1, 1, 1, 1), Grids.turns("mutex", slower, 0.55, 1.8, 0.6, 1.7)))
            .containsExactly("mutex", "rcu");
        assertThat(best(Grids.turns("rcu", QUICK, 1, 1, 1, 1), Grids.turns("mutex", slower, 0.99, 1, 1.01, 1)))
            .containsExactly("rcu");
    }

    /** A generation that is slow for all says nothing of any. */
    @Test
    void shouldCompareWithinGenerations() {
        Map<String, Double> slower = Map.of("ring event", 6_000.0, "ring attach", 4_000.0, "ring commit", 400.0);

        assertThat(best(Grids.turns("rcu", QUICK, 0.5, 1, 2, 4), Grids.turns("mutex", slower, 0.5, 1.01, 2, 3.99)))
            .containsExactly("rcu");
    }

    private static String text(GridData.Result... results) {
        GridData grid = Grids.byTurns(SIMPLICITY, results);
        return GuideText.of(grid, "here", ask(results), Transferred.confirming(grid));
    }

    @Test
    void shouldSayFirstThatTheChoiceHardlyMatters() {
        String text = text(
            Grids.turns("rcu", 5_000, 250, 4_000, 500), Grids.turns("mutex", 5_100, 250, 4_100, 400));

        assertThat(text).startsWith("The choice hardly matters.\nUse mutex: ")
            .contains("As good, simplest first: rcu.");
        assertThat(text.replaceAll("\\s+", " ")).contains(
            "The rule, on path ring: of those whose event is within 10 % of the shortest, those whose attach is within "
                + "20 % of the shortest, and of these the simplest.",
            "By other rules: event alone mutex, attach alone mutex, ");
        assertThat(text.lines()).allMatch(line -> line.length() <= 72);
        assertThat(text(Grids.turns("rcu", 5_000, 250, 4_000, 500), Grids.turns("mutex", 9_100, 250, 4_100, 400)))
            .startsWith("Use rcu:");
    }

    /** Where the values scatter too much to show a difference, there may still be one. */
    @Test
    void shouldNotCallTheChoiceUnimportantWhereNothingIsShown() {
        assertThat(text(Grids.turns("rcu", QUICK, 1, 1, 1, 1), Grids.turns("mutex", QUICK, 0.6, 1.7, 0.7, 1.5)))
            .startsWith("No strategy is shown to be better than another.\nUse mutex: ");
    }

    /** Work by generation: 300 ns x 20,000 + 500 ns x 1,000 against 240 and 500, in each of six. */
    @Test
    void shouldJudgeByTurnsWhatFollowingItCosts() {
        Guide guide = new Guide(Grids.byTurns(SIMPLICITY, Grids.turns("mutex", 5_000, 250, 4_000, 500),
            Grids.turns("rcu", 5_100, 250, 4_000, 500)));
        GridData there = Grids.byTurns(SIMPLICITY, Grids.turns("mutex", 6_000, 300, 4_000, 500),
            Grids.turns("rcu", 5_000, 240, 4_000, 500));

        Regret regret = Regret.of(guide, there);

        assertThat(regret.scenarios()).singleElement().satisfies(one -> {
            double lost = 6_500.0 / 5_300 - 1;
            assertThat(one.recommended()).isEqualTo("mutex");
            assertThat(one.best()).isEqualTo("rcu");
            assertThat(one.regret().value()).isCloseTo(lost, within(1e-9));
            // Both JVMs of a generation scatter alike, so nothing is left of it in the ratio.
            assertThat(one.regret().low()).isCloseTo(lost, within(1e-9));
            assertThat(one.heldOut()).isCloseTo(lost, within(1e-9));
            assertThat(one.event()).isCloseTo(0.2, within(1e-9));
            assertThat(one.attach()).isCloseTo(0, within(1e-9));
        });
        assertThat(GuideText.of(regret, there).replaceAll("\\s+", " ")).contains(
            "Held out (the best chosen by all generations", "always rcu", "regret 22.6%, interval 22.6% to 22.6%");
    }

    @Test
    void shouldPutLastWhoDoesNotSayHowSimpleItIs() {
        assertThat(best(Grids.turns("odd", 5_000, 250, 4_000, 500), Grids.turns("seqlock", 5_000, 250, 4_000, 500)))
            .containsExactly("seqlock", "odd");
    }
}
