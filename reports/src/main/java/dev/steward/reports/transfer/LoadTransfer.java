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
import java.util.function.BiPredicate;

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
        private static Inversion of(LockRow faster, LockRow slower) {
            return new Inversion(faster.name(), slower.name(), slower.jvm().ns() / faster.jvm().ns(),
                slower.c().ns() / faster.c().ns());
        }
    }

    /** Of rows in any order. */
    static LoadTransfer of(String load, List<LockRow> rows) {
        return new LoadTransfer(load, rows, pairs(both(rows),
            (one, other) -> muchFaster(one.jvm(), other.jvm()) && muchFaster(other.c(), one.c())));
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

    /** {@return how many pairs have a sure order in both worlds, whether or not it is the same} */
    public long surePairs() {
        return pairs(both(), (one, other) -> surelyFaster(one.jvm(), other.jvm())
            && (surelyFaster(one.c(), other.c()) || surelyFaster(other.c(), one.c()))).size();
    }

    /** {@return those of them whose order in C is the other one, by however little} */
    public List<Inversion> reversed() {
        return pairs(both(), (one, other) -> surelyFaster(one.jvm(), other.jvm()) && surelyFaster(other.c(), one.c()));
    }

    /** Widest first. */
    private static List<Inversion> pairs(List<LockRow> both, BiPredicate<LockRow, LockRow> which) {
        List<Inversion> pairs = new ArrayList<>();
        for (LockRow faster : both) {
            both.stream().filter(slower -> which.test(faster, slower))
                .forEach(slower -> pairs.add(Inversion.of(faster, slower)));
        }
        pairs.sort(Comparator.comparingDouble(one -> -one.jvm() / one.c()));
        return pairs;
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
        // This ends: only locks with equally many repeats are ordered, by the mean of their logs, so there is no cycle,
        // and one at least of those left has none before it.
        while (!left.isEmpty()) {
            List<LockRow> next = left.stream()
                .filter(row -> left.stream().noneMatch(other -> surelyFaster(other, row))).toList();
            classes.add(next.stream().sorted(Comparator.comparingDouble(row -> row.c().ns())).map(LockRow::name)
                .toList());
            next.forEach(left::remove);
        }
        return classes;
    }

    private static boolean muchFaster(LockFigure one, LockFigure other) {
        return other.ns() / one.ns() > 1 + Transfer.TOLERANCE;
    }

    private static boolean surelyFaster(LockRow one, LockRow other) {
        return surelyFaster(one.c(), other.c()) && surelyFaster(one.jvm(), other.jvm());
    }

    /** Nothing is sure of one repeat, or of locks of which one has missed some: theirs are not of the same moments. */
    private static boolean surelyFaster(LockFigure one, LockFigure other) {
        Ratio ratio = Ratio.of(Transfer.values(one), Transfer.values(other), Transfer.LEVEL);
        return ratio.interval() != null && ratio.interval().high() < 1;
    }
}
