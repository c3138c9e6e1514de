package dev.steward.results;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a run took turns, in {@code run.json}. Immutable.
 *
 * @param windowMs    measured part of a turn
 * @param runIn       parts of the rehearsal of a new JVM, each followed by a turn that does not count
 * @param rounds      rounds of a generation that count
 * @param generations sets of JVMs that were run to their end
 * @param budgetMs    time that all turns were given
 * @param spentMs     time that they took
 * @param look        at which of the planned looks the run ended, 1 to {@code looks}; 0 before the first
 * @param looks       how many times the verdicts were planned to be looked at, at equal parts of the budget
 * @param precision   wanted half-width of an interval as a share of the figure, by {@code figure.path}
 * @param placement   which thread ran on which CPUs
 */
public record TurnPlan(
    long windowMs, int runIn, int rounds, int generations, long budgetMs, long spentMs, int look, int looks,
    Map<String, Double> precision, List<Placed> placement) {
    /** With fewer there is no verdict. */
    public static final int FEWEST_GENERATIONS = 6;

    /** Copies the collections. */
    public TurnPlan {
        precision = Collections.unmodifiableMap(new LinkedHashMap<>(precision));
        placement = List.copyOf(placement);
    }

    /**
     * Where the threads of one role ran.
     *
     * @param thread role and path
     * @param cpus   as {@code taskset} writes them, or why they were not bound
     */
    public record Placed(String thread, String cpus) {
    }

    /** {@return the key of a figure on a path in {@link #precision}} */
    public static String key(TurnFigure figure, String path) {
        return figure.label() + "." + path;
    }
}
