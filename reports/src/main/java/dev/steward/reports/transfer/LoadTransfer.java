package dev.steward.reports.transfer;

import dev.steward.reports.statistics.KendallTau;
import dev.steward.reports.statistics.LinearTransfer;
import java.util.List;

/**
 * What carries over under one load. Immutable.
 *
 * @param load       in words
 * @param rows       the floors, then the locks, those of the list first
 * @param locks      that are in both worlds, floors aside: what the next figures are about
 * @param inversions pairs whose order is another in C, by more than {@link Transfer#TOLERANCE} either way
 * @param linear     null with fewer than {@link LinearTransfer#FEWEST} locks
 * @param classes    the partial order: a lock stands behind all that are surely faster in both worlds, and in the first
 *                   class that allows it
 */
public record LoadTransfer(
    String load, List<LockRow> rows, int locks, KendallTau tau, List<Inversion> inversions, LinearTransfer linear,
    List<List<String>> classes) {
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
}
