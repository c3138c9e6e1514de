package dev.steward.reports.summary;

import dev.steward.results.CellRecord;
import dev.steward.results.CellResult;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * What the threads of one role did in a second, each over all cells. Immutable.
 *
 * @param perSecond of each thread, by its number; empty if no cell tells
 */
public record ThreadRates(List<Double> perSecond) {
    private static final double MS_PER_SECOND = 1e3;

    /** Copies the list. */
    public ThreadRates {
        perSecond = List.copyOf(perSecond);
    }

    static ThreadRates of(Collection<CellResult> cells, String role) {
        TreeMap<Integer, Double> operations = new TreeMap<>();
        double seconds = 0;
        for (CellResult cell : cells) {
            if (cell.json().threads() != null) {
                seconds += cell.json().measuredMs() / MS_PER_SECOND;
                for (CellRecord.ThreadShare thread : cell.json().threads()) {
                    if (thread.role().equals(role)) {
                        operations.merge(thread.index(), (double) thread.operations(), Double::sum);
                    }
                }
            }
        }
        double measured = seconds;
        return new ThreadRates(measured <= 0 ? List.of()
            : operations.values().stream().map(done -> done / measured).toList());
    }

    /** {@return of all threads together} */
    public double all() {
        return perSecond.stream().mapToDouble(Double::doubleValue).sum();
    }

    /** {@return of the thread that did least} */
    public double min() {
        return perSecond.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    }

    /** {@return of the thread that did most} */
    public double max() {
        return perSecond.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }
}
