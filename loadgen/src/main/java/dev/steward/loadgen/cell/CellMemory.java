package dev.steward.loadgen.cell;

import dev.steward.engine.iommufd.VEventLayout;
import dev.steward.loadgen.oracle.Topology;
import dev.steward.loadgen.record.Recorders;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.loadgen.workload.ChurnKind;

/**
 * How much memory a cell needs, so that its JVM gets a heap that it does not have to collect, and a scenario that
 * cannot fit is refused before anything runs.
 */
public final class CellMemory {
    /** Most off-heap memory of a cell, 8 GiB. */
    public static final long MAX_OFF_HEAP_BYTES = 8L << 30;
    /** Most heap of a cell, 8 GiB. */
    public static final long MAX_HEAP_BYTES = 8L << 30;

    private static final long MIB = 1 << 20;
    private static final long BASE_HEAP_MIB = 256;
    private static final long HEAP_STEP_MIB = 64;
    /** VMM and hiccup meter. */
    static final int CELL_RECORDERS = 3;
    /** Handler and storm. */
    static final int SMMU_RECORDERS = 8;
    static final int CHURN_RECORDERS = 5;
    static final int INVALIDATION_RECORDERS = 3;

    private CellMemory() {
    }

    /**
     * Heap for a cell's JVM.
     *
     * @param scenario complete.
     * @return mebibytes.
     */
    public static long heapMib(Scenario scenario) {
        // The old generation of the collector, where the recorders end up, is two thirds of the heap.
        long needed = BASE_HEAP_MIB + recorderBytes(scenario) * 3 / 2 / MIB;
        return (needed + HEAP_STEP_MIB - 1) / HEAP_STEP_MIB * HEAP_STEP_MIB;
    }

    /**
     * Memory for the histograms of a cell, on the path with the most.
     *
     * @param scenario complete.
     * @return bytes.
     */
    public static long recorderBytes(Scenario scenario) {
        boolean churned = scenario.ratePerSecond(ScenarioKey.CHURN_RATE) > 0;
        long churnThreads = churned ? scenario.count(ScenarioKey.CHURN_THREADS) : 0;
        long recorders = CELL_RECORDERS
            + (scenario.text(ScenarioKey.STALLS).equals("queue") ? 1 : 0)
            + scenario.count(ScenarioKey.SMMUS) * (SMMU_RECORDERS + CHURN_RECORDERS * churnThreads
                + (scenario.ratePerSecond(ScenarioKey.INVALIDATION_RATE) > 0 ? INVALIDATION_RECORDERS : 0));
        return recorders * Recorders.bytesPerRecorder(scenario.durationNs(ScenarioKey.DURATION));
    }

    /** vEVENTQs that churn makes; the memory of those that it destroys is not given back before the end of a cell. */
    private static long remadeQueues(Scenario scenario) {
        double all = 0;
        double made = 0;
        Topology topology = Topology.of(scenario);
        for (ChurnKind kind : ChurnKind.values()) {
            double weight = scenario.decimal("churn.mix." + kind.label());
            all += weight;
            made += kind == ChurnKind.VIOMMU ? weight : kind == ChurnKind.MIGRATE ? weight * topology.viommusOf(0) : 0;
        }
        double seconds = (scenario.durationNs(ScenarioKey.WARMUP) + scenario.durationNs(ScenarioKey.DURATION)) / 1e9;
        double perSecond = scenario.ratePerSecond(ScenarioKey.CHURN_RATE) * scenario.count(ScenarioKey.SMMUS);
        return all == 0 ? 0 : (long) (perSecond * seconds * made / all);
    }

    static void check(Scenario scenario) {
        long queues = (long) scenario.count(ScenarioKey.SMMUS) * scenario.count(ScenarioKey.VIOMMUS)
            + remadeQueues(scenario);
        long slots = queues * scenario.count(ScenarioKey.VEVENTQ_DEPTH);
        if (slots * VEventLayout.NODE_LENGTH > MAX_OFF_HEAP_BYTES) {
            throw new ScenarioException(ScenarioKey.VEVENTQ_DEPTH.key() + ": " + slots
                + " slots over all vIOMMUs, those that churn makes included, need "
                + (slots * VEventLayout.NODE_LENGTH >> 30) + " GiB; allowed: 8 GiB, which is "
                + (MAX_OFF_HEAP_BYTES / VEventLayout.NODE_LENGTH) + " slots");
        }
        if (heapMib(scenario) * MIB > MAX_HEAP_BYTES) {
            throw new ScenarioException(ScenarioKey.CHURN_THREADS.key() + ": the histograms of so many threads need "
                + heapMib(scenario) / 1024 + " GiB; allowed: 8 GiB, with fewer " + ScenarioKey.SMMUS.key() + " or "
                + ScenarioKey.CHURN_THREADS.key());
        }
    }
}
