package dev.steward.reports.summary;

import dev.steward.results.CellResult;
import dev.steward.results.CellRecord;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;

/**
 * Sums over the valid cells of a strategy.
 *
 * @param guard     counters of the strategy; its footprint is that of the largest cell
 */
public record Totals(
    CellRecord.Ledger ledger, CellRecord.Guard guard, CellRecord.AttachCounts attach,
    CellRecord.Footprint footprint) {
    /**
     * Adds up.
     *
     * @return the sums, or null without cells
     */
    public static Totals of(Collection<CellResult> valid) {
        return valid.isEmpty() ? null
            : new Totals(ledgerOf(valid), guardOf(valid), attachOf(valid), footprintOf(valid));
    }

    private static CellRecord.Ledger ledgerOf(Collection<CellResult> valid) {
        return new CellRecord.Ledger(
            sum(valid, json -> json.ledger().generated()), sum(valid, json -> json.ledger().delivered()),
            sum(valid, json -> json.ledger().lostAtRing()), sum(valid, json -> json.ledger().lostInVeventq()),
            sum(valid, json -> json.ledger().unattached()), sum(valid, json -> json.ledger().unknownStream()),
            sum(valid, json -> json.ledger().notForwarded()), sum(valid, json -> orZero(json.ledger().stallQueued())),
            sum(valid, json -> json.ledger().stallAborted()),
            sum(valid, json -> json.ledger().misreported()), sum(valid, json -> orZero(json.ledger().merged())),
            sum(valid, json -> orZero(json.ledger().discardedAtDestroy())),
            sum(valid, json -> json.ledger().stillQueued()),
            sum(valid, json -> json.ledger().balance()));
    }

    private static CellRecord.Guard guardOf(Collection<CellResult> valid) {
        return new CellRecord.Guard(
            sum(valid, json -> json.guard().retries()), sum(valid, json -> json.guard().fallbacks()),
            sum(valid, json -> json.guard().readerWaits()), sum(valid, json -> json.guard().gracePeriods()),
            max(valid, json -> json.guard().deferredPeakBytes()), max(valid, json -> json.guard().footprintBytes()));
    }

    private static CellRecord.AttachCounts attachOf(Collection<CellResult> valid) {
        return new CellRecord.AttachCounts(
            sum(valid, json -> json.attach().replace()), sum(valid, json -> json.attach().detachAttach()),
            sum(valid, json -> json.attach().sameViommu()), operationsOf(valid),
            sum(valid, json -> json.attach().syncs()),
            sum(valid, json -> json.attach().disruptive()));
    }

    /** Null if no cell tells. */
    private static Map<String, Long> operationsOf(Collection<CellResult> valid) {
        Map<String, Long> sums = new LinkedHashMap<>();
        valid.stream().map(cell -> cell.json().attach().operations()).filter(Objects::nonNull)
            .forEach(operations -> operations.forEach((kind, count) -> sums.merge(kind, count, Long::sum)));
        return sums.isEmpty() ? null : sums;
    }

    /** A file of an older writer has no such events: neither merging nor destroying was there. */
    private static long orZero(Long count) {
        return count == null ? 0 : count;
    }

    private static CellRecord.Footprint footprintOf(Collection<CellResult> valid) {
        return new CellRecord.Footprint(
            max(valid, json -> json.footprint().streamTableBytes()), max(valid, json -> json.footprint().guardBytes()),
            max(valid, json -> json.footprint().veventqBytes()), max(valid, json -> json.footprint().eventqBytes()));
    }

    private static long sum(Collection<CellResult> valid, ToLongFunction<CellRecord> field) {
        return valid.stream().map(CellResult::json).mapToLong(field).sum();
    }

    private static long max(Collection<CellResult> valid, ToLongFunction<CellRecord> field) {
        return valid.stream().map(CellResult::json).mapToLong(field).max().orElse(0);
    }
}
