package dev.steward.reports.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlacementAdjustmentTest {
    private static final double FAR_NS = 300;

    @Test
    void shouldNotTakeAContestantForSlowBecauseItsCellsWereFar() {
        // "fast" takes 100 ns and "slow" 120; most cells of "fast" were far.
        GridData.PointData point = point(
            result("fast", 100, "far", "far", "near"), result("slow", 120, "near", "near", "far"),
            result("other", 150, "near", "near", "near"));
        assertThat(median(point, "fast")).as("as measured").isGreaterThan(median(point, "slow"));

        GridData.PointData adjusted = adjusted(point).get(0);

        assertThat(median(adjusted, "fast")).isCloseTo(100, within(1.0));
        assertThat(median(adjusted, "slow")).isCloseTo(120, within(1.0));
        assertThat(median(adjusted, "other")).isCloseTo(150, within(1.0));
    }

    @Test
    void shouldBringAllPointsToTheClassOfMostCells() {
        GridData.PointData mixed = point(result("a", 100, "near", "far"), result("b", 120, "near", "near"));
        GridData.PointData onlyFar = point(result("a", 200, "far"), result("b", 220, "far"));
        GridData.PointData onlyNear = point(result("a", 300, "near", "near"), result("b", 320, "near"));

        List<GridData.PointData> adjusted = adjusted(mixed, onlyFar, onlyNear);

        assertThat(median(adjusted.get(1), "a")).as("by what the other points tell").isCloseTo(200, within(1.0));
        assertThat(median(adjusted.get(2), "b")).isEqualTo(320);
    }

    @Test
    void shouldLeaveCellsAloneWhereAllWereAlike() {
        GridData.PointData point = point(result("a", 100, "far", "far"), result("b", 120, "far"));

        assertThat(adjusted(point)).containsExactly(point);
    }

    @Test
    void shouldLeaveOutACellWhoseClassNoPointTells() {
        GridData.PointData point = point(
            result("a", 100, "near", "near"), result("b", 120, "near", "mixed"), result("alone", 50, "far", "far"));

        GridData.PointData adjusted = adjusted(point).get(0);

        assertThat(Interpolation.repeats(adjusted.of("alone"), Figures.EVENT_WORK)).isEmpty();
        assertThat(Interpolation.repeats(adjusted.of("b"), Figures.EVENT_WORK)).hasSize(2);
    }

    @Test
    void shouldLetACellThatIsAloneInItsClassSayNothing() {
        GridData.PointData plain = point(result("a", 100, "near", "near"), result("b", 120, "near", "near"));
        List<GridData.CellData> cells = new ArrayList<>(plain.of("b").cells());
        cells.add(new GridData.CellData("odd", "mixed", Map.of(Figures.EVENT_WORK, 90_000L)));

        GridData.PointData adjusted =
            adjusted(point(plain.of("a"), new GridData.Result("b", 3, cells, 0))).get(0);

        assertThat(adjusted.of("b").cells().get(2).figures().get(Figures.EVENT_WORK)).isBetween(119L, 121L);
    }

    @Test
    void shouldLeaveTailsAndFiguresThatItDoesNotKnowAsTheyWere() {
        GridData.CellData near = new GridData.CellData("n", "near", Map.of("event.p99", 5L, "event.mean", 7L));
        GridData.CellData far = new GridData.CellData("f", "far", Map.of("event.p99", 500L, "event.mean", 700L));
        GridData.PointData point = point(new GridData.Result("a", 2, List.of(near, far), 0));

        assertThat(adjusted(point)).containsExactly(point);
    }

    private static List<GridData.PointData> adjusted(final GridData.PointData... points) {
        return PlacementAdjustment.of(Grids.of(List.of(points))).points();
    }

    private static GridData.PointData point(final GridData.Result... results) {
        return new GridData.PointData("0000", Map.of("storm.rate", 1.0), List.of(results));
    }

    private static GridData.Result result(final String strategy, final double nearNs, final String... placements) {
        List<GridData.CellData> cells = new ArrayList<>();
        for (String placement : placements) {
            double ns = nearNs + (placement.equals("near") ? 0 : FAR_NS);
            cells.add(new GridData.CellData(
                strategy + cells.size(), placement, Map.of(Figures.EVENT_WORK, Math.round(ns))));
        }
        return new GridData.Result(strategy, placements.length, cells, 0);
    }

    private static double median(final GridData.PointData point, final String strategy) {
        return Interpolation.median(Interpolation.repeats(point.of(strategy), Figures.EVENT_WORK));
    }
}
