package dev.steward.reports.summary;

import dev.steward.results.CellResult;
import dev.steward.results.CellRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * How evenly several were served, by their mean latencies. Immutable.
 *
 * @param minNs   smallest mean, in nanoseconds
 * @param jain    Jain's index of the means: 1 if all are equal, 1 / parties if one has it all
 */
public record Fairness(int parties, double minNs, double meanNs, double maxNs, double jain) {
    /** {@return how even they are; guests that got no event are excluded} */
    static Fairness ofGuests(List<GuestTotals> guests) {
        return of(guests.stream().filter(guest -> guest.latency().count() > 0)
            .map(guest -> guest.latency().meanNs()).toList());
    }

    /** Compares threads of one role, each over all cells. */
    static Fairness ofThreads(Collection<CellResult> cells, String role) {
        List<double[]> sums = new ArrayList<>();
        for (CellResult cell : cells) {
            if (cell.json().threads() != null) {
                for (CellRecord.ThreadShare thread : cell.json().threads()) {
                    if (thread.role().equals(role)) {
                        while (sums.size() <= thread.index()) {
                            sums.add(new double[2]);
                        }
                        sums.get(thread.index())[0] += thread.operations() * thread.meanNs();
                        sums.get(thread.index())[1] += thread.operations();
                    }
                }
            }
        }
        return of(sums.stream().filter(sum -> sum[1] > 0).map(sum -> sum[0] / sum[1]).toList());
    }

    /** {@return how even they are} */
    static Fairness of(List<Double> meansNs) {
        double sum = meansNs.stream().mapToDouble(Double::doubleValue).sum();
        return new Fairness(
            meansNs.size(),
            meansNs.stream().mapToDouble(Double::doubleValue).min().orElse(0),
            meansNs.isEmpty() ? 0 : sum / meansNs.size(),
            meansNs.stream().mapToDouble(Double::doubleValue).max().orElse(0),
            jain(meansNs));
    }

    /**
     * Jain's index: the square of the sum by the count times the sum of squares.
     * Source: R. Jain, D. Chiu, W. Hawe, DEC-TR-301 (1984).
     */
    private static double jain(List<Double> values) {
        double sum = values.stream().mapToDouble(Double::doubleValue).sum();
        double squares = values.stream().mapToDouble(value -> value * value).sum();
        return squares == 0 ? 1 : sum * sum / (values.size() * squares);
    }
}
