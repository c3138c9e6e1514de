package dev.steward.reports.summary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.results.RunManifest;
import dev.steward.results.TurnFigure;
import dev.steward.results.Verdicts;
import dev.steward.results.Verdicts.Pair;
import dev.steward.results.Verdicts.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContestTest {
    private final List<Pair> pairs = new ArrayList<>();

    @Test
    void shouldTakeForBestTheLowestByPairsAndNotByMedians() {
        add("mutex", "rcu", 0.9, 0.88, 0.92, Verdict.BETTER);
        add("mutex", "rwsem", 1.01, 0.98, 1.04, Verdict.NO_DIFFERENCE);
        add("rwsem", "rcu", 0.89, 0.87, 0.91, Verdict.BETTER);
        Contest contest = contest(contestant("mutex", 1, 500), contestant("rwsem", 2, 505),
            contestant("rcu", 5, 900));

        assertThat(contest.best().orElseThrow().name()).isEqualTo("rcu");
        assertThat(contest.asGoodAsBest()).containsExactly("rcu");
        assertThat(contest.againstBest(Verdict.WORSE)).extracting(Pair::second).containsExactly("mutex", "rwsem");
        assertThat(contest.noDifferenceAbove()).isEmpty();
    }

    @Test
    void shouldLeaveWhatIsUndecidedOutOfThoseThatAreAsGood() {
        add("mutex", "rcu", 0.97, 0.90, 1.05, Verdict.UNDECIDED);
        add("mutex", "rwsem", 1.01, 0.98, 1.04, Verdict.NO_DIFFERENCE);
        add("rwsem", "rcu", 0.96, 0.93, 0.99, Verdict.NO_DIFFERENCE);
        Contest contest = contest(contestant("mutex", 1, 500), contestant("rwsem", 2, 505),
            contestant("rcu", 5, 480));

        assertThat(contest.asGoodAsBest()).containsExactly("rwsem", "rcu");
        assertThat(contest.againstBest(Verdict.UNDECIDED)).extracting(Pair::second).containsExactly("mutex");
    }

    @Test
    void shouldBoundTheDifferenceOfAllWhereNoPairDiffers() {
        add("mutex", "rwsem", 1.01, 0.96, 1.02, Verdict.NO_DIFFERENCE);
        add("floor", "mutex", 1.3, 1.2, 1.4, Verdict.WORSE);
        Contest contest = contest(contestant("mutex", 1, 500), contestant("rwsem", 2, 505),
            contestant("floor", 9, 400));

        assertThat(contest.noDifferenceAbove().orElseThrow()).isEqualTo(1 / 0.96 - 1);
        assertThat(contest.cost(contest.simplest()).orElseThrow().ratio()).isEqualTo(1.3);
        assertThat(contest.ranked()).extracting(Contest.Contestant::name).containsExactly("mutex", "rwsem");
    }

    @Test
    void shouldDrawNoPanelOfPairsThatTheRunCannotTellAndNoScaleForThem() {
        add("mutex", "rcu", 1, 1e-7, 2e8, Verdict.UNDECIDED);
        assertThat(Forest.of(List.of(contest(contestant("mutex", 1, 500), contestant("rcu", 5, 480))))).isEmpty();

        add("mutex", "rwsem", 1.01, 0.98, 1.04, Verdict.NO_DIFFERENCE);
        add("mutex", "percpu", 3, 1.2, 400, Verdict.WORSE);
        Forest panel = Forest.of(List.of(contest(contestant("mutex", 1, 500), contestant("rwsem", 2, 505),
            contestant("rcu", 5, 480), contestant("percpu", 6, 1500)))).get(0);

        assertThat(panel.toNs()).as("up to percpu, and not to the end of its interval").isBetween(1_000.0, 2_000.0);
    }

    @Test
    void shouldDrawWhatIsFarOutAtTheEdge() {
        add("mutex", "rwsem", 1.01, 0.98, 1.04, Verdict.NO_DIFFERENCE);
        add("mutex", "rcu", 0.97, 0.90, 1.05, Verdict.UNDECIDED);
        add("mutex", "percpu", 90, 80, 100, Verdict.WORSE);
        Forest panel = Forest.of(List.of(contest(contestant("mutex", 1, 500), contestant("rwsem", 2, 505),
            contestant("rcu", 5, 480), contestant("percpu", 2, 50_000)))).get(0);

        assertThat(panel.reference()).isEqualTo("mutex");
        assertThat(panel.marks()).extracting(mark -> panel.beyond(mark.differenceNs())).containsExactly(0, 0, 0, 1);
        assertThat(panel.place(0)).isBetween(0.5, 0.7);
        assertThat(panel.place(1e6)).isEqualTo(1);
        assertThat(panel.fromNs()).isLessThan(-50);
    }

    private void add(String first, String second, double ratio, double low, double high, Verdict verdict) {
        pairs.add(new Pair("ring", "event", first, second, verdict, ratio, low, high, 500 * (ratio - 1),
            500 * (low - 1), 500 * (high - 1), 0.05, 10, 60, null));
    }

    private Contest contest(Contest.Contestant... contestants) {
        return new Contest("ring", TurnFigure.EVENT, List.of(contestants), pairs);
    }

    private static Contest.Contestant contestant(String name, int simplicity, double medianNs) {
        return new Contest.Contestant(new RunManifest.StrategyInfo(name, "", "", !name.equals("floor"), "", null, null,
            null, null, "", "", "floor", simplicity, null),
            new Verdicts.Standing("ring", "event", name, medianNs, null, null, 10));
    }
}
