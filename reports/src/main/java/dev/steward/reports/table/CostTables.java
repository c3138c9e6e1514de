package dev.steward.reports.table;

import dev.steward.reports.summary.CellQuality;
import dev.steward.reports.summary.Latency;
import dev.steward.reports.summary.PathSummary;
import dev.steward.reports.summary.Summary;
import dev.steward.results.CellRecord;
import dev.steward.results.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Tables of what surrounds the latencies: memory, counters of the guards, and how well the cells could measure. */
public final class CostTables {
    private static final Table.Column STRATEGY = Table.Column.name("strategy");

    private CostTables() {
    }

    /**
     * Memory.
     *
     * @param summary of the run
     * @return the table
     */
    public static Table footprint(Summary summary) {
        return new Table("footprint", "Footprint",
            "Of the largest valid cell. A layout that leaves the cache is slower for a reason that is not its lock.",
            List.of(STRATEGY, Table.Column.figure("stream table", "all stream table entries"),
                Table.Column.figure("guard", "locks and reader state"),
                Table.Column.figure("vEVENTQs", "all vEVENTQs"),
                Table.Column.figure("event queue", "of the SMMU")),
            Groups.of(summary, strategy -> {
                if (strategy.totals() == null) {
                    return CorrectnessTables.dashes(strategy, 4);
                }
                CellRecord.Footprint footprint = strategy.totals().footprint();
                return List.of(strategy.info().name(), Units.bytes(footprint.streamTableBytes()),
                    Units.bytes(footprint.guardBytes()), Units.bytes(footprint.veventqBytes()),
                    Units.bytes(footprint.eventqBytes()));
            }),
            List.of());
    }

    /**
     * Counters of guard and attach side.
     *
     * @param summary of the run
     * @return the table
     */
    public static Table counters(Summary summary) {
        return new Table("counters", "Counters of guard and attach side",
            "Counts of whole runs (warm-up included), summed over the valid cells.",
            List.of(STRATEGY, Table.Column.figure("retries", "reads repeated"),
                Table.Column.figure("fallbk", "reads that gave up optimism"),
                Table.Column.figure("waits", "commits that waited for a report on their stream"),
                Table.Column.figure("graces", "grace periods waited for"),
                Table.Column.figure("replace", "attaches that replaced a nested domain"),
                Table.Column.figure("det+att", "attaches through a detach"),
                Table.Column.figure("same", "attaches that stayed at the same vIOMMU"),
                Table.Column.figure("syncs", "CFGI_STE with CMD_SYNC"),
                Table.Column.figure("V=0", "disruptive STE writes, through V = 0")),
            Groups.of(summary, strategy -> {
                if (strategy.totals() == null) {
                    return CorrectnessTables.dashes(strategy, 9);
                }
                CellRecord.Guard guard = strategy.totals().guard();
                CellRecord.AttachCounts attach = strategy.totals().attach();
                return List.of(strategy.info().name(), Units.count(guard.retries()), Units.count(guard.fallbacks()),
                    Units.count(guard.readerWaits()), Units.count(guard.gracePeriods()),
                    Units.count(attach.replace()),
                    Units.count(attach.detachAttach()), Units.count(attach.sameViommu()),
                    Units.count(attach.syncs()), Units.count(attach.disruptive()));
            }),
            List.of("fallbk = reads that gave up optimism; waits = commits that waited for a report on their stream; "
                + "det+att = detach, then attach; same = stayed at the same vIOMMU; syncs = CFGI_STE with CMD_SYNC; "
                + "V=0 = STE writes through V = 0."));
    }

    /**
     * How well the cells could measure.
     *
     * @param summary of the run
     * @return the table, with the machine's hiccups and a warning where placement classes mix as notes
     */
    public static Table quality(Summary summary) {
        return new Table("quality", "How well the cells could measure",
            "Placement: cells by cache-line distance of their CPUs. Overlap: smallest share of a window with all "
                + "threads running. Steal: largest share the host took. Slip: the generators' own lateness, p99.",
            List.of(STRATEGY, new Table.Column("placement", "number of cells by class", false),
                Table.Column.figure("round trip", "of a cache line between CPUs, smallest to largest probe"),
                Table.Column.figure("overlap", "smallest share of a window with all threads running"),
                Table.Column.figure("steal", "largest share of CPU time the host took away"),
                Table.Column.figure("slip", "99th percentile of the storm generator's lateness")),
            Groups.of(summary, strategy -> {
                CellQuality quality = strategy.quality();
                return List.of(strategy.info().name(), placements(quality), roundTrips(quality),
                    Units.share(quality.lowestOverlap()),
                    quality.highestSteal() == null ? Units.NONE : Units.share(quality.highestSteal()),
                    Units.quantile(strategy.latency(Tags.SLIP_STORM).p99()));
            }),
            qualityNotes(summary));
    }

    private static List<String> qualityNotes(Summary summary) {
        List<String> notes = new ArrayList<>();
        for (PathSummary path : summary.paths()) {
            Latency hiccup = Latency.of(path.hiccup());
            notes.add("Hiccups of the machine beside path " + path.path() + ": p50 " + Units.quantile(hiccup.p50())
                + ", p99 " + Units.quantile(hiccup.p99()) + ", p99.9 " + Units.quantile(hiccup.p999()) + ", max "
                + Units.max(hiccup) + " (" + Units.count(hiccup.count()) + " probes).");
            TreeSet<String> classes = path.all().stream()
                .flatMap(strategy -> strategy.quality().placements().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
            if (classes.size() > 1) {
                notes.add("Path " + path.path() + " merges cells of placement classes " + String.join(", ", classes)
                    + ": a contended lock costs many times more when its CPUs are far apart. Compare only cells of "
                    + "one class.");
            }
        }
        return notes;
    }

    private static String placements(CellQuality quality) {
        return quality.placements().isEmpty() ? Units.NONE : quality.placements().entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue()).collect(Collectors.joining(", "));
    }

    private static String roundTrips(CellQuality quality) {
        return Double.isNaN(quality.lowestRoundTripNs()) ? Units.NONE
            : Units.duration(Math.rint(quality.lowestRoundTripNs())) + ".."
                + Units.duration(Math.rint(quality.highestRoundTripNs()));
    }
}
