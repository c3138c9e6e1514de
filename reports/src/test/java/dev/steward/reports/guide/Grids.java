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
            List.of(strategy("steady", true, true, true, false), strategy("busy", true, false, false, false),
                strategy("waiting", true, true, true, true), strategy("floor", false, true, true, false)),
            points, null, null);
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
            cells.add(new GridData.CellData(strategy + "-inline-r" + cells.size(), "near", Map.of(
                Figures.EVENT_WORK, Math.round(eventNs * factor), Figures.EVENT, Math.round(2 * eventNs * factor),
                Figures.ATTACH_WORK, Math.round(commitNs * factor), Figures.ATTACH, Math.round(30 * commitNs * factor),
                "event.p99", Math.round(10 * eventNs * factor)), Map.of()));
        }
        return new GridData.Result(strategy, 3, cells, 1_024, null);
    }

    /** A strategy that was measured by turns: its medians by path and figure, times a factor for each generation. */
    static GridData.Result turns(String strategy, Map<String, Double> ns, double... generations) {
        List<GridData.TurnsData> turns = new ArrayList<>();
        ns.forEach((key, value) -> {
            Map<Integer, Double> medians = new LinkedHashMap<>();
            for (int i = 0; i < generations.length; i++) {
                medians.put(i + 1, value * generations[i]);
            }
            turns.add(new GridData.TurnsData(key.split(" ")[0], key.split(" ")[1], medians));
        });
        return new GridData.Result(strategy, 0, List.of(), 1_024, turns);
    }

    /** Six generations of which each JVM is a little faster or slower than the next. */
    static GridData.Result turns(String strategy, double ringNs, double inlineNs, double attachNs, double commitNs) {
        return turns(strategy, Map.of("ring event", ringNs, "inline event", inlineNs, "ring attach", attachNs,
            "inline attach", attachNs, "ring commit", commitNs, "inline commit", commitNs),
            0.99, 1.01, 1.0, 1.02, 0.98, 1.0);
    }

    /** One point of strategies that were measured by turns. */
    static GridData byTurns(Map<String, Integer> simplicity, GridData.Result... results) {
        return new GridData(GridData.FORMAT, GridData.VERSION, "turns", "", "a machine", "abc", "./steward sweep",
            Map.of(), List.of(new GridData.AxisData("storm.rate", "/s", List.of(20_000.0)),
                new GridData.AxisData("churn.rate", "/s", List.of(1_000.0))),
            List.of(results).stream().map(result -> new GridData.StrategyData(result.strategy(), "Title", "primitive",
                true, "somewhere", true, true, false, "holder", simplicity.get(result.strategy()))).toList(),
            List.of(new GridData.PointData("0000", Map.of("storm.rate", 20_000.0, "churn.rate", 1_000.0),
                List.of(results))), true, Map.of("event.ring", 0.1, "event.inline", 0.05, "attach.ring", 0.2));
    }
}
