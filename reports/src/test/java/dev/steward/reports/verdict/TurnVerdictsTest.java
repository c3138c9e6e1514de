package dev.steward.reports.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steward.reports.Turns;
import dev.steward.results.TurnFigure;
import dev.steward.results.TurnPlan;
import dev.steward.results.TurnRecord;
import dev.steward.results.Verdicts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TurnVerdictsTest {
    private final Turns alike = Turns.of(7, "unguarded", "mutex", "rwlock").paths("inline");

    @Test
    void shouldCompareEachStrategyWithEveryOtherAndWithTheFloor() {
        assertThat(verdicts(alike).pairs()).filteredOn(pair -> pair.figure().equals("event"))
            .extracting(pair -> pair.first() + " " + pair.second())
            .containsExactly("unguarded mutex", "unguarded rwlock", "mutex rwlock");
        assertThat(verdicts(Turns.of(7, "mutex", "unguarded").paths("inline")).pairs())
            .allMatch(pair -> pair.first().equals("unguarded") && pair.second().equals("mutex"));
    }

    @Test
    void shouldSayWorseOfTheSlowerAndBetterOfTheFaster() {
        assertThat(verdicts(alike.slower("rwlock", 1.5)).pairs()).filteredOn(pair -> pair.second().equals("rwlock"))
            .hasSize(6).allSatisfy(pair -> {
                assertThat(pair.verdict()).isEqualTo(Verdicts.Verdict.WORSE);
                assertThat(pair.ratioLow()).isLessThan(1.5);
                assertThat(pair.ratioHigh()).isGreaterThan(1.5);
                assertThat(pair.differenceLowNs()).isPositive().isLessThan(pair.differenceNs());
                assertThat(pair.differenceHighNs()).isGreaterThan(pair.differenceNs());
            });
        assertThat(verdicts(alike.slower("rwlock", 0.6)).pairs()).filteredOn(pair -> pair.second().equals("rwlock"))
            .allMatch(pair -> pair.verdict() == Verdicts.Verdict.BETTER);
    }

    @Test
    void shouldSayNoDifferenceWhereTheWholeIntervalIsWithinThePrecision() {
        assertThat(verdicts(alike.generations(40, 8)).pairs())
            .allMatch(pair -> pair.verdict() == Verdicts.Verdict.NO_DIFFERENCE);
    }

    @Test
    void shouldGiveNoVerdictWithFewerThanSixGenerations() {
        assertThat(verdicts(alike.slower("rwlock", 9).generations(5, 8)).pairs()).isNotEmpty()
            .allMatch(pair -> pair.verdict() == Verdicts.Verdict.UNDECIDED && pair.ratioLow() != null);
        assertThat(verdicts(alike.generations(1, 8)).pairs()).isNotEmpty()
            .allMatch(pair -> pair.ratioLow() == null && pair.differenceHighNs() == null);
    }

    @Test
    void shouldLeaveOutTheRunInAndEveryTurnThatIsNotKept() {
        Set<Integer> disturbed = Set.of(2, 5);
        List<TurnRecord> turns = alike.records();
        List<TurnRecord> wild = changed(turns, turn -> turn.round() == 0 || disturbed.contains(turn.round())
            ? times(turn, turn.strategy().equals("mutex") ? 50 : 1, !turn.strategy().equals("mutex")) : turn);
        List<TurnRecord> without = changed(turns,
            turn -> disturbed.contains(turn.round()) && turn.strategy().equals("mutex") ? null : turn);

        assertThat(verdicts(wild)).isEqualTo(verdicts(without));
        assertThat(verdicts(wild).pairs()).allMatch(pair -> pair.generations() == 10 && pair.rounds()
            == (pair.first().equals("mutex") || pair.second().equals("mutex") ? 60 : 80));
    }

    @Test
    void shouldDropAGenerationWithFewerThanHalfOfItsRounds() {
        List<TurnRecord> cut = changed(alike.records(),
            turn -> turn.generation() == 10 && turn.round() > 3 ? null : turn);

        assertThat(verdicts(cut).pairs()).allMatch(pair -> pair.generations() == 9 && pair.rounds() == 72);
    }

    @Test
    void shouldNotMindWhatWholeRoundsHaveInCommon() {
        List<TurnRecord> turns = alike.records();
        List<TurnRecord> moved = changed(turns, turn -> times(turn, 1 + turn.round() * turn.generation() % 5, true));

        List<Verdicts.Pair> before = verdicts(turns).pairs();
        List<Verdicts.Pair> after = verdicts(moved).pairs();
        for (int i = 0; i < before.size(); i++) {
            assertThat(after.get(i).ratioLow()).isCloseTo(before.get(i).ratioLow(), within(1e-9));
            assertThat(after.get(i).ratioHigh()).isCloseTo(before.get(i).ratioHigh(), within(1e-9));
        }
    }

    @Test
    void shouldNotCompareWhatNobodyRecorded() {
        List<TurnRecord> still = changed(alike.records(), turn -> with(turn,
            Map.of(TurnFigure.EVENT.tag(), turn.figures().get(TurnFigure.EVENT.tag())), true));

        assertThat(verdicts(still).pairs()).hasSize(3).allMatch(pair -> pair.figure().equals("event"));
        assertThat(verdicts(still).standings()).hasSize(3);
    }

    @Test
    void shouldStateEachContestantWithItsMedian() {
        assertThat(verdicts(alike.slower("rwlock", 2)).standings()).hasSize(9).allSatisfy(standing -> {
            double median = Turns.MEDIANS.get(TurnFigure.valueOf(standing.figure().toUpperCase(java.util.Locale.ROOT)))
                * (standing.strategy().equals("rwlock") ? 2 : 1);
            assertThat(standing.medianNs()).isCloseTo(median, within(median * 0.2));
            assertThat(standing.lowNs()).isLessThan(standing.medianNs());
            assertThat(standing.highNs()).isGreaterThan(standing.medianNs());
        });
    }

    @Test
    void shouldCompareThroughTheReferenceWhatNeverMet() {
        Turns many = Turns.of(5, "mutex", "rwlock", "srcu", "rcu").slower("srcu", 2).slower("rcu", 3).paths("inline")
            .generations(20, 8);
        List<TurnRecord> groups = changed(many.records(), turn ->
            turn.strategy().equals(turn.generation() % 2 == 0 ? "rcu" : "srcu") ? null : turn);

        List<Verdicts.Pair> pairs = TurnVerdicts.of("run", many.strategies(), many.plan(), groups).pairs();

        assertThat(pairs).hasSize(18);
        assertThat(pairs).filteredOn(pair -> pair.first().equals("srcu") && pair.second().equals("rcu")).hasSize(3)
            .allSatisfy(pair -> {
                assertThat(pair.generations()).isEqualTo(10);
                assertThat(pair.rounds()).isEqualTo(160);
                assertThat(pair.ratioLow()).isLessThan(1.5);
                assertThat(pair.ratioHigh()).isGreaterThan(1.5);
            });
    }

    @Test
    void shouldSayHowMuchLongerItWouldTake() {
        List<Verdicts.Pair> undecided = verdicts(alike.generations(6, 8)).pairs().stream()
            .filter(pair -> pair.verdict() == Verdicts.Verdict.UNDECIDED).toList();

        assertThat(undecided).isNotEmpty()
            .allSatisfy(pair -> assertThat(pair.minutesMore()).isBetween(4.0 / 6, 24.0 * 60));
        assertThat(verdicts(alike.generations(40, 8)).pairs()).allMatch(pair -> pair.minutesMore() == null);
    }

    @Test
    void shouldGiveWiderIntervalsAndNoVerdictTheEarlierARunEnded() {
        double[] widths = new double[5];
        for (int look = 0; look <= 4; look++) {
            TurnPlan plan = alike.slower("rwlock", 3).plan();
            Verdicts verdicts = TurnVerdicts.of("run", alike.strategies(), new TurnPlan(plan.windowMs(), plan.runIn(),
                plan.rounds(), plan.generations(), plan.budgetMs(), plan.spentMs(), look, plan.looks(),
                plan.precision(), plan.placement(), null), alike.records());
            widths[look] = Math.log(verdicts.pairs().get(0).ratioHigh() / verdicts.pairs().get(0).ratioLow());
            assertThat(verdicts.pairs().stream().allMatch(pair -> pair.verdict() == Verdicts.Verdict.UNDECIDED))
                .isEqualTo(look == 0);
        }
        assertThat(widths[1]).isGreaterThan(widths[2]);
        assertThat(widths[2]).isGreaterThan(widths[3]);
        assertThat(widths[3]).isGreaterThan(widths[4]);
    }

    /** A long budget reaches its first looks with one or two generations, and a quantile of the far tail is huge. */
    @Test
    void shouldGiveFiniteIntervalsHoweverFewGenerationsALookSees() {
        for (int generations = 2; generations <= 7; generations++) {
            Turns turns = Turns.of(generations, "a", "b", "c", "d", "e", "f", "g").slower("g", 40).paths("ring")
                .generations(generations, 8);
            TurnPlan plan = turns.plan();
            for (int look = 0; look <= 4; look++) {
                assertThat(TurnVerdicts.of("run", turns.strategies(), new TurnPlan(plan.windowMs(), plan.runIn(),
                    plan.rounds(), generations, plan.budgetMs(), plan.spentMs(), look, plan.looks(), plan.precision(),
                    plan.placement(), null), turns.records()).pairs()).hasSize(63)
                    .allMatch(pair -> Double.isFinite(pair.ratioHigh()) && pair.ratioLow() > 0)
                    .allMatch(pair -> Double.isFinite(pair.differenceHighNs()));
            }
        }
    }

    private Verdicts verdicts(Turns turns) {
        return TurnVerdicts.of("run", turns.strategies(), turns.plan(), turns.records());
    }

    private Verdicts verdicts(List<TurnRecord> turns) {
        return TurnVerdicts.of("run", alike.strategies(), alike.plan(), turns);
    }

    private static List<TurnRecord> changed(List<TurnRecord> turns, Function<TurnRecord, TurnRecord> change) {
        List<TurnRecord> changed = new ArrayList<>();
        for (TurnRecord turn : turns) {
            TurnRecord other = change.apply(turn);
            if (other != null) {
                changed.add(other);
            }
        }
        return changed;
    }

    private static TurnRecord times(TurnRecord turn, double factor, boolean kept) {
        return with(turn, turn.figures().entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey,
            entry -> new TurnRecord.Figure(entry.getValue().count(), entry.getValue().medianNs() * factor))), kept);
    }

    private static TurnRecord with(TurnRecord turn, Map<String, TurnRecord.Figure> figures, boolean kept) {
        return Turns.turn(turn.generation(), turn.round(), turn.position(), turn.strategy(), turn.path(), kept,
            figures);
    }
}
