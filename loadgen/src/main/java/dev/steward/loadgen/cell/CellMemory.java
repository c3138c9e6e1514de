package dev.steward.loadgen.cell;

import dev.steward.engine.iommufd.VEventLayout;
import dev.steward.loadgen.oracle.Topology;
import dev.steward.loadgen.record.Recorders;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.loadgen.workload.ChurnKind;
import dev.steward.results.Tags;
import java.util.List;
import java.util.OptionalLong;

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
    /** So many never filled the young generation of the smallest heap, as seen. */
    private static final long STREAMS_IN_BASE = 16_384;
    /** 4 KiB are allocated for each, as seen, and a fifth of the young generation is not for new objects. */
    private static final long YOUNG_BYTES_PER_STREAM = 5_120;
    /** Beyond, turns are collected in and left out, which is said. */
    private static final long MOST_STREAMS_MIB = 1_024;
    /** Code cache, metadata and threads of a JVM, as seen. */
    private static final long JVM_MIB = 160;
    /** Table entry and the state of a strategy, generously. */
    private static final long BYTES_PER_STREAM = 1_024;
    private static final long BYTES_PER_RECORD = 32;
    /** VMM and hiccup meter. */
    private static final List<String> OF_CELL = List.of(Tags.EVENT_READ, Tags.EVENT_READ_RAW, Tags.HICCUP);
    /** Handler and storm, on the path with the most. */
    private static final List<String> OF_SMMU = List.of(
        Tags.EVENT_ENQUEUE, Tags.EVENT_ENQUEUE_RAW, Tags.EVENT_ENQUEUE_AWAKE, Tags.STAGE_RING, Tags.STAGE_DECODE,
        Tags.STAGE_WAIT, Tags.STAGE_LOOK_UP, Tags.STAGE_SECTION, Tags.STAGE_ENQUEUE, Tags.STAGE_WAKE,
        Tags.STAGE_UNLOCK, Tags.SLIP_STORM);
    private static final List<String> OF_CHURN_THREAD =
        List.of(Tags.ATTACH, Tags.ATTACH_RAW, Tags.ATTACH_COMMIT, Tags.GRACE, Tags.SLIP_CHURN);
    private static final List<String> OF_INVALIDATION =
        List.of(Tags.INVALIDATE, Tags.INVALIDATE_RAW, Tags.SLIP_INVALIDATE);

    private CellMemory() {
    }

    /** Heap for a cell's JVM. */
    public static long heapMib(Scenario scenario) {
        // The old generation of the collector, where the recorders end up, is two thirds of the heap.
        return inSteps(BASE_HEAP_MIB + recorderBytes(scenario) * 3 / 2 / MIB) + streamsMib(scenario);
    }

    /** Young generation of that heap, if it is to have more than the third that it has by default. */
    public static OptionalLong youngMib(Scenario scenario) {
        long streamsMib = streamsMib(scenario);
        return streamsMib == 0 ? OptionalLong.empty()
            : OptionalLong.of((heapMib(scenario) - streamsMib) / 3 + streamsMib);
    }

    /** What the devices of more streams than the young generation holds take when an engine is made. */
    private static long streamsMib(Scenario scenario) {
        long streams = (long) scenario.count(ScenarioKey.SMMUS) * scenario.count(ScenarioKey.STREAMS);
        return Math.min(MOST_STREAMS_MIB,
            inSteps(Math.max(0, streams - STREAMS_IN_BASE) * YOUNG_BYTES_PER_STREAM / MIB));
    }

    private static long inSteps(long mib) {
        return (mib + HEAP_STEP_MIB - 1) / HEAP_STEP_MIB * HEAP_STEP_MIB;
    }

    /** About what the JVM of a cell takes, bytes: heap, tables and queues, code and metadata. */
    public static long footprintBytes(Scenario scenario) {
        long slots = (long) scenario.count(ScenarioKey.SMMUS) * scenario.count(ScenarioKey.VIOMMUS)
            * scenario.count(ScenarioKey.VEVENTQ_DEPTH);
        long tables = (long) scenario.count(ScenarioKey.SMMUS)
            * (scenario.count(ScenarioKey.STREAMS) * BYTES_PER_STREAM
                + (BYTES_PER_RECORD << scenario.count(ScenarioKey.EVENTQ_LOG2_SIZE)));
        return (heapMib(scenario) + JVM_MIB) * MIB + slots * VEventLayout.NODE_LENGTH + tables;
    }

    /** Memory for the histograms of a cell in bytes, on the path with the most. */
    public static long recorderBytes(Scenario scenario) {
        boolean churned = scenario.ratePerSecond(ScenarioKey.CHURN_RATE) > 0;
        long churnThreads = churned ? scenario.count(ScenarioKey.CHURN_THREADS) : 0;
        long windowNs = scenario.durationNs(ScenarioKey.DURATION);
        long ofSmmu = Recorders.bytes(OF_SMMU, windowNs) + churnThreads * Recorders.bytes(OF_CHURN_THREAD, windowNs);
        if (scenario.ratePerSecond(ScenarioKey.INVALIDATION_RATE) > 0) {
            ofSmmu += Recorders.bytes(OF_INVALIDATION, windowNs);
        }
        boolean queued = scenario.text(ScenarioKey.STALLS).equals("queue");
        return Recorders.bytes(OF_CELL, windowNs)
            + (queued ? Recorders.bytes(List.of(Tags.FAULT_RESPONSE), windowNs) : 0)
            + scenario.count(ScenarioKey.SMMUS) * ofSmmu;
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
        long recordersMib = heapMib(scenario) - streamsMib(scenario);
        if (recordersMib * MIB > MAX_HEAP_BYTES) {
            throw new ScenarioException(ScenarioKey.CHURN_THREADS.key() + ": the histograms of so many threads need "
                + recordersMib / 1024 + " GiB; allowed: 8 GiB, with fewer " + ScenarioKey.SMMUS.key() + " or "
                + ScenarioKey.CHURN_THREADS.key());
        }
    }
}
