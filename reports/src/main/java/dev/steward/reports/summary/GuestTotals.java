package dev.steward.reports.summary;

import dev.steward.results.CellResult;
import dev.steward.results.CellRecord;
import dev.steward.results.Distribution;
import dev.steward.results.Tags;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * One guest over several cells. Immutable.
 *
 * @param lostAtRing met a full event queue; null if a cell does not tell
 */
public record GuestTotals(int guest, long offered, long lost, Long lostAtRing, Distribution latency) {
    /** {@return one for each guest in the order of their numbers, empty if no cell tells} */
    static List<GuestTotals> of(Collection<CellResult> cells) {
        Map<Integer, GuestTotals> totals = new TreeMap<>();
        for (CellResult cell : cells) {
            if (cell.json().guests() != null) {
                for (CellRecord.Guest one : cell.json().guests()) {
                    totals.merge(one.guest(), new GuestTotals(one.guest(), one.offered(), one.lost(),
                        one.lostAtRing(), cell.histograms().of(Tags.EVENT_GUEST + one.guest())), GuestTotals::sum);
                }
            }
        }
        return new ArrayList<>(totals.values());
    }

    private GuestTotals sum(GuestTotals other) {
        return new GuestTotals(guest, offered + other.offered, lost + other.lost,
            lostAtRing == null || other.lostAtRing == null ? null : lostAtRing + other.lostAtRing,
            Distribution.merge(List.of(latency, other.latency)));
    }

    /**
     * The guest with the most events offered.
     *
     * @param guests at least one
     */
    public static GuestTotals noisiest(List<GuestTotals> guests) {
        return guests.stream().max(Comparator.comparingLong(GuestTotals::offered)).orElseThrow();
    }

    /**
     * Several guests as one.
     *
     * @param guests at least one
     */
    public static GuestTotals together(List<GuestTotals> guests) {
        return guests.stream().reduce(GuestTotals::sum).orElseThrow();
    }

    /** {@return share of the offered events that met a full vEVENTQ: 0 to 1; 0 if none was offered} */
    public double lostShare() {
        return offered == 0 ? 0 : (double) lost / offered;
    }

    /** {@return share of the offered events that met a full event queue, 0 to 1; empty if a cell does not tell} */
    public OptionalDouble ringShare() {
        if (lostAtRing == null) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(offered == 0 ? 0 : (double) lostAtRing / offered);
    }
}
