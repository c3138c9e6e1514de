package dev.steward.reports.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.results.CellRecord;
import dev.steward.results.TurnRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TurnLoadsTest {
    private static final Map<String, String> SCENARIO = Map.of("losses", "invalid");

    @Test
    void shouldAddUpTheTurnsAndForgiveOneThatIsLate() {
        List<TurnRecord> turns = new ArrayList<>();
        for (int round = 1; round <= 10; round++) {
            turns.add(turn("mutex", round, 100, round == 1 ? 60 : 100, 0, 0));
        }

        assertThat(TurnLoads.unfit(turns, "ring", SCENARIO)).isEmpty();
        assertThat(TurnLoads.fit(turns, SCENARIO)).isEqualTo(turns);
    }

    @Test
    void shouldSayWhoDidNotKeepTheSchedule() {
        List<TurnRecord> turns = List.of(turn("mutex", 1, 100, 100, 0, 0), turn("slow", 1, 100, 80, 0, 0),
            turn("slow", 0, 100, 0, 900, 7));

        assertThat(TurnLoads.unfit(turns, "ring", SCENARIO)).isEqualTo(
            Map.of("slow",
            List.of("storm: half of the turns started under 95 % of the arrivals that were due in them")));
        assertThat(TurnLoads.unfit(turns, "inline", SCENARIO)).isEmpty();
        assertThat(TurnLoads.fit(turns, SCENARIO)).containsExactly(turns.get(0));
    }

    @Test
    void shouldCountLossesUnlessTheyAreStudiedAndEventsThatNobodyKnowsOf() {
        List<TurnRecord> lossy = List.of(turn("mutex", 1, 100, 100, 20, 0));

        assertThat(TurnLoads.unfit(lossy, "ring", SCENARIO)).containsOnlyKeys("mutex");
        assertThat(TurnLoads.unfit(lossy, "ring", Map.of("losses", "expected"))).isEmpty();
        assertThat(TurnLoads.unfit(List.of(turn("mutex", 1, 100, 100, 0, -1), turn("mutex", 2, 100, 100, 0, 1)),
            "ring", SCENARIO)).containsOnlyKeys("mutex");
    }

    private static TurnRecord turn(
        String strategy, int round, long scheduled, long done, long lostAtRing, long balance) {
        return new TurnRecord(1, round, 1, strategy, "ring", true, List.of(), Map.of(),
            List.of(new CellRecord.Rate("storm", 1, 1, scheduled, done)),
            new CellRecord.Ledger(1_000, 1_000 - lostAtRing, lostAtRing, 0, 0, 0, 0, 0L, 0, 0, 0L, 0L, 0, balance),
            Map.of(), null, null);
    }
}
