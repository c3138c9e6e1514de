package dev.steward.loadgen.cell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.loadgen.guest.CellShared;
import dev.steward.loadgen.guest.Delay;
import dev.steward.loadgen.load.Setups;
import dev.steward.loadgen.load.StreamPlan;
import dev.steward.loadgen.load.Workloads;
import dev.steward.loadgen.record.FakeClock;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.strategy.LockStrategy;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Costs that vary are drawn anew in each repeat of a cell, as its loads are, and alike in the same repeat. */
class RepeatedCostsTest {
    private final FakeClock clock = new FakeClock(0, 1);
    private final Scenario scenario = Setups.scenario("section=lognormal(3us,0.5)", "steSync=lognormal(1us,0.5)");

    @Test
    void shouldDrawCostsAnewInEachRepeat() {
        assertThat(ofCell(1)).isEqualTo(ofCell(1)).isNotEqualTo(ofCell(2));
        assertThat(ofSmmu(1)).isEqualTo(ofSmmu(1)).isNotEqualTo(ofSmmu(2));
    }

    private List<Long> ofCell(int repeat) {
        StreamPlan streams = StreamPlan.of(scenario, null);
        Cell cell = new Cell(
            clock, scenario, new Workloads(scenario, null, streams, repeat), streams, LockStrategy.MUTEX, true);
        return draws(cell.frame().delay(ScenarioKey.SECTION));
    }

    private List<Long> ofSmmu(long seed) {
        return draws(CellShared.of(clock, scenario, seed).delay(ScenarioKey.STE_SYNC));
    }

    private List<Long> draws(Delay delay) {
        return Stream.generate(() -> {
            long before = clock.nowNs();
            delay.spend();
            return clock.nowNs() - before;
        }).limit(20).toList();
    }
}
