package dev.steward.reports.guide;

import dev.steward.results.GridData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A grid whose figures follow a law, so that what lies between its points is known. */
final class Grids {
    static final List<Double> EVENTS = List.of(1_000.0, 10_000.0, 100_000.0);
    static final List<Double> ATTACHES = List.of(10.0, 1_000.0);

    private Grids() {
    }

    /**
     * "steady" costs the same everywhere; "busy" gets dearer with the events; "waiting" is cheap and its attach waits;
     * "floor" is wrong.
     */
    static GridData grid() {
        List<GridData.PointData> points = new ArrayList<>();
        for (double events : EVENTS) {
            for (double attaches : ATTACHES) {
                points.add(point(points.size(), Map.of("storm.rate", events, "churn.rate", attaches)));
            }
        }
        return of(points);
    }

    static GridData of(List<GridData.PointData> points) {
        return new GridData(GridData.FORMAT, 1, "test", "a law", "a machine", "abc", "./steward sweep",
            Map.of("path", "inline"),
            List.of(new GridData.AxisData("storm.rate", "/s", EVENTS),
                new GridData.AxisData("churn.rate", "/s", ATTACHES)),
            List.of(strategy("steady", true, true, false, false), strategy("busy", true, false, false, false),
                strategy("waiting", true, true, true, true), strategy("floor", false, true, true, false)),
            points, null);
    }

    static GridData.PointData point(int number, Map<String, Double> at) {
        double events = at.get("storm.rate");
        return new GridData.PointData("000" + number, new LinkedHashMap<>(at), List.of(
            result("steady", 500, 1_000), result("busy", 4 * Math.sqrt(events), 1_000), result("waiting", 300, 50_000),
            result("floor", 1, 1)));
    }

    private static GridData.StrategyData strategy(
        String name, boolean ranked, boolean hardInterrupt, boolean sleeps,
        boolean waits) {
        return new GridData.StrategyData(
            name, "Title of " + name, "primitive", ranked, "somewhere", hardInterrupt, sleeps, waits,
            waits ? "grace-period" : "holder", null);
    }

    static GridData.StrategyData waiting(boolean waits, String waitsFor) {
        return new GridData.StrategyData("any", "Title", "primitive", true, "somewhere", true, true, waits, waitsFor,
            null);
    }

    static GridData.Result result(String strategy, double eventNs, double commitNs) {
        List<GridData.CellData> cells = new ArrayList<>();
        for (double factor : new double[] {1.1, 0.9, 1}) {
            cells.add(new GridData.CellData(strategy + cells.size(), "near", Map.of(
                Figures.EVENT_WORK, Math.round(eventNs * factor), Figures.EVENT, Math.round(2 * eventNs * factor),
                Figures.ATTACH_WORK, Math.round(commitNs * factor), Figures.ATTACH, Math.round(30 * commitNs * factor),
                "event.p99", Math.round(10 * eventNs * factor)), Map.of()));
        }
        return new GridData.Result(strategy, 3, cells, 1_024);
    }
}
