package dev.steward.loadgen.cell;

import dev.steward.loadgen.outlier.JvmLog;
import dev.steward.loadgen.record.CellReport;
import dev.steward.loadgen.record.IntervalLog;
import dev.steward.loadgen.record.Oracle;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.results.CellRecord;
import dev.steward.results.Digest;
import dev.steward.results.JsonFile;
import dev.steward.results.Reason;
import dev.steward.strategy.Quiescence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Writes the two files of a cell that has run: the interval log first, the figures last and by renaming, so that their
 * presence means that the cell is complete.
 *
 * @param spec       what the cell had to do.
 * @param quiescence when a replaced attachment is out of reach under its strategy.
 * @param launchedMs start of its JVM, milliseconds since 1970.
 * @param stealShare share of the time that the host took away, empty where not readable.
 * @param placement  probes before and after it.
 */
record CellWriter(
    CellSpec spec, Quiescence quiescence, long launchedMs, OptionalDouble stealShare,
    List<CellRecord.Placement> placement) {
    private static final int NS_PER_MS = 1_000_000;

    void write(Cell cell) throws IOException {
        Path folder = Path.of(spec.folder());
        CellReport report = cell.report();
        Path log = folder.resolve(spec.id() + ".hlog");
        IntervalLog.write(log, cell.recorders(), report.histograms(), cell.measureStartMs(), spec.id());
        JsonFile.write(folder.resolve(spec.id() + ".json"),
            record(cell, report, Digest.of(Files.readAllBytes(log), CellRecord.LOG_DIGITS)));
    }

    private CellRecord record(Cell cell, CellReport report, String logDigest) throws IOException {
        Scenario scenario = cell.frame().scenario();
        CellRecord.Ledger ledger = report.ledger();
        List<CellRecord.Oracle> oracles = report.oracles();
        CellRecord.Stalls stalls = report.stalls();
        List<Reason> reasons = new ArrayList<>();
        report.disturbed().forEach((what, times) -> reasons.add(Reason.disturbed(what.word(), times)));
        reasons.addAll(CellVerdict.reasons(
            report.rates(), ledger, stalls.refused(), judged(quiescence, oracles), report.threadOverlap(),
            scenario.text(ScenarioKey.LOSSES).equals("expected")));
        return new CellRecord(
            CellRecord.FORMAT,
            CellRecord.VERSION,
            spec.id(),
            spec.strategy(),
            spec.path(),
            spec.repeat(),
            cell.frame().workloads().seed(),
            CellVerdict.status(reasons),
            reasons,
            Instant.ofEpochMilli(cell.startedAtMs()).toString(),
            // The wall clock may have been set back meanwhile.
            Math.max(0, cell.firstArrivalMs() - launchedMs),
            scenario.durationNs(ScenarioKey.WARMUP) / NS_PER_MS,
            scenario.durationNs(ScenarioKey.DURATION) / NS_PER_MS,
            cell.waiting(),
            cell.frame().workloads().digest(
                scenario.durationNs(ScenarioKey.WARMUP) + scenario.durationNs(ScenarioKey.DURATION)),
            report.rates(),
            ledger,
            oracles,
            report.deliveries(),
            stalls,
            report.prints(),
            report.guests(),
            report.threads(),
            report.threadRuns(),
            report.threadOverlap(),
            stealShare.isPresent() ? stealShare.getAsDouble() : null,
            placement,
            report.guard(),
            report.footprint(),
            report.attach(),
            report.invalidations(),
            report.injectedFailures(),
            scenario.count(ScenarioKey.SAMPLE_EVERY),
            cell.recorders().saturated(),
            report.outliers(JvmLog.pauses(), cell.frame().ring()),
            report.arrivals(),
            JvmLog.activity(cell.frame().window().measureFromNs(), cell.frame().window().measureToNs()).orElse(null),
            logDigest);
    }

    /** Where attach is deferred, an event to the old vIOMMU after it returned is the design: counted, no reason. */
    static List<CellRecord.Oracle> judged(Quiescence quiescence, List<CellRecord.Oracle> oracles) {
        return quiescence != Quiescence.AT_DESTROY ? oracles : oracles.stream()
            .filter(oracle -> !oracle.name().equals(Oracle.AFTER_ATTACH_RETURNED.label())).toList();
    }
}
