package dev.steward.reports.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.reports.Turns;
import dev.steward.results.TurnPlan;
import dev.steward.results.TurnRecord;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TurnStandingTest {
    private final Turns turns = Turns.of(3, "unguarded", "mutex", "rcu-page").paths("inline");

    @Test
    void shouldShowTheUndecidedPairThatDiffersMostAndWhatIsLeft() {
        TurnStanding standing = standing(turns.slower("rcu-page", 1.15).generations(7, 8), 3, 140_000);

        assertThat(standing.enough()).isFalse();
        assertThat(standing.line()).matches(
            "(event|attach|commit) on inline: rcu-page against mutex [+]\\d+ns [+]-\\d+ns, \\d of 9 decided, "
                + "about 1 min 40 s left");
    }

    @Test
    void shouldShowTheLargestDifferenceWhenAllIsDecided() {
        TurnStanding standing = standing(turns.slower("rcu-page", 0.3).generations(40, 8), 4, 200_500);

        assertThat(standing.enough()).isTrue();
        assertThat(standing.line()).matches(
            "event on inline: rcu-page against mutex -\\d+ns [+]-[.0-9]+ns, 9 of 9 decided, about 40 s left");
    }

    /** In half of the generations it takes a thousand times as long. */
    @Test
    void shouldPrintNoFiguresOfAPairThatCannotBeToldYet() {
        Turns wild = turns.generations(6, 8);
        TurnPlan plan = wild.plan();
        TurnStanding standing = TurnStanding.of(wild.strategies(), new TurnPlan(plan.windowMs(), plan.runIn(),
            plan.rounds(), plan.generations(), plan.budgetMs(), 140_000, 3, plan.looks(), plan.precision(),
            plan.placement(), null), wild.records().stream().map(TurnStandingTest::wild).toList());

        assertThat(standing.line()).matches("(event|attach|commit) on inline: rcu-page against mutex cannot be told "
            + "yet, \\d of 9 decided, about 1 min 40 s left");
    }

    private static TurnRecord wild(TurnRecord turn) {
        double factor = turn.strategy().equals("rcu-page") && turn.generation() % 2 == 0 ? 1_000 : 1;
        return Turns.turn(turn.generation(), turn.round(), turn.position(), turn.strategy(), turn.path(), true,
            turn.figures().entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey,
                one -> new TurnRecord.Figure(one.getValue().count(), factor * one.getValue().medianNs()))));
    }

    @Test
    void shouldSayWhenThereWillBeVerdicts() {
        for (int generations : new int[] {1, 2, 5}) {
            assertThat(standing(turns.generations(generations, 8), 0, 60_000))
                .isEqualTo(new TurnStanding(false, "verdicts from generation 6 on, about 3 min 00 s left"));
        }
        assertThat(TurnStanding.of(turns.strategies(), turns.plan(), List.of()).enough()).isFalse();
    }

    @Test
    void shouldPromiseNoVerdictsWhereThereIsNoPair() {
        assertThat(standing(Turns.of(3, "mutex").paths("inline").generations(8, 8), 0, 60_000))
            .isEqualTo(new TurnStanding(false, "no pair to judge, about 3 min 00 s left"));
    }

    @Test
    void shouldShowALockAgainstTheFloorWhereItIsTheOnlyOne() {
        assertThat(standing(Turns.of(3, "unguarded", "mutex").paths("inline").generations(8, 8), 3, 60_000).line())
            .matches("(event|attach|commit) on inline: mutex against unguarded [+-].*, \\d of 3 decided, about 3 min "
                + "00 s left");
    }

    @Test
    void shouldSayHowOftenAPairHasMetWhereGroupsFollowEachOther() {
        Turns many = Turns.of(5, "mutex", "srcu", "rcu").paths("inline").generations(6, 8);
        List<TurnRecord> groups = many.records().stream().filter(turn ->
            !turn.strategy().equals(turn.generation() % 2 == 0 ? "rcu" : "srcu")).toList();

        assertThat(TurnStanding.of(many.strategies(), many.plan(), groups).line())
            .startsWith("verdicts once a pair has met in 6 generations (now 3), ");
    }

    @Test
    void shouldNeverBeEnoughBeforeTheFirstLook() {
        assertThat(standing(turns.slower("rcu-page", 0.3).generations(40, 8), 0, 50_000).enough()).isFalse();
    }

    private static TurnStanding standing(Turns of, int look, long spentMs) {
        TurnPlan plan = of.plan();
        return TurnStanding.of(of.strategies(), new TurnPlan(plan.windowMs(), plan.runIn(), plan.rounds(),
            plan.generations(), plan.budgetMs(), spentMs, look, plan.looks(), plan.precision(), plan.placement(), null),
            of.records());
    }
}
