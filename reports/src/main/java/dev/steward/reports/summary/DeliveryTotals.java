package dev.steward.reports.summary;

import dev.steward.results.CellResult;
import dev.steward.results.CellRecord;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Where the events of several cells went, compared with the entries that caused them. Immutable. */
public record DeliveryTotals(long right, long unprovoked, Map<String, CellRecord.WindowCount> windows) {
    /** Copies the map. */
    public DeliveryTotals {
        windows = Map.copyOf(windows);
    }

    /** {@return the sums, or null if no cell tells} */
    static DeliveryTotals of(Collection<CellResult> cells) {
        List<CellRecord.Deliveries> all =
            cells.stream().map(cell -> cell.json().deliveries()).filter(Objects::nonNull).toList();
        if (all.isEmpty()) {
            return null;
        }
        Map<String, CellRecord.WindowCount> windows = new LinkedHashMap<>();
        all.stream().flatMap(one -> one.windows().stream())
            .forEach(window -> windows.merge(window.window(), window, DeliveryTotals::sum));
        return new DeliveryTotals(
            all.stream().mapToLong(CellRecord.Deliveries::right).sum(),
            all.stream().mapToLong(CellRecord.Deliveries::unprovoked).sum(),
            windows);
    }

    private static CellRecord.WindowCount sum(CellRecord.WindowCount one, CellRecord.WindowCount other) {
        return new CellRecord.WindowCount(
            one.window(),
            one.staleSameGuest() + other.staleSameGuest(),
            one.crossGuest() + other.crossGuest(),
            one.lost() + other.lost(),
            Math.max(one.oldestNs(), other.oldestNs()),
            one.meaning());
    }

    /**
     * The counts of a window.
     *
     * @return its counts, all 0 if no cell has them
     */
    public CellRecord.WindowCount of(String window) {
        return windows.getOrDefault(window, new CellRecord.WindowCount(window, 0, 0, 0, 0, ""));
    }
}
