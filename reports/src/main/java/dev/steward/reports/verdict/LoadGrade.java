package dev.steward.reports.verdict;

import dev.steward.results.CellRecord;
import dev.steward.results.Tags;
import dev.steward.results.Units;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a cell was loaded as planned and its JVM left it alone, by what the cell says of itself; older ones say
 * nothing. The limits stand in docs/statistics.md.
 */
final class LoadGrade {
    /** A generator that keeps its schedule is below by far, whatever the law: see the controls of the rig. */
    private static final double BEHIND = 0.5;
    private static final Map<String, String> TAGS =
        Map.of("storm", Tags.EVENT_ENQUEUE, "churn", Tags.ATTACH);

    private LoadGrade() {
    }

    /** Reason by tag, for loads that are no good for verdicts. */
    static Map<String, String> of(CellRecord cell) {
        Map<String, String> reasons = new LinkedHashMap<>();
        for (CellRecord.Arrivals one : cell.arrivals() == null ? List.<CellRecord.Arrivals>of() : cell.arrivals()) {
            String reason = arrivals(one);
            if (reason != null && TAGS.containsKey(one.load())) {
                reasons.put(TAGS.get(one.load()), reason);
            }
        }
        if (cell.jvm() != null && cell.jvm().collections() > 0) {
            TAGS.values().forEach(tag -> reasons.put(tag, "the heap was collected while it was measured"));
        }
        return reasons;
    }

    private static String arrivals(CellRecord.Arrivals one) {
        if (one.missed() != 0) {
            return Units.exact(one.missed()) + " of " + Units.count(one.due()) + " arrivals were never started";
        }
        return one.behind() >= BEHIND ? "its generator was saturated: " + Units.wholeShare(one.behind())
            + " of the arrivals began more than a mean gap late" : null;
    }
}
