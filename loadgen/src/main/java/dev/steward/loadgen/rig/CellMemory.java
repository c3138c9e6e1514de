package dev.steward.loadgen.rig;

import dev.steward.engine.iommufd.VEventLayout;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.scenario.ScenarioKey;

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
            + scenario.count(ScenarioKey.SMMUS) * (SMMU_RECORDERS + CHURN_RECORDERS * churnThreads);
        return recorders * Recorders.bytesPerRecorder(scenario.durationNs(ScenarioKey.DURATION));
    }

    static void check(Scenario scenario) {
        long slots = (long) scenario.count(ScenarioKey.SMMUS) * scenario.count(ScenarioKey.VIOMMUS)
            * scenario.count(ScenarioKey.VEVENTQ_DEPTH);
        if (slots * VEventLayout.NODE_LENGTH > MAX_OFF_HEAP_BYTES) {
            throw new ScenarioException(ScenarioKey.VEVENTQ_DEPTH.key() + ": " + slots
                + " slots over all vIOMMUs need " + (slots * VEventLayout.NODE_LENGTH >> 30)
                + " GiB; allowed: 8 GiB, which is " + (MAX_OFF_HEAP_BYTES / VEventLayout.NODE_LENGTH) + " slots");
        }
        if (heapMib(scenario) * MIB > MAX_HEAP_BYTES) {
            throw new ScenarioException(ScenarioKey.CHURN_THREADS.key() + ": the histograms of so many threads need "
                + heapMib(scenario) / 1024 + " GiB; allowed: 8 GiB, with fewer " + ScenarioKey.SMMUS.key() + " or "
                + ScenarioKey.CHURN_THREADS.key());
        }
    }
}
