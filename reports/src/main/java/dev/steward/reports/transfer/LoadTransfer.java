package dev.steward.reports.transfer;

import dev.steward.reports.statistics.KendallTau;
import dev.steward.reports.statistics.LinearTransfer;
import dev.steward.reports.statistics.Ratio;
import dev.steward.results.LockFigure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What carries over under one load. Orders are computed when they are asked for: whether an order is confirmed needs
 * none of them. Immutable.
 *
 * @param load       in words
 * @param rows       the floors, then the locks, those of the list first
 * @param inversions pairs whose order is another in C, by more than {@link Transfer#TOLERANCE} either way
 */
public record LoadTransfer(String load, List<LockRow> rows, List<Inversion> inversions) {
    private static final long SEED = 1;

    /**
     * A pair that changes places.
     *
     * @param faster in a JVM
     * @param slower in a JVM
     * @param jvm    the slower over the faster there, above 1
     * @param c      the same in C, below 1
     */
    public record Inversion(String faster, String slower, double jvm, double c) {
    }

    /** {@return those that are in both worlds, floors aside: what the orders are about} */
    static List<LockRow> both(List<LockRow> rows) {
        return rows.stream().filter(row -> row.inBoth() && !Transfer.FLOORS.contains(row.name())).toList();
    }

    private List<LockRow> both() {
        return both(rows);
    }

    /** {@return how many locks are in both worlds, floors aside} */
    public int locks() {
        return both().size();
    }

    /** {@return how far the orders of the two worlds agree} */
    public KendallTau tau() {
        List<LockRow> both = both();
        return KendallTau.of(both.stream().map(row -> Transfer.values(row.jvm())).toList(),
            both.stream().map(row -> Transfer.values(row.c())).toList(), Transfer.LEVEL, SEED);
    }

    /** {@return C from JVM by a straight line; null with fewer than {@link LinearTransfer#FEWEST} locks} */
    public LinearTransfer linear() {
        List<LockRow> both = both();
        return both.size() < LinearTransfer.FEWEST ? null : LinearTransfer.of(
            both.stream().mapToDouble(row -> row.jvm().ns()).toArray(),
            both.stream().mapToDouble(row -> row.c().ns()).toArray());
    }

    /**
     * The partial order: a lock stands behind all that are surely faster in both worlds, and in the first class that
     * allows it. Source: A. Sankaran, P. Bientinesi, Ranking with ties based on noisy performance data (2024): an order
     * is one only where intervals do not meet.
     */
    public List<List<String>> classes() {
        List<List<String>> classes = new ArrayList<>();
        Set<LockRow> left = new LinkedHashSet<>(both());
        while (!left.isEmpty()) {
            List<LockRow> next = left.stream()
                .filter(row -> left.stream().noneMatch(other -> surelyFaster(other, row))).toList();
            if (next.isEmpty()) {
                // Pairs with different repeats are judged in different ways, which can make a circle: no order there.
                next = List.copyOf(left);
            }
            classes.add(next.stream().sorted(Comparator.comparingDouble(row -> row.c().ns())).map(LockRow::name)
                .toList());
            next.forEach(left::remove);
        }
        return classes;
    }

    private static boolean surelyFaster(LockRow one, LockRow other) {
        return surelyFaster(one.c(), other.c()) && surelyFaster(one.jvm(), other.jvm());
    }

    private static boolean surelyFaster(LockFigure one, LockFigure other) {
        Ratio ratio = Ratio.of(Transfer.values(one), Transfer.values(other), Transfer.LEVEL);
        return ratio.interval() == null ? ratio.value() < 1 / (1 + Transfer.TOLERANCE) : ratio.interval().high() < 1;
    }
}
