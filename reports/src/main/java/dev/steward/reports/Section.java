package dev.steward.reports;

import dev.steward.reports.summary.RunSet;
import dev.steward.reports.summary.Summary;
import dev.steward.reports.table.CorrectnessTables;
import dev.steward.reports.table.CostTables;
import dev.steward.reports.table.DeliveryTables;
import dev.steward.reports.table.FairnessTables;
import dev.steward.reports.table.ForeignTables;
import dev.steward.reports.table.GradeTables;
import dev.steward.reports.table.GuestTables;
import dev.steward.reports.table.IntervalTables;
import dev.steward.reports.table.InvalidationTables;
import dev.steward.reports.table.KernelTables;
import dev.steward.reports.table.LatencyTables;
import dev.steward.reports.table.OutlierTables;
import dev.steward.reports.table.PartTables;
import dev.steward.reports.table.PlacementTables;
import dev.steward.reports.table.RunTables;
import dev.steward.reports.table.ScalingTables;
import dev.steward.reports.table.StageTable;
import dev.steward.reports.table.StallTables;
import dev.steward.reports.table.Table;
import dev.steward.reports.table.VerdictTables;
import dev.steward.results.Tags;
import java.util.ArrayList;
import java.util.List;

/**
 * A chapter of figures, the same in every report.
 *
 * @param id     letters and dashes, for links
 * @param title  of the chapter
 * @param tables in order
 */
public record Section(String id, String title, List<Table> tables) {
    /** Copies the list. */
    public Section {
        tables = List.copyOf(tables);
    }

    static Section verdict(Summary summary) {
        List<Table> tables = new ArrayList<>(VerdictTables.againstBest(summary));
        tables.addAll(VerdictTables.matrix(summary));
        tables.addAll(GradeTables.of(summary));
        return new Section("verdict", "Verdict", tables);
    }

    static List<Section> results(Summary summary) {
        List<Table> tables = new ArrayList<>(
            List.of(LatencyTables.events(summary), LatencyTables.attaches(summary)));
        tables.addAll(InvalidationTables.of(summary));
        tables.addAll(IntervalTables.of(summary));
        tables.addAll(PlacementTables.of(summary));
        tables.addAll(GuestTables.of(summary));
        List<Section> sections = new ArrayList<>(List.of(
            new Section("results", "Results", tables),
            new Section("stages", "Stages of an event", List.of(StageTable.of(summary)))));
        List<Table> slowest = new ArrayList<>(OutlierTables.of(summary));
        slowest.addAll(FairnessTables.of(summary));
        if (!slowest.isEmpty()) {
            sections.add(new Section("slowest", "The slowest, and fairness", slowest));
        }
        return sections;
    }

    static Section kernel(Summary summary) {
        return new Section("kernel", "In the manner of the kernel's tests", KernelTables.of(summary));
    }

    static Section runs(RunSet runs) {
        return new Section("runs", "Runs side by side", RunTables.of(runs));
    }

    static Section others(RunSet runs) {
        return new Section("others", "Other tools, other machines", ForeignTables.of(runs.others()));
    }

    static Section scaling(RunSet runs) {
        return new Section("scaling", "Numbers of threads", ScalingTables.of(runs));
    }

    static Section details(Summary summary) {
        return new Section("details", "Details of the latencies", List.of(
            LatencyTables.commits(summary), LatencyTables.reads(summary), LatencyTables.intendedAndRaw(summary),
            LatencyTables.ranges(summary, Tags.EVENT_ENQUEUE), LatencyTables.ranges(summary, Tags.ATTACH)));
    }

    static Section correctness(Summary summary) {
        List<Table> tables = new ArrayList<>(CorrectnessTables.oracles(summary));
        tables.add(CorrectnessTables.ledger(summary));
        tables.add(CorrectnessTables.ledgerRest(summary));
        tables.addAll(DeliveryTables.of(summary));
        tables.addAll(StallTables.of(summary));
        return new Section("correctness", "Oracles and ledger", tables);
    }

    static Section partial(Summary summary) {
        return new Section("partial-logs", "Damaged logs", PartTables.of(summary));
    }

    static Section costs(Summary summary) {
        return new Section("costs", "Footprint and counters",
            List.of(CostTables.footprint(summary), CostTables.counters(summary)));
    }

    static Section measuring(Summary summary) {
        return new Section("measuring", "The measuring itself", List.of(CostTables.quality(summary)));
    }
}
