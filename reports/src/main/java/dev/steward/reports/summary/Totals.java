package dev.steward.reports.summary;

import dev.steward.results.CellRecord;
import dev.steward.results.CellResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * Sums over the valid cells of a strategy.
 *
 * @param guard     counters of the strategy; its footprint is that of the largest cell
 */
public record Totals(
    CellRecord.Ledger ledger, CellRecord.Guard guard, CellRecord.AttachCounts attach,
    CellRecord.Footprint footprint) {
    /** {@return the sums, or null without cells} */
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
            max(valid, json -> json.guard().deferredPeakBytes()), max(valid, json -> json.guard().footprintBytes()),
            contentionOf(valid), retriedReadsOf(valid));
    }

    /** A count is null unless every cell has it; all are, if a cell is of an older writer. */
    private static CellRecord.Contention contentionOf(Collection<CellResult> valid) {
        return valid.stream().anyMatch(cell -> cell.json().guard().contention() == null) ? null
            : new CellRecord.Contention(
                sumIfTold(valid, CellRecord.Contention::contended), sumIfTold(valid, CellRecord.Contention::spins),
                sumIfTold(valid, CellRecord.Contention::yields), sumIfTold(valid, CellRecord.Contention::steals),
                sumIfTold(valid, CellRecord.Contention::handOffs), sumIfTold(valid, CellRecord.Contention::sleeps),
                sumIfTold(valid, CellRecord.Contention::wakeUps));
    }

    private static Long sumIfTold(Collection<CellResult> valid, Function<CellRecord.Contention, Long> count) {
        List<Long> counts = new ArrayList<>();
        valid.forEach(cell -> counts.add(count.apply(cell.json().guard().contention())));
        return counts.contains(null) ? null : Long.valueOf(counts.stream().mapToLong(Long::longValue).sum());
    }

    /** Null unless every cell has them. */
    private static List<Long> retriedReadsOf(Collection<CellResult> valid) {
        List<Long> sums = null;
        for (CellResult cell : valid) {
            List<Long> reads = cell.json().guard().retriedReads();
            if (reads == null || sums != null && sums.size() != reads.size()) {
                return null;
            }
            List<Long> before = sums;
            sums = IntStream.range(0, reads.size())
                .mapToObj(i -> reads.get(i) + (before == null ? 0 : before.get(i))).toList();
        }
        return sums;
    }

    /** {@return events that the handler took out of the event queue, delivered or not} */
    public long handled() {
        return ledger.generated() - ledger.lostAtRing() - ledger.stillQueued()
            - (ledger.merged() == null ? 0 : ledger.merged());
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
