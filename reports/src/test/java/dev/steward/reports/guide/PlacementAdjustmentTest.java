package dev.steward.reports.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class PlacementAdjustmentTest {
    private static final double FAR = 2.5;

    @Test
    void shouldNotTakeAContestantForSlowBecauseItsCellsWereFar() {
        // "fast" takes 100 ns and "slow" 120; most cells of "fast" were far.
        GridData.PointData point = point(
            result("fast", 100, "far", "far", "near"), result("slow", 120, "near", "near", "far"),
            result("other", 150, "near", "near", "near"));
        assertThat(median(point, "fast")).as("as measured").isGreaterThan(median(point, "slow"));

        GridData.PointData adjusted = PlacementAdjustment.of(point);

        assertThat(adjusted.placement()).isEqualTo("near");
        assertThat(median(adjusted, "fast")).isCloseTo(100, Percentage.withPercentage(1));
        assertThat(median(adjusted, "slow")).isCloseTo(120, Percentage.withPercentage(1));
        assertThat(median(adjusted, "other")).isEqualTo(150);
    }

    @Test
    void shouldLeaveCellsAloneWhereAllWereAlike() {
        GridData.PointData point = point(result("a", 100, "far", "far"), result("b", 120, "far"));

        assertThat(PlacementAdjustment.of(point)).isEqualTo(point);
    }

    @Test
    void shouldLeaveOutWhoSharesNoClassWithTheOthers() {
        GridData.PointData point = point(
            result("a", 100, "near", "near"), result("b", 120, "near", "mixed"), result("alone", 50, "far", "far"));

        GridData.PointData adjusted = PlacementAdjustment.of(point);

        assertThat(adjusted.of("alone").cells()).isEmpty();
        assertThat(adjusted.of("alone").planned()).isEqualTo(2);
        assertThat(adjusted.of("b").cells()).hasSize(2);
    }

    @Test
    void shouldLetACellThatIsAloneInItsClassSayNothing() {
        GridData.PointData point = point(
            result("a", 100, "near", "near"), result("b", 120, "near", "near", "mixed"));
        GridData.CellData odd = new GridData.CellData("odd", "mixed", Map.of(Figures.EVENT_WORK, 90_000L));
        List<GridData.CellData> cells = new ArrayList<>(point.of("b").cells().subList(0, 2));
        cells.add(odd);

        GridData.PointData adjusted = PlacementAdjustment.of(
            point(point.of("a"), new GridData.Result("b", 3, cells, 0)));

        assertThat(adjusted.of("b").cells().get(2).figures().get(Figures.EVENT_WORK))
            .isBetween(119L, 121L);
    }

    private static GridData.PointData point(final GridData.Result... results) {
        return new GridData.PointData("0000", Map.of("storm.rate", 1.0), List.of(results));
    }

    private static GridData.Result result(final String strategy, final double nearNs, final String... placements) {
        List<GridData.CellData> cells = new ArrayList<>();
        for (String placement : placements) {
            double ns = nearNs * (placement.equals("near") ? 1 : FAR);
            cells.add(new GridData.CellData(
                strategy + cells.size(), placement, Map.of(Figures.EVENT_WORK, Math.round(ns))));
        }
        return new GridData.Result(strategy, placements.length, cells, 0);
    }

    private static double median(final GridData.PointData point, final String strategy) {
        return Interpolation.median(Interpolation.repeats(point.of(strategy), Figures.EVENT_WORK));
    }
}
