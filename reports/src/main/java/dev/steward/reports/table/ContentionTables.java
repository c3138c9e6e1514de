package dev.steward.reports.table;

import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.Summary;
import dev.steward.reports.summary.Totals;
import dev.steward.results.CellRecord;
import dev.steward.results.Units;
import dev.steward.results.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** What locks and readers had to do for each 1,000 events, whoever had to wait: the handler or an attach. */
final class ContentionTables {
    private static final double EVENTS = 1_000;
    /** As the files have them: the last has all that were repeated more often. */
    private static final List<String> REPEATS =
        List.of("1", "2-3", "4-7", "8-15", "16-31", "32-63", "64-127", "128+");
    private static final Layout<Totals> CONTENTION = new Layout<Totals>("strategy")
        .figure("contended", "acquisitions that failed at the first try", of(CellRecord.Contention::contended))
        .figure("spins", "further looks of a waiter that kept its core", of(CellRecord.Contention::spins)).noted()
        .figure("yields", "looks after which it offered its core", of(CellRecord.Contention::yields)).noted()
        .figure("steals", "acquisitions past others in the queue", of(CellRecord.Contention::steals)).noted()
        .figure("handoffs", "times a lock was kept for the first in its queue", of(CellRecord.Contention::handOffs))
        .noted()
        .figure("sleeps", "times a waiter slept or napped", of(CellRecord.Contention::sleeps))
        .figure("wakes", "waiters woken", of(CellRecord.Contention::wakeUps));
    private static final Layout<Totals> RETRIES = retries();

    private ContentionTables() {
    }

    /** None of files that do not tell. */
    static List<Table> of(Summary summary) {
        List<Table> tables = new ArrayList<>();
        if (any(summary, totals -> totals.guard().contention() != null)) {
            tables.add(CONTENTION.table("contention", "Locks, per 1,000 events",
                "Of threads that did not get a lock at once, handler and attach alike, for each 1,000 events that the "
                    + "handler took; whole runs (warm-up included). A dash: the lock does not show it.",
                Layout.strategies(summary, StrategySummary::totals)));
        }
        if (any(summary, totals -> totals.guard().retriedReads() != null)) {
            tables.add(RETRIES.table("retried-reads", "Repeated reads, per 1,000 events",
                "Reads of optimistic readers by how often they were repeated. A dash: no reader ever repeats.",
                Layout.strategies(summary, StrategySummary::totals)));
        }
        return tables;
    }

    private static boolean any(Summary summary, Predicate<Totals> told) {
        return summary.paths().stream().flatMap(path -> path.all().stream()).map(StrategySummary::totals)
            .anyMatch(totals -> totals != null && told.test(totals));
    }

    private static Layout<Totals> retries() {
        Layout<Totals> layout = new Layout<>("strategy");
        for (int bucket = 0; bucket < REPEATS.size(); bucket++) {
            int at = bucket;
            layout.figure(REPEATS.get(bucket), "repeated so often", totals -> {
                List<Long> reads = totals.guard().retriedReads();
                return per1000(reads == null || reads.size() <= at ? null : reads.get(at), totals);
            });
        }
        return layout;
    }

    private static Function<Totals, String> of(Function<CellRecord.Contention, Long> count) {
        return totals -> per1000(
            totals.guard().contention() == null ? null : count.apply(totals.guard().contention()), totals);
    }

    /** Three digits, as a rate of one in a million is still one; 0 is said only where it never happened. */
    private static String per1000(Long count, Totals totals) {
        if (count == null || totals.handled() == 0) {
            return Units.NONE;
        }
        double per = EVENTS * count / totals.handled();
        return count == 0 ? "0" : per < 0.001 ? "<0.001" : per < 1 ? Wording.format("%.3f", per)
            : per < 100 ? Wording.format("%.1f", per) : Units.count(per);
    }
}
