package dev.steward.reports.table;

import dev.steward.reports.summary.Latency;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.Summary;
import dev.steward.results.CellRecord;
import dev.steward.results.Tags;
import java.util.List;

/** Table of the stalled faults that waited in a fault queue or in a device. */
public final class StallTables {
    private static final int FIGURES = 8;

    private StallTables() {
    }

    /**
     * What became of them.
     *
     * @param summary of the run
     * @return empty if no fault waited in a queue, and none in a device
     */
    public static List<Table> of(Summary summary) {
        boolean any = summary.paths().stream().flatMap(path -> path.all().stream())
            .anyMatch(strategy -> strategy.stalls() != null && waited(strategy.stalls()));
        return any ? List.of(table(summary)) : List.of();
    }

    private static boolean waited(CellRecord.Stalls stalls) {
        return stalls.queued() > 0 || stalls.refused() != null && stalls.refused() > 0;
    }

    private static Table table(Summary summary) {
        return new Table("stalls", "Stalled faults",
            "Faults that wait in the fault queue until the VMM answers; counts of whole runs, summed over the cells. "
                + "Each is resumed exactly once: queued = retried + auto.",
            List.of(Table.Column.name("strategy"),
                Table.Column.figure("queued", "into the fault queue"),
                Table.Column.figure("retried", "answered by the VMM: the transaction tries again"),
                Table.Column.figure("auto", "aborted since the attachment they came through ended (W8)"),
                Table.Column.figure("too late", "answers of the VMM to such"),
                Table.Column.figure("abort", "aborted at once, no fault queue took them"),
                Table.Column.figure("refused", "no event: as many were stalled as the SMMU can hold"),
                Table.Column.figure("p50", "intended arrival until resumed by the VMM"),
                Table.Column.figure("p99", "intended arrival until resumed by the VMM")),
            Groups.of(summary, StallTables::row),
            List.of("Not in the stages. The oracles judge what the guard found for them; resumed-once and fault-fence "
                + "watch the rest of their way. Of a guest's figures they are in the offered and the refused alone. A "
                + "stall is refused when eventq.maxStalls are outstanding: its device waits, which thins the load."));
    }

    private static List<String> row(StrategySummary strategy) {
        CellRecord.Stalls stalls = strategy.stalls();
        if (stalls == null) {
            return CorrectnessTables.dashes(strategy, FIGURES);
        }
        Latency response = strategy.latency(Tags.FAULT_RESPONSE);
        return List.of(strategy.info().name(), Units.exact(stalls.queued()), Units.exact(stalls.answered()),
            Units.exact(stalls.answeredAutomatically()), Units.exact(stalls.answeredTooLate()),
            Units.exact(stalls.aborted()), stalls.refused() == null ? Units.NONE : Units.exact(stalls.refused()),
            Units.quantile(response.p50()), Units.quantile(response.p99()));
    }
}
