package dev.steward.loadgen.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.results.CellRecord;
import dev.steward.results.TurnRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunInTest {
    private static final RunIn RUN_IN = new RunIn(3, 1_000);

    private static List<TurnRecord> turns(Integer... compiled) {
        CellRecord.Ledger ledger = new CellRecord.Ledger(0, 0, 0, 0, 0, 0, 0, null, 0, 0, null, null, 0, 0);
        return Arrays.stream(compiled).map(methods -> new TurnRecord(
            1, 0, 1, "mutex", "ring", true, List.of(), Map.of(), List.of(), ledger, Map.of(), methods, null)).toList();
    }

    @Test
    void shouldTakeThePlannedCycles() {
        assertThat(RUN_IN.goesOn(0, 0, List.of())).isTrue();
        assertThat(RUN_IN.goesOn(2, 0, turns(0, 0))).isTrue();
        assertThat(RUN_IN.goesOn(3, 0, turns(1, 1))).isFalse();
    }

    @Test
    void shouldGoOnWhileTheTurnsOfACycleAreCompiled() {
        assertThat(RUN_IN.goesOn(3, 0, turns(1, 2))).isTrue();
        assertThat(RUN_IN.goesOn(5, 0, turns(9))).isTrue();
        assertThat(RUN_IN.goesOn(6, 0, turns(9))).isFalse();
    }

    @Test
    void shouldLeaveTimeForTheGenerationsThatVerdictsNeed() {
        assertThat(RUN_IN.goesOn(3, 999, turns(9))).isTrue();
        assertThat(RUN_IN.goesOn(3, 1_000, turns(9))).isFalse();
        assertThat(RUN_IN.goesOn(2, 1_000, turns(9))).as("planned").isTrue();
        assertThat(RUN_IN.waitMs(999)).isEqualTo(Settling.RUN_IN_MS);
        assertThat(RUN_IN.waitMs(1_000)).isEqualTo(Settling.BETWEEN_TURNS_MS);

        TurnSettings settings = new TurnSettings(20_000_000, 0, 3, 5, 140_000, 9, Map.of(), 1);
        assertThat(RunIn.of(settings, 5, 2_000, 1)).isEqualTo(new RunIn(3, 2_000));
        assertThat(RunIn.of(settings, 5, 2_000, 2)).isEqualTo(new RunIn(3, 0));
    }

    @Test
    void shouldNotWaitForWhatNoLogTells() {
        assertThat(RUN_IN.goesOn(3, 0, turns(null, null))).isFalse();
    }
}
