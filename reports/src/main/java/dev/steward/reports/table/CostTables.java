package dev.steward.reports.table;

import dev.steward.reports.summary.CellQuality;
import dev.steward.reports.summary.Latency;
import dev.steward.reports.summary.PathSummary;
import dev.steward.reports.summary.Quantile;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.Summary;
import dev.steward.reports.summary.Totals;
import dev.steward.results.CellRecord;
import dev.steward.results.Tags;
import dev.steward.results.Units;
import dev.steward.results.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What surrounds the latencies: memory, counters of the guards, and how well the cells could measure. */
final class CostTables {
    private static final Layout<CellRecord.Footprint> FOOTPRINT = new Layout<CellRecord.Footprint>("strategy")
        .bytes("stream table", "all stream table entries", CellRecord.Footprint::streamTableBytes)
        .bytes("guard", "locks and reader state", CellRecord.Footprint::guardBytes)
        .bytes("vEVENTQs", "all vEVENTQs", CellRecord.Footprint::veventqBytes)
        .bytes("event queue", "of the SMMU", CellRecord.Footprint::eventqBytes);
    private static final Layout<Totals> COUNTERS = new Layout<Totals>("strategy")
        .count("retries", "reads repeated", all -> all.guard().retries())
        .count("fallbk", "reads that gave up optimism", all -> all.guard().fallbacks()).noted()
        .count("waits", "commits that waited for a report on their stream", all -> all.guard().readerWaits()).noted()
        .count("graces", "grace periods waited for", all -> all.guard().gracePeriods())
        .count("replace", "attaches that replaced a nested domain", all -> all.attach().replace())
        .count("det+att", "attaches through a detach", all -> all.attach().detachAttach()).noted()
        .count("same", "attaches that stayed at the same vIOMMU", all -> all.attach().sameViommu()).noted()
        .count("syncs", "CFGI_STE with CMD_SYNC", all -> all.attach().syncs()).noted()
        .count("V=0", "disruptive STE writes, through V = 0", all -> all.attach().disruptive()).noted();

    private static final Layout<PerDevice> PER_DEVICE = new Layout<PerDevice>("strategy")
        .figure("per master", "locks and reader state, by device", one -> bytes(one.guard, one.masters))
        .figure("per stream", "the same, by StreamID", one -> bytes(one.guard, one.streams))
        .figure("table", "stream table entries, by StreamID", one -> bytes(one.table, one.streams));

    private CostTables() {
    }

    /** Of the largest cell. */
    private record PerDevice(long guard, long table, long masters, long streams) {
        static PerDevice of(Totals totals, long masters, long streams) {
            return totals == null ? null : new PerDevice(
                totals.footprint().guardBytes(), totals.footprint().streamTableBytes(), masters, streams);
        }
    }

    /** To the byte, as a lock of 40 bytes for each master is what one argues about. */
    private static String bytes(long bytes, long by) {
        return Units.exact(Math.round((double) bytes / by)) + " B";
    }

    /** None where the scenario does not say how many there are. */
    private static List<Table> perDevice(Summary summary) {
        Map<String, String> scenario = summary.run().scenario();
        long streams = number(scenario, "streams") * number(scenario, "smmus");
        long each = number(scenario, "streamsPerDevice");
        if (streams <= 0 || each <= 0) {
            return List.of();
        }
        long masters = (number(scenario, "streams") + each - 1) / each * number(scenario, "smmus");
        return List.of(PER_DEVICE.table("per-device", "Bytes for each device",
            "Of the largest valid cell, by its " + Wording.counted((int) masters, "device") + " and "
                + Wording.counted((int) streams, "StreamID") + ". A strategy keeps a record for each entry that the "
                + "table has room for; a design keeps one for each master.",
            Layout.strategies(summary, one -> PerDevice.of(one.totals(), masters, streams))));
    }

    private static long number(Map<String, String> scenario, String key) {
        String text = scenario.getOrDefault(key, "");
        return text.matches("[0-9]{1,9}") ? Long.parseLong(text) : 0;
    }

    static List<Table> of(Summary summary) {
        List<Table> tables = new ArrayList<>(perDevice(summary));
        tables.addAll(0, List.of(
            FOOTPRINT.table("footprint", "Footprint",
                "Of the largest valid cell. A layout that leaves the cache is slower for a reason that is not its "
                    + "lock.",
                Layout.strategies(summary, one -> one.totals() == null ? null : one.totals().footprint())),
            COUNTERS.table("counters", "Counters of guard and attach side",
                "Counts of whole runs (warm-up included), summed over the valid cells.",
                Layout.strategies(summary, StrategySummary::totals))));
        return tables;
    }

    /** With the machine's hiccups and a warning where placement classes mix as notes. */
    static Table quality(Summary summary) {
        Layout<StrategySummary> layout = new Layout<StrategySummary>("strategy")
            .words("placement", "number of cells by class", strategy -> placements(strategy.quality()))
            .figure("round trip", "of a cache line between CPUs, smallest to largest probe",
                strategy -> roundTrips(strategy.quality()))
            .figure("overlap", "smallest share of a window with all threads running",
                strategy -> Units.share(strategy.quality().lowestOverlap()))
            .figure("steal", "largest share of CPU time the host took away",
                strategy -> strategy.quality().highestSteal() == null ? Units.NONE
                    : Units.share(strategy.quality().highestSteal()))
            .quantile("lateness", "99th percentile of the storm generator's lateness",
                strategy -> strategy.latency(Tags.SLIP_STORM).p99());
        notes(summary).forEach(layout::note);
        return layout.table("quality", "How well the cells could measure",
            "Placement: cells by cache-line distance of their CPUs. Overlap: smallest share of a window with all "
                + "threads running. Steal: largest share the host took. Lateness: p99 of the storm generator's own.",
            Layout.strategies(summary, strategy -> strategy));
    }

    private static List<String> notes(Summary summary) {
        List<String> notes = new ArrayList<>();
        for (PathSummary path : summary.paths()) {
            Latency hiccup = Latency.of(path.hiccup());
            notes.add("Hiccups of the machine beside path " + path.path() + ": p50 " + Quantile.text(hiccup.p50())
                + ", p99 " + Quantile.text(hiccup.p99()) + ", p99.9 " + Quantile.text(hiccup.p999()) + ", max "
                + hiccup.maxText() + " (" + Units.count(hiccup.count()) + " probes).");
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
