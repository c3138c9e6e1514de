package dev.steward.loadgen.load;

import dev.steward.engine.event.EventRecordLayout;
import dev.steward.loadgen.log.EventLog;
import dev.steward.loadgen.oracle.Topology;
import dev.steward.loadgen.replay.ReplayTrace;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.loadgen.workload.Weights;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which StreamIDs a cell uses and how the storm weighs them. Streams are numbered from 0.
 *
 * @param weights   share of each stream in the storm, not normalised.
 */
public record StreamPlan(int[] streamIds, double[] weights) {
    /** Bus 1, device 0, function 0: bus 0 holds what never faults. */
    private static final int FIRST_STREAM_ID = 0x100;

    public static StreamPlan of(Scenario scenario, EventLog log) {
        return of(
            scenario, log == null ? Map.of() : streamIdsOf(scenario, log), log == null ? "" : log.name(),
            scenario.text(ScenarioKey.STORM_SKEW).equals("log"));
    }

    /** The streams of a trace in their order, so that its numbers are those of the cell, and idle ones behind. */
    public static StreamPlan ofTrace(Scenario scenario, ReplayTrace trace) {
        String logs = scenario.text(ScenarioKey.REPLAY_LOGS);
        Map<Integer, Integer> once = new LinkedHashMap<>();
        for (int streamId : trace.streamIds()) {
            checkFits(scenario, streamId, logs);
            once.put(streamId, 1);
        }
        return of(scenario, once, logs, false);
    }

    private static StreamPlan of(
        Scenario scenario, Map<Integer, Integer> fromLog, String logName, boolean weighedByLog) {
        int count = scenario.count(ScenarioKey.STREAMS);
        if (fromLog.size() > count) {
            throw new ScenarioException(ScenarioKey.STREAMS.key() + ": " + count + " is fewer than the "
                + fromLog.size() + " StreamIDs in " + logName + "; allowed: " + fromLog.size() + " or more");
        }
        int[] streamIds = new int[count];
        double[] weights = new double[count];
        int next = 0;
        for (Map.Entry<Integer, Integer> entry : fromLog.entrySet()) {
            streamIds[next] = entry.getKey();
            weights[next++] = entry.getValue();
        }
        long mask = (1L << scenario.count(ScenarioKey.TABLE_SID_BITS)) - 1;
        for (long candidate = FIRST_STREAM_ID; next < count; candidate++) {
            int streamId = (int) (candidate & mask);
            if (!fromLog.containsKey(streamId)) {
                streamIds[next++] = streamId;
            }
        }
        if (!weighedByLog) {
            weights = weightsOf(scenario, count);
        }
        return new StreamPlan(streamIds, weights);
    }

    private static Map<Integer, Integer> streamIdsOf(Scenario scenario, EventLog log) {
        Map<Integer, Integer> counts = new LinkedHashMap<>();
        for (int record = 0; record < log.size(); record++) {
            int streamId = EventRecordLayout.streamId(log.word(record, 0));
            checkFits(scenario, streamId, log.name());
            counts.merge(streamId, 1, Integer::sum);
        }
        return counts;
    }

    private static void checkFits(Scenario scenario, int streamId, String logName) {
        int sidBits = scenario.count(ScenarioKey.TABLE_SID_BITS);
        if ((streamId & 0xffff_ffffL) >>> sidBits != 0) {
            throw new ScenarioException(ScenarioKey.TABLE_SID_BITS.key() + ": " + sidBits + " is too small for "
                + "StreamID 0x" + Integer.toHexString(streamId) + " in " + logName + "; allowed: "
                + (32 - Integer.numberOfLeadingZeros(streamId)) + " to 32");
        }
    }

    private static double[] weightsOf(Scenario scenario, int count) {
        return switch (scenario.text(ScenarioKey.STORM_SKEW)) {
            case "zipf" -> Weights.zipf(count, scenario.decimal(ScenarioKey.STORM_ZIPF_EXPONENT));
            case "hot" -> Weights.hot(count, scenario.decimal(ScenarioKey.STORM_HOT_SHARE));
            case "guests" -> ofGuests(scenario, count);
            default -> Weights.uniform(count);
        };
    }

    private static double[] ofGuests(Scenario scenario, int count) {
        Topology topology = Topology.of(scenario);
        int[] guests = new int[count];
        Arrays.setAll(guests, topology::guestOfStream);
        double[] shares = scenario.decimals(ScenarioKey.STORM_GUEST_SHARES);
        try {
            return Weights.guests(guests, shares);
        } catch (IllegalArgumentException e) {
            throw new ScenarioException(ScenarioKey.STORM_GUEST_SHARES.key() + ": " + e.getMessage());
        }
    }

    public int count() {
        return streamIds.length;
    }
}
