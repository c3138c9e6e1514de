package dev.steward.reports.guide;

import dev.steward.results.GridData;
import dev.steward.results.Median;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * Brings the medians of all cells of a grid to one placement. Whether the CPUs of a cell are near or far adds a few
 * transfers of cache lines to a median event, which without a section is more than any lock; on a virtual machine each
 * cell meets whichever it is at the moment, and it changes within cells.
 *
 * <p>The cell tells itself: writing the report into the vEVENTQ is the same code for every strategy, and its time is
 * that of the lines that travel between handler and VMM. So it serves as covariate (analysis of covariance; H. Scheffé,
 * The Analysis of Variance, 1959, chapter 6; as control variate in S. Asmussen, P. Glynn, Stochastic Simulation, 2007,
 * section V.2): each median is taken as linear in it, with one slope for the whole grid, fitted by least squares within
 * strategies and points, and read off at one report for all. A commit is taken as linear in its logarithm, since what
 * placement adds to it grows with the lines that it writes.
 *
 * <p>Tails and attaches are left as they were measured: they show timers and the machine. So is a grid of which no cell
 * says what its report took; if some do, the figures of those that do not are excluded. That one slope serves all
 * strategies and points is an assumption; what it leaves is part of the scatter.
 */
final class PlacementAdjustment {
    /** Below this spread of the report, in ns squared a cell, a slope would be one through noise. */
    private static final double LEAST_SPREAD = 25;

    private static final List<Line> LINES = List.of(
        new Line(Figures.EVENT_WORK, cell -> typical(cell, "event.raw"), x -> x, y -> y),
        new Line(Figures.EVENT, cell -> typical(cell, "event"), x -> x, y -> y),
        new Line(Figures.ATTACH_WORK, cell -> cell.figures().get(Figures.ATTACH_WORK), Math::log, Math::exp));

    private PlacementAdjustment() {
    }

    /** How one figure follows the report. */
    private record Line(
        String figure, ToDoubleFunction<GridData.CellData> seen, DoubleUnaryOperator scale, DoubleUnaryOperator back) {
        boolean knows(GridData.CellData cell) {
            Long value = cell.figures().get(figure);
            return value != null && value > 0 && cell.sliceMedians().keySet().containsAll(Figures.SLICED.keySet());
        }

        double scaled(GridData.CellData cell) {
            return scale.applyAsDouble(seen.applyAsDouble(cell));
        }
    }

    private static double typical(GridData.CellData cell, String name) {
        return cell.sliceMedians().get(name);
    }

    private static double report(GridData.CellData cell) {
        return typical(cell, Figures.REPORT);
    }

    /** What a report takes in the middle cell of a grid, nanoseconds; NaN if no cell says, or turns made it alike. */
    static double reportNs(GridData grid) {
        if (grid.byTurns()) {
            return Double.NaN;
        }
        double[] reports = grid.points().stream().flatMap(point -> point.results().stream())
            .flatMap(result -> result.cells().stream()).filter(cell -> cell.sliceMedians().containsKey(Figures.REPORT))
            .mapToDouble(PlacementAdjustment::report).toArray();
        return Median.of(reports);
    }

    /** The grid as if a report had taken this long in every cell that can be brought there; as it is for NaN. */
    static GridData of(GridData grid, double reportNs) {
        GridData adjusted = grid;
        if (!Double.isNaN(reportNs)) {
            for (Line line : LINES) {
                adjusted = along(line, adjusted, reportNs);
            }
        }
        return adjusted;
    }

    private static GridData along(Line line, GridData grid, double reportNs) {
        double slope = slope(line, grid);
        return grid.withPoints(grid.points().stream().map(point -> new GridData.PointData(point.folder(), point.at(),
            point.results().stream().map(result -> new GridData.Result(result.strategy(), result.planned(),
                result.cells().stream().map(cell -> {
                    Map<String, Long> figures = new LinkedHashMap<>(cell.figures());
                    figures.remove(line.figure);
                    if (line.knows(cell)) {
                        double there = line.scaled(cell) - slope * (report(cell) - reportNs);
                        long ns = Math.round(line.back.applyAsDouble(there));
                        // None left: the report of this cell is beyond what one line describes.
                        if (ns > 0) {
                            figures.put(line.figure, ns);
                        }
                    }
                    return new GridData.CellData(cell.id(), cell.placement(), figures, cell.sliceMedians());
                }).toList(), result.footprintBytes(), result.turns())).toList())).toList());
    }

    /** Within strategies and points, so that neither is taken for the other. */
    private static double slope(Line line, GridData grid) {
        double common = 0;
        double spread = 0;
        int cells = 0;
        for (List<GridData.CellData> alike : alike(line, grid)) {
            double[] reports = alike.stream().mapToDouble(PlacementAdjustment::report).toArray();
            double[] values = alike.stream().mapToDouble(line::scaled).toArray();
            double report = Arrays.stream(reports).average().orElseThrow();
            double value = Arrays.stream(values).average().orElseThrow();
            for (int i = 0; i < reports.length; i++) {
                common += (reports[i] - report) * (values[i] - value);
                spread += (reports[i] - report) * (reports[i] - report);
            }
            cells += reports.length;
        }
        return spread <= LEAST_SPREAD * cells ? 0 : common / spread;
    }

    private static List<List<GridData.CellData>> alike(Line line, GridData grid) {
        List<List<GridData.CellData>> alike = new ArrayList<>();
        grid.points().forEach(point -> point.results().forEach(result -> {
            List<GridData.CellData> cells = result.cells().stream().filter(line::knows).toList();
            if (!cells.isEmpty()) {
                alike.add(cells);
            }
        }));
        return alike;
    }
}
