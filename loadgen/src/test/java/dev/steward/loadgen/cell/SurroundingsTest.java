package dev.steward.loadgen.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.record.FakeClock;
import dev.steward.results.CellRecord;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurroundingsTest {
    @ParameterizedTest
    @CsvSource({"85, near", "199, near", "250, mixed", "301, far", "450, far"})
    void shouldClassifySteadyRoundTrips(double roundTripNs, String placement) {
        double[] batches = new double[40];
        Arrays.fill(batches, roundTripNs);

        CellRecord.Placement result = PlacementProbe.classify("before", batches);

        assertThat(result).isEqualTo(new CellRecord.Placement("before", roundTripNs, placement));
    }

    @Test
    void shouldTolerateFewOutliers() {
        double[] batches = new double[40];
        Arrays.fill(batches, 85);
        batches[0] = 5_000;
        batches[20] = 100_000;

        assertThat(PlacementProbe.classify("x", batches).placementClass()).isEqualTo("near");
    }

    @Test
    void shouldCallPlacementMixedWhenItFlips() {
        double[] batches = new double[40];
        Arrays.fill(batches, 0, 25, 85);
        Arrays.fill(batches, 25, 40, 450);

        assertThat(PlacementProbe.classify("x", batches).placementClass()).isEqualTo("mixed");
    }

    @Test
    void shouldClassifyFewBatches() {
        assertThat(PlacementProbe.classify("x", new double[] {85}).placementClass()).isEqualTo("near");
        assertThat(PlacementProbe.classify("x", new double[] {85, 450}).placementClass()).isEqualTo("mixed");
    }

    @Test
    void shouldEndTheProbeWhenTheOtherThreadGetsNoCpu() {
        // A clock that runs ahead by the whole limit at its second read: what a descheduled partner looks like.
        FakeClock clock = new FakeClock(0, 600_000_000);

        CellRecord.Placement result = PlacementProbe.measure(clock, "before");

        assertThat(result).isEqualTo(new CellRecord.Placement("before", 0, "unknown"));
    }

    @Test
    void shouldProbeTheRealMachine() {
        CellRecord.Placement result = PlacementProbe.measure(Clock.SYSTEM, "before");

        assertThat(result.placementClass()).isIn("near", "far", "mixed", "unknown");
        assertThat(result.roundTripNs() > 0).isEqualTo(!result.placementClass().equals("unknown"));
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
