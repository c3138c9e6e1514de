package dev.steward.loadgen.cell;

import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;

/** How long a cell may take before it counts as stuck. */
public final class CellTime {
    private static final long SLACK_MS = 60_000;
    /** Most syncs of the first attach of a device and of its last detach. */
    private static final long SYNCS_PER_DEVICE = 8;

    private CellTime() {
    }

    /** Twice the time of both engines of a cell, that of the rehearsal and the measured one, and a good while. */
    public static long limitMs(Scenario scenario) {
        long loadNs = scenario.durationNs(ScenarioKey.WARMUP) + scenario.durationNs(ScenarioKey.DURATION);
        long devices = (long) scenario.count(ScenarioKey.SMMUS) * scenario.count(ScenarioKey.STREAMS);
        long setUpNs = 2 * devices * SYNCS_PER_DEVICE * scenario.cost(ScenarioKey.STE_SYNC).meanNs();
        return 2 * (loadNs + setUpNs + scenario.durationNs(ScenarioKey.REHEARSAL)) / 1_000_000 + SLACK_MS;
    }
}
