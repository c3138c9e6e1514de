package dev.steward.loadgen.selfcheck;

import static dev.steward.results.Wording.format;

import dev.steward.engine.smmu.ReportSink;
import dev.steward.loadgen.cell.Cell;
import dev.steward.loadgen.cell.Injection;
import dev.steward.loadgen.load.StreamPlan;
import dev.steward.loadgen.load.Workloads;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.record.Oracle;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.results.CellRecord;
import dev.steward.results.SelfTestFinding;
import dev.steward.results.SelfTestFinding.Verdict;
import dev.steward.strategy.LockStrategy;
import dev.steward.strategy.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A whole cell with one thing wrong on purpose, which one oracle is there to see. An oracle that is blind stays so
 * however often the cell is run; one that had nothing to see gets a longer one.
 *
 * @param what     is wrong, in a few words.
 * @param settings of the scenario, beside those that all controls share.
 * @param ring     through the event queue, or the handler on the storm's own schedule.
 * @param wrong    made anew for each cell.
 */
record OracleControl(Oracle oracle, String what, List<String> settings, boolean ring, Supplier<Injection> wrong) {
    /** A control that takes longer shows an oracle that is blind. */
    static final long LIMIT_NS = 10_000_000_000L;

    static final Supplier<Injection> NOTHING = () -> Injection.NONE;

    private static final long FIRST_MS = 100;
    private static final long LONGEST_MS = 2_000;
    private static final int DOUBLED_AT_MOST = 10;
    private static final long NS_PER_MS = 1_000_000;
    private static final int STREAMS = 8;
    private static final int FIRST_ID = 8;
    private static final int IDS = STREAMS * 4;
    private static final int NO_VIOMMU = 1_000;
    private static final List<String> COMMON = List.of(
        "name=selftest", "streams=" + STREAMS, "viommus=4", "veventq.depth=256", "eventq.log2size=10",
        "storm.rate=2k/s", "warmup=0");
    private static final List<String> STALLING = List.of(
        "stalls=queue", "storm.stallShare=1", "storm.mix.C_BAD_CD=0", "storm.mix.F_TRANSL_FORBIDDEN=0");

    /** One for each oracle, in their order. */
    static List<OracleControl> all() {
        return List.of(
            // Eight streams: eight ids further is the same stream on the next vIOMMU.
            report(Oracle.TORN_SNAPSHOT, "id of the next vIOMMU", (sink, viommu, id) ->
                sink.report(viommu, shifted(id, STREAMS))),
            report(Oracle.DESTROYED_VIOMMU, "object id of none", (sink, viommu, id) ->
                sink.report(viommu + NO_VIOMMU, id)),
            report(Oracle.AFTER_ATTACH_RETURNED, "guard denies it", (sink, viommu, id) -> ReportSink.NOT_ATTACHED),
            report(Oracle.WRONG_VSID, "id of the next stream", (sink, viommu, id) ->
                sink.report(viommu, shifted(id, 1))),
            new OracleControl(Oracle.SEQUENCE_GAP, "second reader takes some", List.of("churn.rate=200/s"), true,
                BrokenParts.SecondReader::new),
            new OracleControl(Oracle.QUEUE_DEPTH, "four times as deep",
                List.of("veventq.depth=4", "vmm.stuckGuests=1", "churn.rate=200/s"), true, BrokenParts::tooDeep),
            new OracleControl(Oracle.RING_ACCOUNT, "handler ends too early", List.of("churn.rate=200/s"), true,
                BrokenParts::endsEarly),
            new OracleControl(Oracle.HANDLER_ASLEEP, "every 4th wake-up lost", List.of("churn.rate=200/s"), true,
                BrokenParts::lostWakeUps),
            new OracleControl(Oracle.PINNED_DESTROY, "destroy not refused",
                List.of("churn.rate=200/s", "churn.mix.viommu=1", "churn.mix.same-viommu=0", "churn.mix.block=0",
                    "churn.mix.move=0"), false, BrokenParts::destroysAll),
            new OracleControl(Oracle.MIXED_STE, "words 2 and 3 from a cache",
                List.of("churn.rate=2k/s", "churn.within=any", "churn.mix.replace=1"), false,
                BrokenParts::cachedWords),
            new OracleControl(Oracle.KEPT_ATTACHMENT, "failed attach blocks",
                List.of("churn.rate=500/s", "fault.operation=replace", "fault.nth=4"), false,
                BrokenParts::losesOldAttachment),
            report(Oracle.STREAM_ORDER, "reported twice", (sink, viommu, id) -> {
                sink.report(viommu, id);
                return sink.report(viommu, id);
            }),
            new OracleControl(Oracle.RESUMED_ONCE, "stall swallowed", with(STALLING, "churn.rate=200/s"), false,
                () -> broken((sink, viommu, id) -> 0)),
            new OracleControl(Oracle.FAULT_FENCE, "detach does not wait",
                with(STALLING, "churn.rate=1k/s", "fence=software", "cost.faultAllocation=200us"), true,
                BrokenParts::noFence),
            report(Oracle.CONSERVATION, "report swallowed", (sink, viommu, id) -> 0));
    }

    /** Every tenth report goes wrong. */
    private static OracleControl report(Oracle oracle, String what, BrokenStrategy.Fault fault) {
        return new OracleControl(oracle, what, List.of("churn.rate=200/s"), false, () -> broken(fault));
    }

    private static Injection broken(BrokenStrategy.Fault fault) {
        return new Injection() {
            @Override
            public Strategy strategy(Strategy strategy) {
                return new BrokenStrategy(fault);
            }
        };
    }

    private static int shifted(int virtualStreamId, int by) {
        return FIRST_ID + (virtualStreamId - FIRST_ID + by) % IDS;
    }

    private static List<String> with(List<String> settings, String... more) {
        return Stream.concat(settings.stream(), Stream.of(more)).toList();
    }

    /** Tells how each of them goes, in the order of the oracles. */
    static void findings(Clock clock, Consumer<SelfTestFinding> report) {
        for (OracleControl control : all()) {
            OptionalLong tookNs = control.foundAfterNs(clock);
            report.accept(SelfTestFinding.truth(
                control.oracle.label() + ": " + control.what,
                format("found in %d s", LIMIT_NS / 1_000 / NS_PER_MS),
                tookNs.isPresent() ? format("%.2f s", (double) tookNs.getAsLong() / 1_000 / NS_PER_MS) : "not found",
                tookNs.isPresent() ? Verdict.PASS : Verdict.FAIL));
        }
    }

    /**
     * Runs cells until one tells what is wrong.
     *
     * @return nanoseconds until that cell had ended; empty if none did within the limit.
     */
    OptionalLong foundAfterNs(Clock clock) {
        return foundAfterNs(clock, clock);
    }

    /** The same with a clock of their own for the cells. */
    OptionalLong foundAfterNs(Clock clock, Clock ofCells) {
        long beganNs = clock.nowNs();
        for (int attempt = 0; ; attempt++) {
            boolean found = violated(ofCells, attempt).contains(oracle.label());
            long tookNs = clock.nowNs() - beganNs;
            if (found || tookNs > LIMIT_NS) {
                return found && tookNs <= LIMIT_NS ? OptionalLong.of(tookNs) : OptionalLong.empty();
            }
        }
    }

    /** The same cells with nothing wrong in them. */
    OracleControl sound() {
        return new OracleControl(oracle, "nothing", settings, ring, NOTHING);
    }

    /** Names of the oracles that saw something in a cell; that of a later attempt is longer. */
    List<String> violated(Clock clock, int attempt) {
        Scenario scenario = scenario(Math.min(LONGEST_MS, FIRST_MS << Math.min(attempt, DOUBLED_AT_MOST)));
        StreamPlan streams = StreamPlan.of(scenario, null);
        Workloads workloads = new Workloads(scenario, null, streams, attempt + 1);
        try (Cell cell = new Cell(clock, scenario, workloads, streams, LockStrategy.MUTEX, ring, wrong.get())) {
            cell.run();
            return cell.report().oracles().stream().filter(one -> one.violations() > 0)
                .map(CellRecord.Oracle::name).toList();
        }
    }

    private Scenario scenario(long lengthMs) {
        List<String> all = new ArrayList<>(COMMON);
        all.addAll(settings);
        all.add("duration=" + lengthMs + "ms");
        return StallCell.settings(all.toArray(String[]::new));
    }
}
