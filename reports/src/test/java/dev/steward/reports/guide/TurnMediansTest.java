package dev.steward.reports.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steward.results.CellRecord;
import dev.steward.results.GridData;
import dev.steward.results.Tags;
import dev.steward.results.TurnRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TurnMediansTest {
    static TurnRecord turn(int generation, int round, String strategy, String path, boolean kept, double eventNs) {
        return new TurnRecord(generation, round, 1, strategy, path, kept, List.of(), Map.of(
            Tags.EVENT_ENQUEUE_RAW, new TurnRecord.Figure(100, eventNs),
            Tags.ATTACH_RAW, new TurnRecord.Figure(0, 0),
            Tags.ATTACH_COMMIT, new TurnRecord.Figure(10, 2 * eventNs)), List.of(),
            new CellRecord.Ledger(0, 0, 0, 0, 0, 0, 0, 0L, 0, 0, 0L, 0L, 0, 0), Map.of());
    }

    private static Map<Integer, Double> events(List<TurnRecord> turns, String strategy) {
        return TurnMedians.of(turns).get(strategy).stream().filter(
            one -> one.figure().equals("event") && one.path().equals("ring")).findFirst().orElseThrow().medians();
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
    void shouldCountNeitherTheRunInNorARoundThatIsLeftOut() {
        List<TurnRecord> turns = new ArrayList<>(List.of(
            turn(1, 0, "a", "ring", true, 9_000), turn(1, 0, "b", "ring", true, 9_000),
            turn(1, 1, "a", "ring", true, 100), turn(1, 1, "b", "ring", true, 100),
            turn(1, 2, "a", "ring", true, 5_000), turn(1, 2, "b", "ring", false, 70),
            turn(1, 1, "a", "inline", true, 40)));

        assertThat(events(turns, "a")).isEqualTo(Map.of(1, 100.0));
        assertThat(events(turns, "b")).isEqualTo(Map.of(1, 100.0));
        turns.sort(Comparator.comparing(TurnRecord::round).reversed());
        assertThat(events(turns, "a")).as("whatever the order").isEqualTo(Map.of(1, 100.0));
    }

    @Test
    void shouldSayNothingOfWhatDidNotHappen() {
        assertThat(TurnMedians.of(List.of(turn(1, 1, "a", "ring", true, 100))).get("a"))
            .extracting(GridData.TurnsData::figure).containsExactly("event", "commit");
        assertThat(TurnMedians.of(List.of())).isEmpty();
    }
}
