package dev.steward.reports.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.steward.reports.GuideText;
import dev.steward.reports.Transferred;
import dev.steward.results.GridData;
import dev.steward.results.Median;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlacementAdjustmentTest {
    private static final double NEAR = 100;
    private static final double FAR = 440;

    @Test
    void shouldNotTakeAStrategyForSlowBecauseItsCellsWereFar() {
        // Beside the report "fast" takes 100 ns and "slow" 120; most cells of "fast" were far.
        GridData.PointData point = point(
            result("fast", 100, FAR, FAR, NEAR), result("slow", 120, NEAR, NEAR, FAR),
            result("other", 150, NEAR, NEAR, NEAR));
        assertThat(median(point, "fast")).as("as measured").isGreaterThan(median(point, "slow"));

        GridData.PointData adjusted = adjusted(NEAR, point).get(0);

        assertThat(values(adjusted, "fast")).allSatisfy(ns -> assertThat(ns).isCloseTo(200, within(1.0)));
        assertThat(values(adjusted, "slow")).allSatisfy(ns -> assertThat(ns).isCloseTo(220, within(1.0)));
        assertThat(values(adjusted, "other")).allSatisfy(ns -> assertThat(ns).isCloseTo(250, within(1.0)));
    }

    @Test
    void shouldBringACellThatWasBothToWhereverItIsAsked() {
        // A quarter of the time far: what was typical is a mixture, and so is the report.
        double mixed = 0.75 * NEAR + 0.25 * FAR;
        GridData.PointData point = point(result("a", 100, NEAR, FAR, mixed), result("b", 120, mixed, mixed));

        for (double report : new double[] {60, NEAR, 200, FAR}) {
            GridData.PointData adjusted = adjusted(report, point).get(0);

            assertThat(values(adjusted, "a")).allSatisfy(
                ns -> assertThat(ns).isCloseTo(100 + report, within(1.0)));
            assertThat(values(adjusted, "b")).allSatisfy(
                ns -> assertThat(ns).isCloseTo(120 + report, within(1.0)));
        }
    }

    @Test
    void shouldTakeTheSlopeFromWithinStrategiesAndPoints() {
        // The dearer strategy and the dearer point were far throughout: no reason to call the report dear.
        GridData.PointData first = point(
            result("cheap", 100, NEAR, NEAR + 40), result("dear", 2_000, FAR, FAR + 40));
        GridData.PointData second = point(result("cheap", 5_000, FAR - 20, FAR), result("dear", 9_000, FAR, FAR));

        List<GridData.PointData> adjusted = adjusted(NEAR, first, second);

        assertThat(values(adjusted.get(0), "dear")).allSatisfy(
            ns -> assertThat(ns).isCloseTo(2_000 + NEAR, within(1.0)));
        assertThat(values(adjusted.get(1), "cheap")).allSatisfy(
            ns -> assertThat(ns).isCloseTo(5_000 + NEAR, within(1.0)));
    }

    @Test
    void shouldFindTheOrderThatPlacementHides() {
        // Three cells of each, near or far at random, 5 % of scatter: how often is the faster one put first?
        Random random = new Random(1);
        int asMeasured = 0;
        int brought = 0;
        for (int trial = 0; trial < 500; trial++) {
            List<GridData.Result> results = new ArrayList<>();
            for (String name : List.of("fast", "slow", "third", "fourth", "fifth")) {
                double own = name.equals("fast") ? 80 : 110;
                double[] reports = random.doubles(3).map(x -> x < 0.5 ? NEAR : FAR).toArray();
                results.add(new GridData.Result(name, 3, Arrays.stream(reports).mapToObj(report ->
                    cell(report, (own + report) * (1 + 0.05 * random.nextGaussian()))).toList(), 0, null));
            }
            GridData.PointData point = point(results.toArray(GridData.Result[]::new));
            asMeasured += median(point, "fast") < median(point, "slow") ? 1 : 0;
            GridData.PointData there = adjusted(NEAR, point).get(0);
            brought += median(there, "fast") < median(there, "slow") ? 1 : 0;
        }

        assertThat(asMeasured).as("of 500").isLessThan(350);
        assertThat(brought).as("of 500").isGreaterThan(450);
    }

    @Test
    void shouldTakeACommitAsLinearInItsLogarithm() {
        List<GridData.CellData> cells = new ArrayList<>();
        for (double report : new double[] {NEAR, FAR, 200}) {
            cells.add(new GridData.CellData("c" + report, "near",
                Map.of(Figures.ATTACH_WORK, Math.round(10_000 * Math.exp(report / 300))),
                Map.of(Figures.REPORT, report, "event", 1.0, "event.raw", 1.0)));
        }
        GridData.PointData point = point(new GridData.Result("a", 3, cells, 0, null));

        double[] commits = repeats(adjusted(FAR, point).get(0), "a", Figures.ATTACH_WORK);

        assertThat(commits).hasSize(3);
        assertThat(Arrays.stream(commits).boxed()).allSatisfy(
            ns -> assertThat(ns).isCloseTo(10_000 * Math.exp(FAR / 300), within(10.0)));
    }

    @Test
    void shouldLeaveAsMeasuredWhatDoesNotTellItsReport() {
        GridData.CellData silent = new GridData.CellData("s", "far", Map.of(Figures.EVENT_WORK, 900L), null);
        GridData.PointData point = point(new GridData.Result("a", 1, List.of(silent), 0, null));

        assertThat(PlacementAdjustment.reportNs(grid(point))).isNaN();
        assertThat(adjusted(Double.NaN, point)).containsExactly(point);
        assertThat(GuideText.of(Grids.grid(), "here", new Guide(Grids.grid()).ask(new Question(
            Map.of("storm.rate", 1_000.0, "churn.rate", 10.0), List.of(), false, false, "grace-period")),
            Transferred.confirming(Grids.grid())))
            .doesNotContain("Medians of events");
    }

    @Test
    void shouldLeaveOutWhatCannotBeBroughtThereRatherThanMakeUpATime() {
        GridData.CellData silent = new GridData.CellData("s", "far", Map.of(Figures.EVENT_WORK, 900L), null);
        GridData.CellData absurd = cell(5_000, 600);
        GridData.PointData point = point(result("a", 100, NEAR, FAR, NEAR, FAR),
            new GridData.Result("b", 3, List.of(silent, absurd, cell(NEAR, 220)), 0, null));
        GridData.PointData others = point(
            result("a", 100, NEAR, FAR, 50, 5_000), result("b", 120, NEAR, FAR, 50, 5_000));

        assertThat(values(adjusted(NEAR, point, others).get(0), "b")).hasSize(1)
            .allSatisfy(ns -> assertThat(ns).isCloseTo(220, within(1.0)));
    }

    @Test
    void shouldRefuseATimeThatIsNone() {
        for (double ns : new double[] {0, -3, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException().isThrownBy(
                () -> new GridData.CellData("c", "near", Map.of(), Map.of(Figures.REPORT, ns)))
                .withMessageContaining("c: slice median of report is");
        }
        assertThatIllegalArgumentException().isThrownBy(
            () -> new GridData.CellData("c", "near", Map.of("event.p99", -1L), Map.of()))
            .withMessageContaining("c: event.p99 is -1");
    }

    @Test
    void shouldMakeNoSlopeOfReportsThatAreAllAlike() {
        GridData.PointData point = point(new GridData.Result("a", 2, List.of(cell(100, 200), cell(101, 400)), 0, null));

        assertThat(values(adjusted(FAR, point).get(0), "a")).containsExactly(200.0, 400.0);
    }

    @Test
    void shouldLeaveTailsAndAttachesAsTheyWere() {
        Map<String, Long> figures = Map.of("event.p99", 5L, "attach.p50", 70L, "event.read.p50", 900L);
        GridData.PointData point = point(new GridData.Result("a", 2, List.of(
            new GridData.CellData("n", "near", figures, typical(NEAR, 200)),
            new GridData.CellData("f", "far", figures, typical(FAR, 540))), 0, null));

        assertThat(adjusted(NEAR, point)).containsExactly(point);
    }

    @Test
    void shouldTakeTheReportOfTheMiddleCell() {
        assertThat(PlacementAdjustment.reportNs(
            grid(point(result("a", 100, NEAR, FAR), result("b", 100, 130))))).isEqualTo(130);
    }

    private static GridData grid(GridData.PointData... points) {
        return Grids.of(List.of(points));
    }

    private static List<GridData.PointData> adjusted(double reportNs, GridData.PointData... points) {
        return PlacementAdjustment.of(grid(points), reportNs).points();
    }

    private static GridData.PointData point(GridData.Result... results) {
        return new GridData.PointData("0000", Map.of("storm.rate", 1.0, "churn.rate", 1.0), List.of(results));
    }

    private static GridData.Result result(String strategy, double ownNs, double... reports) {
        return new GridData.Result(strategy, reports.length,
            Arrays.stream(reports).mapToObj(report -> cell(report, ownNs + report)).toList(), 0, null);
    }

    private static GridData.CellData cell(double report, double eventNs) {
        // The whole median of a mixture is one of its two sides; what counts is what was typical.
        return new GridData.CellData("c", "mixed", Map.of(Figures.EVENT_WORK, Math.round(eventNs)),
            typical(report, eventNs));
    }

    private static Map<String, Double> typical(double report, double eventNs) {
        return Map.of(Figures.REPORT, report, "event.raw", eventNs, "event", eventNs + 20);
    }

    private static double[] repeats(GridData.PointData point, String strategy, String figure) {
        return Figures.of(point.of(strategy), figure, "inline").values().values().stream()
            .mapToDouble(Double::doubleValue).sorted().toArray();
    }

    private static List<Double> values(GridData.PointData point, String strategy) {
        return Arrays.stream(repeats(point, strategy, Figures.EVENT_WORK)).boxed().toList();
    }

    private static double median(GridData.PointData point, String strategy) {
        return Median.of(repeats(point, strategy, Figures.EVENT_WORK));
    }
}
