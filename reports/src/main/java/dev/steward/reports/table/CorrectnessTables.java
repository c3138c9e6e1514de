package dev.steward.reports.table;

import dev.steward.results.Wording;
import dev.steward.reports.summary.OracleTotal;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.Summary;
import dev.steward.results.CellRecord;
import dev.steward.results.TurnRecord;
import dev.steward.results.Units;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether the strategies did right: oracles and the ledger of events. */
final class CorrectnessTables {
    private static final Layout<CellRecord.Ledger> LEDGER = new Layout<CellRecord.Ledger>("strategy")
        .exact("generated", "by the storm", CellRecord.Ledger::generated)
        .exact("delivered", "read by the VMM", CellRecord.Ledger::delivered)
        .exact("ring", "lost at the full event queue", CellRecord.Ledger::lostAtRing).noted()
        .exact("vq", "lost at a full vEVENTQ", CellRecord.Ledger::lostInVeventq).noted()
        .exact("merged", "into a record that was still in the event queue", CellRecord.Ledger::merged).noted()
        .exact("gone", "discarded with the vEVENTQ they were queued in", CellRecord.Ledger::discardedAtDestroy).noted()
        .exact("balance", "generated minus all others", CellRecord.Ledger::balance);
    private static final Layout<CellRecord.Ledger> LEDGER_REST = new Layout<CellRecord.Ledger>("strategy")
        .exact("unattached", "stream known, nothing attached", CellRecord.Ledger::unattached)
        .exact("unknown", "no such stream", CellRecord.Ledger::unknownStream)
        .exact("not fwd", "id or stage 2: not for the guest", CellRecord.Ledger::notForwarded).noted()
        .exact("stalled", "stalled, into a fault queue", CellRecord.Ledger::stallQueued)
        .exact("abort", "stalled without a fault queue, answered by RESUME abort", CellRecord.Ledger::stallAborted)
        .noted()
        .exact("misrep", "to a destroyed vIOMMU, or to one without a vEVENTQ", CellRecord.Ledger::misreported).noted()
        .exact("queued", "still queued at the end", CellRecord.Ledger::stillQueued);
    /** Heads as short as a mail needs them; an oracle that is not listed is headed by its first letters. */
    private static final Map<String, String> HEADS = Map.ofEntries(
        Map.entry("torn-snapshot", "torn"), Map.entry("destroyed-viommu", "dead"),
        Map.entry("after-attach-returned", "late"), Map.entry("wrong-vsid", "vsid"),
        Map.entry("sequence-gap", "gap"), Map.entry("stream-order", "order"), Map.entry("conservation", "cons."),
        Map.entry("queue-depth", "depth"), Map.entry("ring-account", "ring"), Map.entry("pinned-destroy", "pins"),
        Map.entry("mixed-ste", "ste"), Map.entry("kept-attachment", "kept"), Map.entry("handler-asleep", "asleep"));
    /** Older folders number the properties after a list that readers do not have. */
    private static final Pattern NUMBERS = Pattern.compile(" \\((I\\d+(, I\\d+)*|\\d\\.\\d)\\)$");
    private static final String KEPT = "kept-attachment";
    private static final String TURNS_ALONE = "What the oracles found in turns stands at the top. How often they "
        + "looked is counted in long cells only, and this run has none.";
    private static final int HEAD_LENGTH = 6;
    private static final int MOST_ORACLES = 7;

    private CorrectnessTables() {
    }

    /** Violations by oracle, in as many tables as a mail is wide, but at least one; then the ledger. */
    static List<Table> of(Summary summary) {
        Map<String, String> meanings = new LinkedHashMap<>();
        summary.strategies().flatMap(strategy -> strategy.oracles().stream())
            .forEach(oracle -> meanings.putIfAbsent(oracle.name(), NUMBERS.matcher(oracle.meaning()).replaceFirst("")));
        List<String> names = List.copyOf(meanings.keySet());
        List<Table> tables = new ArrayList<>();
        int from = 0;
        do {
            int to = Math.min(names.size(), from + MOST_ORACLES);
            tables.add(oracles(summary, meanings, names.subList(from, to), from));
            from = to;
        } while (from < names.size());
        tables.add(LEDGER.table("ledger", "Ledger: where every event went",
            "Exact counts of whole runs (warm-up included), summed over the valid cells. The balance must be 0.",
            Layout.strategies(summary, CorrectnessTables::ledger)));
        tables.add(LEDGER_REST.table("ledger-rest",
            "Ledger, continued: events without a guest, and those under way", "",
            Layout.strategies(summary, CorrectnessTables::ledger)));
        return tables;
    }

    private static CellRecord.Ledger ledger(StrategySummary strategy) {
        return strategy.totals() == null ? null : strategy.totals().ledger();
    }

    private static Table oracles(Summary summary, Map<String, String> meanings, List<String> names, int from) {
        Layout<StrategySummary> layout = new Layout<>("strategy");
        names.forEach(name -> layout.figure(HEADS.getOrDefault(name,
            name.substring(0, Math.min(HEAD_LENGTH, name.length()))), name + ": " + meanings.get(name),
            strategy -> violations(strategy, name)).noted());
        layout.count("checks", "made by all oracles together", strategy -> strategy.oracles().stream()
            .filter(oracle -> names.contains(oracle.name())).mapToLong(OracleTotal::checks).sum());
        return from == 0
            ? layout.table("oracles", "Oracles: violations found while measuring",
                "Over every finished cell, INVALID ones included. A dash: the oracle did not check, and says nothing.",
                Layout.strategies(summary, strategy -> strategy))
            : layout.table("oracles-" + (char) ('a' + from / MOST_ORACLES), "Oracles, continued", "",
                Layout.strategies(summary, strategy -> strategy));
    }

    private static String violations(StrategySummary strategy, String name) {
        return strategy.oracles().stream().filter(oracle -> oracle.name().equals(name))
            .filter(oracle -> oracle.checks() > 0 || oracle.violations() > 0).findFirst()
            .map(oracle -> Units.count(oracle.violations())).orElse(Units.NONE);
    }

    /** What the oracles and the equal arrivals come to, without a verdict on checks that did not run. */
    static List<String> statements(Summary summary) {
        List<String> lines = violations(summary);
        if (lines.isEmpty()) {
            lines.add(summary.run().cells().isEmpty() ? TURNS_ALONE : silence(summary));
        }
        prints(summary).ifPresent(lines::add);
        failures(summary).ifPresent(lines::add);
        lines.addAll(unequal(summary));
        if (summary.run().cells().isEmpty()) {
            return lines;
        }
        if (summary.arrivals().compared() == 0) {
            lines.add("Equal arrivals: not checked, no two cells share a path and a repeat.");
        } else if (summary.arrivals().differences().isEmpty()) {
            lines.add("Equal arrivals: all strategies met the same schedule, in "
                + Wording.counted(summary.arrivals().compared(), "pair") + " of path and repeat.");
        }
        return lines;
    }

    /** What makes cells incomparable; none if nothing does. */
    static List<String> unequal(Summary summary) {
        return summary.arrivals().differences().isEmpty() ? List.of()
            : List.of("UNEQUAL ARRIVALS in " + String.join(", ", summary.arrivals().differences())
                + ": the strategies did not meet the same schedule there and cannot be compared.");
    }

    /** Empty if nothing was printed, or no cell tells. */
    private static Optional<String> prints(Summary summary) {
        return summary.finished().stream().map(CellRecord::prints).filter(Objects::nonNull)
            .reduce(CellRecord.Prints::plus)
            .filter(prints -> prints.events() + prints.overflows() > 0)
            .map(prints -> "The driver prints " + Units.count(prints.events()) + " events that it cannot pass on, "
                + "leaves out " + Units.count(prints.suppressed()) + " (10 in 5s for all SMMUs), and tells of "
                + Wording.counted(prints.overflows(), "overflow") + ".");
    }

    /** Empty if nothing was to fail. */
    private static Optional<String> failures(Summary summary) {
        List<CellRecord> cells =
            summary.finished().stream().filter(cell -> cell.injectedFailures() != null).toList();
        List<Long> inTurns =
            summary.turns().stream().map(TurnRecord::injectedFailures).filter(Objects::nonNull).toList();
        if (cells.isEmpty() && inTurns.isEmpty()) {
            return Optional.empty();
        }
        long ofCells = cells.stream().mapToLong(CellRecord::injectedFailures).sum();
        long all = ofCells + inTurns.stream().mapToLong(Long::longValue).sum();
        List<CellRecord.Oracle> kept = cells.stream().flatMap(cell -> cell.oracles().stream())
            .filter(oracle -> oracle.name().equals(KEPT)).toList();
        long looks = kept.stream().mapToLong(CellRecord.Oracle::checks).sum();
        Map<String, String> settings = summary.run().scenario();
        return Optional.of("Injected failures (fault.operation=" + settings.getOrDefault("fault.operation",
            "report") + ", fault.nth=" + settings.get("fault.nth") + "): "
            + Wording.counted(all, "allocation") + " found no memory"
            + (inTurns.isEmpty() || cells.isEmpty() ? "" : ", " + Units.count(ofCells) + " of them in the long cells")
            + (looks == 0 ? "." : "; what the device had was checked after " + Units.count(looks)
                + " of these and had changed after "
                + Units.count(kept.stream().mapToLong(CellRecord.Oracle::violations).sum()) + "."));
    }

    private static List<String> violations(Summary summary) {
        List<String> lines = new ArrayList<>();
        summary.strategies().forEach(strategy ->
            strategy.oracles().stream().filter(oracle -> oracle.violations() > 0).forEach(oracle ->
                lines.add(strategy.info().name() + ", path " + strategy.path() + ", " + oracle.name() + ": "
                    + Units.exact(oracle.violations()) + " violations in " + Units.count(oracle.checks())
                    + " checks, in " + Wording.counted(oracle.cells(), "cell") + (oracle.firstAtMs() == null ? ""
                        : ", first " + oracle.firstAtMs() + "ms into the storm") + ".")));
        return lines;
    }

    private static String silence(Summary summary) {
        long checks = summary.finished().stream().flatMap(cell -> cell.oracles().stream())
            .mapToLong(CellRecord.Oracle::checks).sum();
        return checks == 0 ? "The oracles made no check, and say nothing."
            : "No violation in " + Units.count(checks) + " checks in "
                + Wording.counted(summary.finished().size(), "finished cell") + ".";
    }
}
