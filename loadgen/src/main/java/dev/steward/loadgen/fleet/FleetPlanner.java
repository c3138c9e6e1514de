package dev.steward.loadgen.fleet;

import dev.steward.loadgen.run.TurnComparison;
import dev.steward.loadgen.sweep.SweepGrid;
import dev.steward.loadgen.sweep.SweepPoint;
import dev.steward.loadgen.sweep.SweepRun;
import dev.steward.results.FleetPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Cuts a grid into tasks. Every strategy of a point stays in one task, so what is compared ran on one machine within
 * minutes; which points share a task is drawn.
 */
public final class FleetPlanner {
    private static final long NS_PER_MS = 1_000_000;
    private static final long MS_PER_MINUTE = 60_000;
    /** Tasks for each node that also measure the first point: with one, a node would be as uncertain as a task. */
    private static final int SHARED_PER_NODE = 2;

    private final SweepGrid grid;
    private final FleetRequest request;
    /** What a generation of JVMs costs before it takes turns, and what each point adds, milliseconds. */
    private final long startMs;
    private final Map<String, Long> pointMs;

    private FleetPlanner(SweepGrid grid, FleetRequest request) {
        this.grid = grid;
        this.request = request;
        SweepPoint first = grid.points().get(0);
        startMs = 2 * generations(List.of(first)) - generations(List.of(first, first));
        pointMs = grid.points().stream().collect(Collectors.toMap(SweepPoint::id, point ->
            generations(List.of(point)) - startMs));
    }

    private long generations(List<SweepPoint> points) {
        return request.generations() * TurnComparison.generationNs(
            points.stream().map(SweepPoint::scenario).toList(), grid.strategies().size()) / NS_PER_MS;
    }

    /**
     * Cuts the grid.
     *
     * @param perArray most tasks that the scheduler takes at once.
     * @param then     command that answers from a merged folder.
     */
    public static FleetPlan plan(SweepGrid grid, FleetRequest request, int perArray, String command, String then) {
        FleetPlanner planner = new FleetPlanner(grid, request);
        List<List<String>> tasks = new ArrayList<>();
        for (int copy = 1; copy <= request.copies(); copy++) {
            tasks.addAll(planner.cut(grid.inRandomOrder("fleet-" + copy, grid.points())));
        }
        planner.share(tasks);
        List<FleetPlan.Task> numbered = new ArrayList<>();
        for (List<String> points : tasks) {
            numbered.add(new FleetPlan.Task(numbered.size() + 1, planner.estimateMs(points), points));
        }
        return new FleetPlan(FleetPlan.FORMAT, FleetPlan.VERSION, request.kind(), command, request.generations(),
            request.nodes(), request.most(), perArray, numbered, then);
    }

    /** A scheduler takes seconds to start a task: each is long enough to be worth that. */
    private List<List<String>> cut(List<SweepPoint> points) {
        List<List<String>> tasks = new ArrayList<>();
        List<String> task = new ArrayList<>();
        long pointsMs = 0;
        for (SweepPoint point : points) {
            task.add(point.id());
            pointsMs += pointMs.get(point.id());
            if (startsMs(task.size()) + pointsMs >= request.minutes() * MS_PER_MINUTE) {
                tasks.add(task);
                task = new ArrayList<>();
                pointsMs = 0;
            }
        }
        if (!task.isEmpty() && !tasks.isEmpty()) {
            tasks.get(tasks.size() - 1).addAll(task);
        } else if (!task.isEmpty()) {
            tasks.add(task);
        }
        return tasks;
    }

    /** The tasks that start first, and so on different nodes, also measure the first point. */
    private void share(List<List<String>> tasks) {
        String first = grid.points().get(0).id();
        int sharing = request.nodes() == 1 || request.copies() > 1 ? 0
            : Math.min(tasks.size(), SHARED_PER_NODE * request.nodes());
        for (int i = 0; i < sharing; i++) {
            if (!tasks.get(i).contains(first)) {
                tasks.get(i).add(0, first);
            }
        }
    }

    private long estimateMs(List<String> points) {
        return startsMs(points.size()) + points.stream().mapToLong(pointMs::get).sum();
    }

    private long startsMs(int points) {
        return (points + SweepRun.BLOCK - 1) / SweepRun.BLOCK * startMs;
    }
}
