package dev.steward.loadgen.cell;

import dev.steward.engine.iommufd.VEventQueue;
import dev.steward.engine.smmu.AttachStatistics;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.loadgen.guest.GuestFigures;
import dev.steward.loadgen.oracle.Oracle;
import dev.steward.loadgen.outlier.PauseLog;
import dev.steward.loadgen.record.IntervalLog;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.loadgen.workload.ChurnKind;
import dev.steward.results.CellRecord;
import dev.steward.results.JsonFile;
import dev.steward.strategy.Quiescence;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;

/**
 * Writes the two files of a cell that has run: the interval log first, the figures last and by renaming, so that their
 * presence means that the cell is complete.
 */
final class CellWriter {
    private static final int NS_PER_MS = 1_000_000;

    private CellWriter() {
    }

    static void write(
        CellSpec spec,
        Cell cell,
        String digest,
        long seed,
        OptionalDouble stealShare,
        PlacementProbe.Result before,
        PlacementProbe.Result after) throws IOException {
        Path folder = Path.of(spec.folder());
        IntervalLog.write(
            folder.resolve(spec.id() + ".hlog"), cell.recorders(), GuestFigures.latencies(cell.guests()),
            cell.measureStartMs(), spec.id());
        JsonFile.write(
            folder.resolve(spec.id() + ".json"), result(spec, cell, digest, seed, stealShare, before, after));
    }

    private static CellRecord result(
        CellSpec spec,
        Cell cell,
        String digest,
        long seed,
        OptionalDouble stealShare,
        PlacementProbe.Result before,
        PlacementProbe.Result after) {
        Scenario scenario = cell.scenario();
        CellFigures figures = new CellFigures(cell);
        CellRecord.Ledger ledger = figures.ledger();
        List<CellRecord.Oracle> oracles = figures.oracles(ledger.balance());
        List<CellRecord.Rate> rates = figures.rates();
        double overlap = figures.threadOverlap();
        List<String> reasons = CellVerdict.reasons(
            rates, ledger, cell.refused(), judged(cell, oracles), overlap,
            scenario.text(ScenarioKey.LOSSES).equals("expected"));
        return new CellRecord(
            CellRecord.FORMAT,
            CellRecord.VERSION,
            spec.id(),
            spec.strategy(),
            spec.path(),
            spec.repeat(),
            seed,
            reasons.isEmpty() ? CellRecord.Status.OK : CellRecord.Status.INVALID,
            reasons,
            Instant.ofEpochMilli(cell.startedAtMs()).toString(),
            cell.startupMs(),
            scenario.durationNs(ScenarioKey.WARMUP) / NS_PER_MS,
            scenario.durationNs(ScenarioKey.DURATION) / NS_PER_MS,
            waiting(cell),
            digest,
            rates,
            ledger,
            oracles,
            figures.deliveries(),
            figures.stalls(),
            figures.guests(),
            figures.threads(),
            overlap,
            stealShare.isPresent() ? stealShare.getAsDouble() : null,
            List.of(placement(before), placement(after)),
            guard(cell),
            footprint(cell),
            attach(cell),
            figures.invalidations(),
            scenario.count(ScenarioKey.SAMPLE_EVERY),
            cell.recorders().saturated(),
            CellOutliers.of(cell, PauseLog.read(spec.pauseLog())));
    }

    /** Where attach is deferred, an event to the old vIOMMU after it returned is the design: counted, no reason. */
    static List<CellRecord.Oracle> judged(Cell cell, List<CellRecord.Oracle> oracles) {
        return cell.quiescence() != Quiescence.AT_DESTROY ? oracles : oracles.stream()
            .filter(oracle -> !oracle.name().equals(Oracle.AFTER_ATTACH_RETURNED.label())).toList();
    }

    private static List<CellRecord.Waiting> waiting(Cell cell) {
        List<CellRecord.Waiting> waiting = new ArrayList<>();
        cell.waitPlan().lines().forEach(line -> waiting.add(new CellRecord.Waiting(line.getKey(), line.getValue())));
        if (!cell.faultQueues().all().isEmpty()) {
            waiting.add(new CellRecord.Waiting("vmm-faults", "sleeps until a fault comes or an answer is due"));
        }
        if (!cell.invalidations().isEmpty()) {
            waiting.add(new CellRecord.Waiting("invalidate", "park"));
        }
        waiting.add(new CellRecord.Waiting(
            "all", cell.timerSlackLowered() ? "timers on time (slack 1 ns)" : "timers late by the kernel's slack"));
        return waiting;
    }

    private static CellRecord.Placement placement(PlacementProbe.Result result) {
        return new CellRecord.Placement(result.when(), result.roundTripNs(), result.placement());
    }

    private static CellRecord.Guard guard(Cell cell) {
        List<GuardStatistics> all = cell.beds().stream().map(bed -> bed.smmu().guardStatistics()).toList();
        return new CellRecord.Guard(
            sum(all, GuardStatistics::retries),
            sum(all, GuardStatistics::fallbacks),
            sum(all, GuardStatistics::readerWaits),
            sum(all, GuardStatistics::gracePeriods),
            sum(all, GuardStatistics::deferredPeakBytes),
            sum(all, GuardStatistics::footprintBytes));
    }

    private static CellRecord.Footprint footprint(Cell cell) {
        return new CellRecord.Footprint(
            sum(cell.beds(), bed -> bed.smmu().table().offHeapBytes()),
            sum(cell.beds(), bed -> bed.smmu().guardStatistics().footprintBytes()),
            sum(cell.beds(), bed -> sum(bed.veventqs(), VEventQueue::offHeapBytes)),
            sum(cell.beds(), bed -> bed.smmu().eventQueue().sizeBytes()));
    }

    private static CellRecord.AttachCounts attach(Cell cell) {
        List<AttachStatistics> all = new ArrayList<>();
        cell.beds().forEach(bed -> all.add(bed.smmu().attachStatistics()));
        return new CellRecord.AttachCounts(
            sum(cell.churns(), churn -> churn.done(ChurnKind.REPLACE)),
            sum(cell.churns(), churn -> churn.done(ChurnKind.DETACH_ATTACH)),
            sum(cell.churns(), churn -> churn.done(ChurnKind.SAME_VIOMMU)),
            operations(cell),
            sum(all, AttachStatistics::syncs),
            sum(all, AttachStatistics::disruptive));
    }

    /** How often each kind was carried out, those that were not left out. */
    private static Map<String, Long> operations(Cell cell) {
        Map<String, Long> operations = new LinkedHashMap<>();
        for (ChurnKind kind : ChurnKind.values()) {
            long done = sum(cell.churns(), churn -> churn.done(kind));
            if (done > 0) {
                operations.put(kind.label(), done);
            }
        }
        return operations;
    }

    private static <T> long sum(List<T> list, ToLongFunction<T> figure) {
        return list.stream().mapToLong(figure).sum();
    }
}
