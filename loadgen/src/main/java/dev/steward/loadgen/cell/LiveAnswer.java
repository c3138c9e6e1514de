package dev.steward.loadgen.cell;

import dev.steward.results.CellRecord;
import dev.steward.results.TurnRecord;
import java.util.List;
import java.util.Map;

/**
 * What the JVM of a contestant answers to a {@link LiveOrder}, as one line of JSON.
 *
 * @param failure          why it could not be carried out, or null.
 * @param figures          by tag.
 * @param violations       by oracle, those above 0.
 * @param injectedFailures allocations that were made to fail; null if none was to.
 * @param fromNs           start of the measured window, by {@code System.nanoTime()}.
 * @param toNs             end of it.
 * @param collections      of the heap while the load ran.
 * @param longestHiccupNs  most that a sleeping thread overslept; 0 if none was measured.
 * @param placement        where each thread ran.
 */
public record LiveAnswer(
    String failure, Map<String, TurnRecord.Figure> figures, List<CellRecord.Rate> rates, CellRecord.Ledger ledger,
    Map<String, Long> violations, Long injectedFailures, long fromNs, long toNs, long collections, long longestHiccupNs,
    Map<String, String> placement) {

    static LiveAnswer failed(String reason) {
        return new LiveAnswer(reason, Map.of(), List.of(), null, Map.of(), null, 0, 0, 0, 0, Map.of());
    }

    static LiveAnswer done() {
        return failed(null);
    }
}
