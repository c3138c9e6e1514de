package dev.steward.loadgen.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steward.loadgen.load.Setups;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.record.FakeClock;
import dev.steward.loadgen.record.Placement;
import dev.steward.results.CellRecord;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SurroundingsTest {
    @Test
    void shouldReadTheMiddleAndTheEndsOfTheBatches() {
        double[] batches = new double[40];
        Arrays.fill(batches, 0, 25, 85);
        Arrays.fill(batches, 25, 40, 450);

        assertThat(PlacementProbe.reading("before", "1-0", batches))
            .isEqualTo(new CellRecord.Placement("before", 85, 85.0, 450.0, "1-0", null));
        assertThat(PlacementProbe.reading("after", null, new double[] {85}))
            .isEqualTo(new CellRecord.Placement("after", 85, 85.0, 85.0, null, null));
    }

    @Test
    void shouldNotTakeInterruptionsForDistance() {
        double[] batches = new double[40];
        Arrays.fill(batches, 85);
        Arrays.fill(batches, 5, 15, 5_000);
        batches[20] = 100_000;
        batches[21] = 90;

        assertThat(PlacementProbe.reading("x", null, batches))
            .isEqualTo(new CellRecord.Placement("x", 85, 85.0, 85.0, null, null));
    }

    @Test
    void shouldEndTheProbeWhenTheOtherThreadGetsNoCpu() {
        // A clock that runs ahead by the whole limit at its second read: what a descheduled partner looks like.
        FakeClock clock = new FakeClock(0, 600_000_000);

        CellRecord.Placement result = PlacementProbe.measure(clock, "before");

        assertThat(result).isEqualTo(new CellRecord.Placement("before", 0, null, null, null, "unknown"));
    }

    @Test
    void shouldProbeTheRealMachine() {
        CellRecord.Placement result = PlacementProbe.measure(Clock.SYSTEM, "before");

        assertThat(result.roundTripNs() > 0).isEqualTo(result.lowNs() != null);
    }

    @Test
    void shouldProbeBetweenTheCpusOfTheRunsOwnThreads() {
        Placement placement = Cell.placement(Setups.scenario(), true);

        List<CellRecord.Placement> result = PlacementProbe.measure(Clock.SYSTEM, "before", placement);

        assertThat(result).extracting(CellRecord.Placement::cpus).containsExactlyElementsOf(placement.pairs().isEmpty()
            ? Collections.singletonList(null)
            : placement.pairs().stream().map(pair -> pair[0] + "-" + pair[1]).toList());
    }

    @Test
    void shouldParseTheCpuLineOfProcStat() {
        ProcessorTimes times = ProcessorTimes.parse("cpu  10 20 30 40 50 60 70 80 900 1000");

        assertThat(times.stealTicks()).isEqualTo(80);
        assertThat(times.totalTicks()).isEqualTo(360);
    }

    @Test
    void shouldNotParseALineWithoutStealTime() {
        assertThatThrownBy(() -> ProcessorTimes.parse("cpu 1 2 3 4")).isInstanceOf(RuntimeException.class);
    }

    @Test
    void shouldTellTheShareThatTheHostTookAway() {
        ProcessorTimes before = ProcessorTimes.parse("cpu 100 0 0 0 0 0 0 10");
        ProcessorTimes after = ProcessorTimes.parse("cpu 150 0 0 25 0 0 0 35");

        assertThat(after.stealShareSince(before).orElseThrow()).isCloseTo(0.25, within(1e-12));
    }

    @Test
    void shouldTellNoShareWhenTheTimesCannotBeRead() {
        ProcessorTimes readable = ProcessorTimes.parse("cpu 100 0 0 0 0 0 0 10");

        assertThat(readable.stealShareSince(ProcessorTimes.UNREADABLE)).isEmpty();
        assertThat(ProcessorTimes.UNREADABLE.stealShareSince(readable)).isEmpty();
        assertThat(readable.stealShareSince(readable)).isEmpty();
    }

    @Test
    void shouldNotTellANegativeShareWhenTheHostCorrectsItsCounter() {
        ProcessorTimes before = ProcessorTimes.parse("cpu 100 0 0 0 0 0 0 10");
        ProcessorTimes after = ProcessorTimes.parse("cpu 200 0 0 0 0 0 0 9");

        assertThat(after.stealShareSince(before)).isEqualTo(OptionalDouble.of(0));
    }
}
