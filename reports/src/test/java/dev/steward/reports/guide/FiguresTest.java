package dev.steward.reports.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steward.reports.Fixtures;
import dev.steward.results.CellHistograms;
import dev.steward.results.Distribution;
import dev.steward.results.Tags;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void shouldWeighTheMedianOfEachSliceByItsValues() {
        CellHistograms cell = new CellHistograms(Map.of(), Map.of(
            Tags.EVENT_ENQUEUE_RAW, List.of(slice(200, 3_000), slice(520, 1_000), slice(1, 0)),
            Tags.STAGE_ENQUEUE, List.of(slice(100, 30), slice(440, 10))));

        assertThat(Figures.sliceMedians(cell)).containsOnlyKeys("event.raw", "report");
        assertThat(Figures.sliceMedians(cell).get("event.raw")).isCloseTo(0.75 * 200 + 0.25 * 520, within(1.0));
        assertThat(Figures.sliceMedians(cell).get("report")).isCloseTo(0.75 * 100 + 0.25 * 440, within(1.0));
    }

    @Test
    void shouldSayNothingOfATagWithoutValues() {
        assertThat(Figures.sliceMedians(new CellHistograms(Map.of(), Map.of(
            Tags.EVENT_ENQUEUE, List.of(slice(1, 0)))))).isEmpty();
    }

    private static CellHistograms.Slice slice(long ns, int values) {
        return new CellHistograms.Slice(
            0, 250, values == 0 ? Distribution.EMPTY : Fixtures.distribution(ns, values));
    }
}
