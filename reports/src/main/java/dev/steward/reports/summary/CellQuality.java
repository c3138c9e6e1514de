package dev.steward.reports.summary;

import dev.steward.results.CellResult;
import dev.steward.results.CellRecord;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How well the valid cells of a strategy could measure.
 *
 * @param placements      number of cells by placement class; a cell whose probes differ counts as {@code mixed}
 * @param lowestRoundTripNs  of all probes, NaN without any
 * @param highestRoundTripNs of all probes, NaN without any
 * @param lowestOverlap   smallest share of a window in which all load threads ran, NaN without cells
 * @param highestSteal    largest share of CPU time the host took away, or null where not readable
 */
public record CellQuality(
    Map<String, Integer> placements, double lowestRoundTripNs, double highestRoundTripNs, double lowestOverlap,
    Double highestSteal) {
    /** Less is a probe that found no partner, since no cache answers faster. */
    private static final double FASTEST_NS = 1;

    /** Takes the figures. */
    public static CellQuality of(Collection<CellResult> valid) {
        Map<String, Integer> placements = new TreeMap<>();
        valid.forEach(cell -> placements.merge(cell.json().placementClass(), 1, Integer::sum));
        List<Double> roundTrips = valid.stream().flatMap(cell -> cell.json().placement().stream())
            .map(CellRecord.Placement::roundTripNs).filter(ns -> ns >= FASTEST_NS).sorted().toList();
        return new CellQuality(placements,
            roundTrips.isEmpty() ? Double.NaN : roundTrips.get(0),
            roundTrips.isEmpty() ? Double.NaN : roundTrips.get(roundTrips.size() - 1),
            valid.stream().mapToDouble(cell -> cell.json().threadOverlap()).min().orElse(Double.NaN),
            valid.stream().map(cell -> cell.json().stealShare()).filter(Objects::nonNull).max(Double::compare)
                .orElse(null));
    }
}
