package dev.steward.reports.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steward.reports.Turns;
import dev.steward.results.Tags;
import dev.steward.results.TurnFigure;
import dev.steward.results.TurnRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TurnRoundsTest {
    private static TurnRecord turn(int generation, int round, String strategy, String path, boolean kept, double ns) {
        return Turns.turn(generation, round, 1, strategy, path, kept, Map.of(
            Tags.EVENT_ENQUEUE_RAW, new TurnRecord.Figure(100, ns), Tags.ATTACH_RAW, new TurnRecord.Figure(0, 0),
            Tags.ATTACH_COMMIT, new TurnRecord.Figure(10, 2 * ns)));
    }

    private static TurnRounds rounds(List<TurnRecord> turns) {
        return TurnRounds.of(turns, Turns.of(1).generations(4, 2).plan(), "ring");
    }

    private static Map<Integer, Double> events(List<TurnRecord> turns, String strategy) {
        Map<Integer, Double> ns = new TreeMap<>();
        rounds(turns).logs(TurnFigure.EVENT).get(strategy)
            .forEach((generation, log) -> ns.put(generation, Math.round(10 * Math.exp(log)) / 10.0));
        return ns;
    }

    private static TurnRecord awake(String strategy, double ns, double awakeNs) {
        return Turns.turn(1, 1, 1, strategy, "ring", true, Map.of(
            Tags.EVENT_ENQUEUE_RAW, new TurnRecord.Figure(100, ns),
            Tags.EVENT_ENQUEUE_AWAKE, new TurnRecord.Figure(100, awakeNs)));
    }

    @Test
    void shouldCompareEventsFromWhenTheirHandlerIsAwakeUnlessABuildDoesNotKnow() {
        List<TurnRecord> turns = List.of(awake("a", 9_000, 100), awake("b", 5_000, 200));
        assertThat(events(turns, "a")).containsEntry(1, 100.0);
        assertThat(events(turns, "b")).containsEntry(1, 200.0);

        List<TurnRecord> ofTwoBuilds = List.of(turns.get(0), turn(1, 1, "b", "ring", true, 5_000));
        assertThat(events(ofTwoBuilds, "a")).containsEntry(1, 9_000.0);
        assertThat(events(ofTwoBuilds, "b")).containsEntry(1, 5_000.0);
    }

    @Test
    void shouldFreeAStrategyFromWhatItsRoundsHaveInCommon() {
        // The machine is at times three times as slow, and "b" is 10 % slower than "a" throughout.
        List<TurnRecord> turns = new ArrayList<>();
        Random random = new Random(1);
        for (int generation = 1; generation <= 4; generation++) {
            for (int round = 1; round <= 5; round++) {
                double machine = 1_000 * (1 + 2 * random.nextDouble());
                turns.add(turn(generation, round, "a", "ring", true, machine));
                turns.add(turn(generation, round, "b", "ring", true, 1.1 * machine));
                turns.add(turn(generation, round, "c", "ring", true, 0.9 * machine));
            }
        }

        for (int generation = 1; generation <= 4; generation++) {
            assertThat(events(turns, "b").get(generation) / events(turns, "a").get(generation))
                .isCloseTo(1.1, within(1e-3));
        }
        assertThat(events(turns, "a").get(1)).isBetween(1_000.0, 3_000.0);
    }

    @Test
    void shouldCountNeitherTheRunInNorATurnThatIsLeftOut() {
        List<TurnRecord> turns = new ArrayList<>(List.of(
            turn(1, 0, "a", "ring", true, 9_000), turn(1, 0, "b", "ring", true, 9_000),
            turn(1, 1, "a", "ring", true, 100), turn(1, 1, "b", "ring", true, 100),
            turn(1, 2, "a", "ring", false, 5_000), turn(1, 2, "b", "ring", false, 70),
            turn(1, 1, "a", "inline", true, 40)));

        assertThat(events(turns, "a")).isEqualTo(Map.of(1, 100.0));
        assertThat(events(turns, "b")).isEqualTo(Map.of(1, 100.0));
        turns.sort(Comparator.comparing(TurnRecord::round).reversed());
        assertThat(events(turns, "a")).as("whatever the order").isEqualTo(Map.of(1, 100.0));
    }

    /** In the third round the machine is slow, and a is missing: b and c are neighbours there all the same. */
    @Test
    void shouldKeepTheRestOfARoundOfWhichOneTurnIsLeftOut() {
        List<TurnRecord> turns = List.of(
            turn(1, 1, "a", "ring", true, 100), turn(1, 1, "b", "ring", true, 200), turn(1, 1, "c", "ring", true, 400),
            turn(1, 2, "a", "ring", true, 101), turn(1, 2, "b", "ring", true, 202), turn(1, 2, "c", "ring", true, 404),
            turn(1, 3, "a", "ring", false, 7),
            turn(1, 3, "b", "ring", true, 900), turn(1, 3, "c", "ring", true, 2_700));

        assertThat(rounds(turns).paired(TurnFigure.EVENT, "b", "c").rounds()).isEqualTo(3);
        assertThat(rounds(turns).paired(TurnFigure.EVENT, "a", "c").rounds()).isEqualTo(2);
        assertThat(events(turns, "b").get(1) / events(turns, "a").get(1)).isCloseTo(2, within(0.01));
        assertThat(events(turns, "c").get(1) / events(turns, "b").get(1)).isCloseTo(2, within(0.01));
    }

    @Test
    void shouldSayNothingOfWhatDidNotHappen() {
        List<TurnRecord> one = List.of(turn(1, 1, "a", "ring", true, 100));

        assertThat(rounds(one).logs(TurnFigure.ATTACH)).isEmpty();
        assertThat(rounds(one).logs(TurnFigure.COMMIT, "a")).hasSize(1);
        assertThat(rounds(one).logs(TurnFigure.COMMIT, "b")).isEmpty();
    }

    /** The sign of a difference in the table of medians is that of the pair. */
    @Test
    void shouldStateMediansThatDifferAsNeighboursDo() {
        List<TurnRecord> turns = new ArrayList<>();
        // "b" is always 5 % slower, but was left out of the two slow rounds.
        double[] machine = {100, 100, 100, 300, 300};
        for (int round = 1; round <= machine.length; round++) {
            turns.add(turn(1, round, "a", "ring", true, machine[round - 1]));
            turns.add(turn(1, round, "c", "ring", true, machine[round - 1]));
            if (machine[round - 1] < 300) {
                turns.add(turn(1, round, "b", "ring", true, 1.05 * machine[round - 1]));
            }
        }

        assertThat(events(turns, "b").get(1)).isGreaterThan(events(turns, "a").get(1));
    }

    @Test
    void shouldStandOnTheMiddleRound() {
        assertThat(events(List.of(turn(1, 1, "a", "ring", true, 400), turn(1, 2, "a", "ring", true, 100),
            turn(1, 3, "a", "ring", true, 200)), "a")).isEqualTo(Map.of(1, 200.0));
    }

    /** Each contestant is twice as slow as the one before; most are missing where the machine is slow. */
    @Test
    void shouldPolishUntilMissingTurnsMoveNothing() {
        Map<String, Map<Integer, Double>> logs = rounds(List.of(
            turn(1, 1, "a", "ring", true, 100), turn(1, 2, "b", "ring", true, 3_200),
            turn(1, 2, "c", "ring", true, 6_400), turn(1, 3, "a", "ring", true, 100),
            turn(1, 3, "b", "ring", true, 200), turn(1, 3, "c", "ring", true, 400), turn(1, 4, "c", "ring", true, 400),
            turn(1, 5, "a", "ring", true, 100), turn(1, 5, "b", "ring", true, 200),
            turn(1, 5, "c", "ring", true, 400))).logs(TurnFigure.EVENT);

        assertThat(logs.get("b").get(1) - logs.get("a").get(1)).isCloseTo(Math.log(2), within(0.01));
        assertThat(logs.get("c").get(1) - logs.get("a").get(1)).isCloseTo(Math.log(4), within(0.01));
    }

    /** Of five rounds three are half, and two are not. */
    @Test
    void shouldPairOverGenerationsOfWhichHalfTheRoundsCount() {
        List<TurnRecord> turns = new ArrayList<>();
        for (int round = 1; round <= 3; round++) {
            turns.add(turn(1, round, "a", "ring", true, 100));
            turns.add(turn(1, round, "b", "ring", true, 200));
            turns.add(turn(2, round, "a", "ring", true, 100));
            turns.add(turn(2, round, "b", "ring", round != 2, 900));
        }
        TurnRounds.Paired ofFive = TurnRounds.of(turns, Turns.of(1).generations(2, 5).plan(), "ring")
            .paired(TurnFigure.EVENT, "a", "b");
        TurnRounds.Paired ofFour = TurnRounds.of(turns, Turns.of(1).generations(2, 4).plan(), "ring")
            .paired(TurnFigure.EVENT, "a", "b");

        assertThat(ofFive.logs()).containsExactly(Math.log(2));
        assertThat(ofFive.rounds()).isEqualTo(3);
        assertThat(ofFour.logs()).containsExactly(Math.log(2), Math.log(9));
        assertThat(ofFour.rounds()).isEqualTo(5);
    }

    @Test
    void shouldDropAContestantOfAGenerationWithFewerThanHalfOfItsRounds() {
        TurnRounds few = TurnRounds.of(List.of(turn(1, 1, "a", "ring", true, 100), turn(1, 2, "a", "ring", true, 100),
            turn(1, 1, "b", "ring", true, 100)), Turns.of(1).generations(1, 4).plan(), "ring");

        assertThat(few.logs(TurnFigure.EVENT)).containsOnlyKeys("a");
    }
}
