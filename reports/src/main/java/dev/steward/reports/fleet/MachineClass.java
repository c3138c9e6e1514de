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
     * @param node         that brought it
     * @param earlierNodes where its first generations were measured, if that was another attempt
     * @param folder       where it stands
     * @param noise        what was wrong with the machine meanwhile, in words
     */
    public record Result(
        String point, int task, String node, List<String> earlierNodes, Path folder, List<String> noise) {
        /** Copies the lists. */
        public Result {
            earlierNodes = List.copyOf(earlierNodes);
            noise = List.copyOf(noise);
        }

        /** {@return whether all of it was measured on one node} */
        boolean onOneNode() {
            return Set.of(node).containsAll(earlierNodes);
        }
    }

    /** {@return names of its nodes} */
    public Set<String> nodes() {
        Set<String> nodes = new TreeSet<>();
        results.forEach(result -> {
            nodes.add(result.node());
            nodes.addAll(result.earlierNodes());
        });
        return nodes;
    }

    /** {@return points that its nodes have measured} */
    public Set<String> points() {
        Set<String> points = new TreeSet<>();
        results.forEach(result -> points.add(result.point()));
        return points;
    }
}
