package dev.steward.loadgen.cell;

import dev.steward.engine.event.EventRecord;
import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.EventOutcome;
import dev.steward.engine.stream.StreamTableEntryLayout;
import dev.steward.loadgen.oracle.AttachState;
import dev.steward.loadgen.oracle.DeliveryLedger;
import dev.steward.loadgen.oracle.DeviceStates;
import dev.steward.loadgen.oracle.EventOracles;
import dev.steward.loadgen.oracle.SteTag;
import dev.steward.loadgen.oracle.Topology;
import dev.steward.loadgen.oracle.VirtualIds;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.record.IntervalRecorder;
import dev.steward.loadgen.record.Window;
import dev.steward.strategy.CLibrary;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * What measuring itself costs on this machine: medians over batches, warm.
 *
 * @param stageNs      the extra clock reads and records of one event that is timed stage by stage.
 * @param nativePairNs two calls of the C library that do nothing, beyond two that are not there; null if not asked for.
 */
public record Calibration(double clockNs, double recordNs, double oracleNs, double stageNs, Double nativePairNs) {
    /** Until the compiler is done with it; half a million rounds are not enough. */
    private static final long WARMUP_NS = 300_000_000;
    private static final int BATCHES = 30;
    private static final int PER_BATCH = 5_000;
    /** What the host adds to a guest's word 0. */
    private static final long NESTED = (long) StreamTableEntryLayout.STE_0_CONFIG_NESTED << 1;
    private static final int EXTRA_CLOCK_READS = 8;
    private static final int EXTRA_RECORDS = 8;

    /**
     * Measures; takes a second or two.
     *
     * @param nativeCalls whether a strategy calls the C library.
     */
    public static Calibration measure(boolean nativeCalls) {
        Clock clock = Clock.SYSTEM;
        double clockNs = median(clock, i -> clock.nowNs());
        Window window = new Window(0, 0, Long.MAX_VALUE / 4);
        IntervalRecorder recorder = new IntervalRecorder("calibration", window, window.lengthNs());
        // Values spread over the range of a real run, so that the cost of the cache is in the figure.
        double recordNs = median(clock, i -> {
            recorder.record(0, 200 + (i * 7919L) % 20_000);
            return i;
        });
        double oracleNs = oracles(clock);
        return new Calibration(clockNs, recordNs, oracleNs, EXTRA_CLOCK_READS * clockNs + EXTRA_RECORDS * recordNs,
            nativeCalls ? nativePair(clock) : null);
    }

    /** By turns, since a busy machine is slower at one time than at another. */
    private static double nativePair(Clock clock) {
        double[] perPair = new double[BATCHES];
        long sum = 0;
        long warmUntilNs = clock.nowNs() + WARMUP_NS;
        while (clock.nowNs() < warmUntilNs) {
            sum += pairs() + nothings();
        }
        for (int batch = 0; batch < BATCHES; batch++) {
            long begin = clock.nowNs();
            sum += pairs();
            long between = clock.nowNs();
            sum += nothings();
            perPair[batch] = (double) (2 * between - begin - clock.nowNs()) / PER_BATCH;
        }
        Arrays.sort(perPair);
        return sum == 42 ? Double.NaN : Math.max(0, perPair[BATCHES / 2]);
    }

    private static long pairs() {
        long sum = 0;
        for (int i = 0; i < PER_BATCH; i++) {
            sum += CLibrary.pair(i);
        }
        return sum;
    }

    private static long nothings() {
        long sum = 0;
        for (int i = 0; i < PER_BATCH; i++) {
            sum += (long) i + i;
        }
        return sum;
    }

    private static double oracles(Clock clock) {
        AttachState state = new AttachState(64);
        VirtualIds ids = new VirtualIds(64, 1);
        int[] streams = new int[64];
        Arrays.setAll(streams, i -> i);
        DeviceStates states = new DeviceStates(64);
        AtomicIntegerArray viommuId = new AtomicIntegerArray(new int[] {1});
        // The table is asked only about events that were misrouted, and here none does.
        DeliveryLedger deliveries = new DeliveryLedger(clock, null, new Topology(64, 1, 1, 0), states, false);
        EventOracles oracles = new EventOracles(clock, state, ids, streams, viommuId, deliveries);
        for (int stream = 0; stream < 64; stream++) {
            state.committing(stream);
            state.committed(stream, Attachment.of(1, ids.of(0, stream)), AttachState.NEVER);
            states.virtualStreamId(stream, ids.of(0, stream));
        }
        EventRecord event = new EventRecord();
        return median(clock, i -> {
            int stream = i & 63;
            event.position = stream;
            event.serial++;
            event.cause = SteTag.guestWord0(0, stream, 0) | NESTED;
            oracles.asking(event);
            oracles.inside(event, 1, ids.of(0, stream));
            oracles.reported();
            oracles.done(event, EventOutcome.QUEUED);
            return stream;
        });
    }

    /** One operation; the result keeps it from being optimised away. */
    @FunctionalInterface
    private interface Operation {
        long run(int i);
    }

    private static double median(Clock clock, Operation operation) {
        double[] perOperation = new double[BATCHES];
        long sum = 0;
        long warmUntilNs = clock.nowNs() + WARMUP_NS;
        while (clock.nowNs() < warmUntilNs) {
            for (int i = 0; i < PER_BATCH; i++) {
                sum += operation.run(i);
            }
        }
        for (int batch = 0; batch < BATCHES; batch++) {
            long begin = clock.nowNs();
            for (int i = 0; i < PER_BATCH; i++) {
                sum += operation.run(i);
            }
            perOperation[batch] = (double) (clock.nowNs() - begin) / PER_BATCH;
        }
        Arrays.sort(perOperation);
        // A sum that is never 42 costs nothing and cannot be known at compile time.
        return sum == 42 ? Double.NaN : perOperation[BATCHES / 2];
    }
}
