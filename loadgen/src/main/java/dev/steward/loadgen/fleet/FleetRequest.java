package dev.steward.loadgen.fleet;

import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.results.FleetPlan;

/**
 * How a user wants a sweep to be split.
 *
 * @param nodes       machines that are expected to take part; from 2 on some tasks share a point, which shows how
 *                    machines differ.
 * @param atOnce      most tasks at a time; 0 for one on each node.
 * @param minutes     the least that a task takes; 0 for one point each.
 * @param copies      in how many tasks each point is measured.
 * @param generations generations of JVMs at each point.
 */
public record FleetRequest(
    FleetPlan.Kind kind, int nodes, int atOnce, int minutes, int copies, int generations) {
    private static final int MOST_NODES = 10_000;
    private static final int DAY = 24 * 60;
    private static final int MOST_COPIES = 1_000;
    private static final int MOST_GENERATIONS = 1_000;

    /**
     * Checks the numbers.
     *
     * @throws ScenarioException with one line, if one is out of its range.
     */
    public FleetRequest {
        check("--nodes", nodes, 1, MOST_NODES);
        check("--at-once", atOnce, 0, MOST_NODES);
        check("--minutes", minutes, 0, DAY);
        check("--copies", copies, 1, MOST_COPIES);
        check("--generations", generations, 1, MOST_GENERATIONS);
    }

    private static void check(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ScenarioException(option + ": " + value + " is not in " + least + " to " + most);
        }
    }

    /** Most tasks at a time. */
    int most() {
        return atOnce == 0 ? nodes : atOnce;
    }
}
