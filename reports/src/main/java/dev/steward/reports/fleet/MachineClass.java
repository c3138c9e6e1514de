package dev.steward.reports.fleet;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Nodes whose latencies may stand side by side, and what they have brought. Immutable.
 *
 * @param machine CPU model, cores, kernel, JVM and commit of the suite
 * @param results of its nodes, by point and task
 * @param folder  where they stand when they are put together: the folder of a sweep
 * @param effects how its nodes differ, as far as they have measured the same point
 */
public record MachineClass(String machine, List<Result> results, Path folder, List<NodeEffect> effects) {
    /** Copies the lists. */
    public MachineClass {
        results = List.copyOf(results);
        effects = List.copyOf(effects);
    }

    /**
     * What one task has brought of one point.
     *
     * @param folder where it stands
     * @param noise  what was wrong with the machine meanwhile, in words
     */
    public record Result(String point, int task, String node, Path folder, List<String> noise) {
        /** Copies the list. */
        public Result {
            noise = List.copyOf(noise);
        }
    }

    /** {@return names of its nodes} */
    public Set<String> nodes() {
        Set<String> nodes = new TreeSet<>();
        results.forEach(result -> nodes.add(result.node()));
        return nodes;
    }

    /** {@return points that its nodes have measured} */
    public Set<String> points() {
        Set<String> points = new TreeSet<>();
        results.forEach(result -> points.add(result.point()));
        return points;
    }
}
