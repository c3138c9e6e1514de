package dev.steward.reports.summary;

import dev.steward.results.CellResult;
import dev.steward.results.OutlierRecord;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Why the slowest of several cells were slow. Immutable.
 *
 * @param thresholdNs latency of the fastest of them in the cell where it is smallest
 * @param shares      of their excess, largest first; causes without any are excluded
 */
public record OutlierTotals(long count, long thresholdNs, List<Share> shares) {
    /** Copies the list. */
    public OutlierTotals {
        shares = List.copyOf(shares);
    }

    /**
     * What one cause has.
     *
     * @param share    of the excess of all, 0 to 1
     */
    public record Share(String cause, double share, int dominant, String meaning) {
    }

    /** Adds up: a cell counts by the excess that it had. */
    static OutlierTotals of(
        Collection<CellResult> cells, Function<OutlierRecord, OutlierRecord.OutlierSet> which) {
        List<OutlierRecord.OutlierSet> sets = cells.stream().map(cell -> cell.json().outliers())
            .filter(Objects::nonNull).map(which).toList();
        double excess = sets.stream().mapToDouble(OutlierRecord.OutlierSet::excessNs).sum();
        Map<String, Share> causes = new LinkedHashMap<>();
        for (OutlierRecord.OutlierSet set : sets) {
            for (OutlierRecord.CauseShare one : set.causes()) {
                double part = excess == 0 ? 0 : one.share() * set.excessNs() / excess;
                causes.merge(one.cause(), new Share(one.cause(), part, one.dominant(), one.meaning()),
                    (known, added) -> new Share(known.cause(), known.share() + added.share(),
                        known.dominant() + added.dominant(), known.meaning()));
            }
        }
        return new OutlierTotals(
            sets.stream().mapToLong(OutlierRecord.OutlierSet::count).sum(),
            sets.stream().filter(set -> set.count() > 0).mapToLong(OutlierRecord.OutlierSet::thresholdNs).min()
                .orElse(0),
            causes.values().stream().filter(share -> share.share() > 0)
                .sorted(Comparator.comparingDouble(Share::share).reversed()).toList());
    }
}
