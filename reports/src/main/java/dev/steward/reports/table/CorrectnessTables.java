package dev.steward.reports.table;

import dev.steward.reports.summary.OracleTotal;
import dev.steward.reports.summary.PathSummary;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.Summary;
import dev.steward.results.CellRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tables of whether the strategies did right: oracles and the ledger of events. */
public final class CorrectnessTables {
    private static final Table.Column STRATEGY = Table.Column.name("strategy");
    /** Heads as short as a mail needs them; an oracle that is not listed is headed by its first letters. */
    private static final Map<String, String> HEADS = Map.ofEntries(
        Map.entry("torn-snapshot", "torn"), Map.entry("destroyed-viommu", "dead"),
        Map.entry("after-attach-returned", "late"), Map.entry("wrong-vsid", "vsid"),
        Map.entry("sequence-gap", "gap"), Map.entry("stream-order", "order"), Map.entry("conservation", "cons."),
        Map.entry("queue-depth", "depth"), Map.entry("ring-account", "ring"), Map.entry("pinned-destroy", "pins"),
        Map.entry("mixed-ste", "ste"));
    private static final int HEAD_LENGTH = 6;
    private static final int MOST_ORACLES = 7;

    private CorrectnessTables() {
    }

    /**
     * Violations by oracle, in as many tables as a mail is wide.
     *
     * @param summary of the run
     * @return the tables, at least one
     */
    public static List<Table> oracles(Summary summary) {
        List<Map.Entry<String, String>> meanings = new ArrayList<>(meanings(summary).entrySet());
        List<Table> tables = new ArrayList<>();
        int from = 0;
        do {
            int to = Math.min(meanings.size(), from + MOST_ORACLES);
            tables.add(oracleTable(summary, meanings.subList(from, to), from));
            from = to;
        } while (from < meanings.size());
        return tables;
    }

    private static Table oracleTable(
        Summary summary, List<Map.Entry<String, String>> meanings, int from) {
        List<Table.Column> columns = new ArrayList<>(List.of(STRATEGY));
        meanings.forEach(one -> columns.add(
            Table.Column.figure(headOf(one.getKey()), one.getKey() + ": " + one.getValue())));
        columns.add(Table.Column.figure("checks", "made by all oracles together"));
        List<String> notes = new ArrayList<>();
        meanings.forEach(one -> notes.add(headOf(one.getKey()) + " = " + one.getKey() + ": " + one.getValue()));
        List<String> names = meanings.stream().map(Map.Entry::getKey).toList();
        return from == 0
            ? new Table("oracles", "Oracles: violations found while measuring",
                "Over every finished cell, INVALID ones included. A dash: the oracle did not check, and says nothing.",
                columns, Groups.of(summary, strategy -> oracleRow(strategy, names)), notes)
            : new Table("oracles-" + (char) ('a' + from / MOST_ORACLES), "Oracles, continued", "",
                columns, Groups.of(summary, strategy -> oracleRow(strategy, names)), notes);
    }

    private static List<String> oracleRow(StrategySummary strategy, List<String> names) {
        List<String> row = new ArrayList<>(List.of(strategy.info().name()));
        long checks = 0;
        for (String name : names) {
            String cell = Units.NONE;
            for (OracleTotal total : strategy.oracles()) {
                if (total.name().equals(name)) {
                    checks += total.checks();
                    cell = total.checks() == 0 && total.violations() == 0 ? Units.NONE
                        : Units.count(total.violations());
                }
            }
            row.add(cell);
        }
        row.add(Units.count(checks));
        return row;
    }

    private static Map<String, String> meanings(Summary summary) {
        Map<String, String> meanings = new LinkedHashMap<>();
        for (PathSummary path : summary.paths()) {
            for (StrategySummary strategy : path.all()) {
                strategy.oracles().forEach(oracle -> meanings.putIfAbsent(oracle.name(), oracle.meaning()));
            }
        }
        return meanings;
    }

    private static String headOf(String oracle) {
        return HEADS.getOrDefault(oracle, oracle.substring(0, Math.min(HEAD_LENGTH, oracle.length())));
    }

    /**
     * Every violation in words.
     *
     * @param summary of the run
     * @return one line per strategy, path and oracle with a violation
     */
    public static List<String> violations(Summary summary) {
        List<String> lines = new ArrayList<>();
        for (PathSummary path : summary.paths()) {
            for (StrategySummary strategy : path.all()) {
                for (OracleTotal oracle : strategy.oracles()) {
                    if (oracle.violations() > 0) {
                        lines.add(strategy.info().name() + ", path " + path.path() + ", " + oracle.name() + ": "
                            + Units.exact(oracle.violations()) + " violations in " + Units.count(oracle.checks())
                            + " checks, in " + oracle.cells() + (oracle.cells() == 1 ? " cell" : " cells")
                            + (oracle.firstAtMs() == null ? ""
                                : ", first " + oracle.firstAtMs() + "ms into the storm") + ".");
                    }
                }
            }
        }
        return lines;
    }

    /**
     * What the oracles and the equal arrivals come to, without a verdict on checks that did not run.
     *
     * @param summary of the run
     * @return lines in words
     */
    public static List<String> statements(Summary summary) {
        List<String> lines = new ArrayList<>(violations(summary));
        if (lines.isEmpty()) {
            lines.add(silence(summary));
        }
        if (summary.arrivals().compared() == 0) {
            lines.add("Equal arrivals: not checked, no two cells share a path and a repeat.");
        } else if (summary.arrivals().differences().isEmpty()) {
            lines.add("Equal arrivals: all strategies met the same schedule in each of " + summary.arrivals().compared()
                + " pairs of path and repeat.");
        } else {
            lines.add("UNEQUAL ARRIVALS in " + String.join(", ", summary.arrivals().differences())
                + ": the strategies did not meet the same schedule there and cannot be compared.");
        }
        return lines;
    }

    private static String silence(Summary summary) {
        long checks = summary.finished().stream().flatMap(cell -> cell.oracles().stream())
            .mapToLong(CellRecord.Oracle::checks).sum();
        if (checks == 0) {
            return "The oracles made no check, and say nothing.";
        }
        return "No violation in " + Units.count(checks) + " checks in " + summary.finished().size()
            + (summary.finished().size() == 1 ? " finished cell." : " finished cells.");
    }

    /**
     * Where every event went.
     *
     * @param summary of the run
     * @return the table
     */
    public static Table ledger(Summary summary) {
        return new Table("ledger", "Ledger: where every event went",
            "Exact counts of whole runs (warm-up included), summed over the valid cells. The balance must be 0.",
            List.of(STRATEGY, Table.Column.figure("generated", "by the storm"),
                Table.Column.figure("delivered", "read by the VMM"),
                Table.Column.figure("ring", "event queue full"),
                Table.Column.figure("vq", "vEVENTQ full"),
                Table.Column.figure("merged", "into a record that was still in the event queue"),
                Table.Column.figure("gone", "discarded with the vEVENTQ they were queued in"),
                Table.Column.figure("balance", "generated minus all others")),
            Groups.of(summary, strategy -> {
                if (strategy.totals() == null) {
                    return dashes(strategy, 7);
                }
                CellRecord.Ledger ledger = strategy.totals().ledger();
                return List.of(strategy.info().name(), Units.exact(ledger.generated()),
                    Units.exact(ledger.delivered()), Units.exact(ledger.lostAtRing()),
                    Units.exact(ledger.lostInVeventq()), Units.exact(ledger.merged()),
                    Units.exact(ledger.discardedAtDestroy()), Units.exact(ledger.balance()));
            }),
            List.of("ring, vq = lost at the full event queue, at a full vEVENTQ; merged = into a record that was still "
                + "in the event queue; gone = discarded with the vEVENTQ they were queued in."));
    }

    /**
     * The rest of the ledger: events that were not for a guest, and those still under way.
     *
     * @param summary of the run
     * @return the table
     */
    public static Table ledgerRest(Summary summary) {
        return new Table("ledger-rest", "Ledger, continued: events without a guest, and those under way", "",
            List.of(STRATEGY, Table.Column.figure("unattached", "stream known, nothing attached"),
                Table.Column.figure("unknown", "no such stream"),
                Table.Column.figure("not fwd", "id or stage 2: not for the guest"),
                Table.Column.figure("stalled", "stalled, into a fault queue"),
                Table.Column.figure("abort", "stalled without a fault queue, answered by RESUME abort"),
                Table.Column.figure("misrep", "to a destroyed vIOMMU, or to one without a vEVENTQ"),
                Table.Column.figure("queued", "still queued at the end")),
            Groups.of(summary, strategy -> {
                if (strategy.totals() == null) {
                    return dashes(strategy, 7);
                }
                CellRecord.Ledger ledger = strategy.totals().ledger();
                return List.of(strategy.info().name(), Units.exact(ledger.unattached()),
                    Units.exact(ledger.unknownStream()), Units.exact(ledger.notForwarded()),
                    Units.exact(ledger.stallQueued()), Units.exact(ledger.stallAborted()),
                    Units.exact(ledger.misreported()),
                    Units.exact(ledger.stillQueued()));
            }),
            List.of("not fwd = id or stage 2, not for the guest; abort = stalled without a fault queue, answered by "
                + "RESUME abort; misrep = to a vIOMMU that was gone or had no vEVENTQ."));
    }

    static List<String> dashes(StrategySummary strategy, int figures) {
        List<String> row = new ArrayList<>(List.of(strategy.info().name()));
        for (int i = 0; i < figures; i++) {
            row.add(Units.NONE);
        }
        return row;
    }
}
