package dev.steward.reports.table;

import dev.steward.reports.summary.Latency;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.Summary;
import dev.steward.results.Tags;
import java.util.List;

/** Table of what guests invalidated beside events and attaches. */
public final class InvalidationTables {
    private static final int FIGURES = 7;

    private InvalidationTables() {
    }

    /**
     * How long a batch took.
     *
     * @param summary of the run
     * @return empty if no cell had that load
     */
    public static List<Table> of(Summary summary) {
        boolean any = summary.paths().stream().flatMap(path -> path.all().stream())
            .anyMatch(strategy -> strategy.invalidations() != null);
        return any ? List.of(table(summary)) : List.of();
    }

    private static Table table(Summary summary) {
        return new Table("invalidations", "Invalidations: intended start of a batch until its SYNC was done",
            "Histogram tags " + Tags.INVALIDATE + " and " + Tags.INVALIDATE_RAW + ", all valid repeats added up. "
                + "Batches of ATC_INV, each command looked up under the lock of the vDEVICEs.",
            List.of(Table.Column.name("strategy"),
                Table.Column.figure("cmds/s", "achieved rate of commands"),
                Table.Column.figure("misses", "commands answered with -EIO: the vDEVICE was away"),
                Table.Column.figure("p50", "median of a batch"),
                Table.Column.figure("p99", "99 of 100 batches were not slower"),
                Table.Column.figure("max", "slowest batch"),
                Table.Column.figure("raw p50", "median from the real start"),
                Table.Column.figure("raw p99", "from the real start")),
            Groups.of(summary, InvalidationTables::row),
            List.of("raw: from the real start, without the lateness of the thread's wake-up. misses: a device whose "
                + "vDEVICE an attach thread is moving has none; the guest is told so, and nothing is wrong."));
    }

    private static List<String> row(StrategySummary strategy) {
        if (strategy.invalidations() == null) {
            return CorrectnessTables.dashes(strategy, FIGURES);
        }
        Latency batch = strategy.latency(Tags.INVALIDATE);
        Latency raw = strategy.latency(Tags.INVALIDATE_RAW);
        return List.of(strategy.info().name(), Units.rate(strategy.invalidation().achievedPerSecond()),
            Units.count(strategy.invalidations().misses()), Units.quantile(batch.p50()), Units.quantile(batch.p99()),
            Units.max(batch), Units.quantile(raw.p50()), Units.quantile(raw.p99()));
    }
}
