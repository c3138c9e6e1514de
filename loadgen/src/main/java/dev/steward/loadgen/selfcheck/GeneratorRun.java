package dev.steward.loadgen.selfcheck;

import dev.steward.engine.event.EventQueue;
import dev.steward.engine.event.EventRecord;
import dev.steward.engine.event.Production;
import dev.steward.loadgen.cell.WaitPlan;
import dev.steward.loadgen.load.EventSink;
import dev.steward.loadgen.load.Pacer;
import dev.steward.loadgen.load.QueueSink;
import dev.steward.loadgen.load.StormLoad;
import dev.steward.loadgen.load.StreamPlan;
import dev.steward.loadgen.load.Workloads;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.record.IntervalRecorder;
import dev.steward.loadgen.record.Recorders;
import dev.steward.loadgen.record.Threads;
import dev.steward.loadgen.record.Window;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.results.Tags;
import java.util.Arrays;
import java.util.Set;
import java.util.function.BiConsumer;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;

/**
 * One storm thread and an event queue, without a handler: how many events a second the generator can offer, and how
 * punctual it is below that.
 */
final class GeneratorRun {
    private static final int EVENTQ_LOG2_SIZE = 15;
    private static final int MAX_STALLS = 64;
    private static final int DRAINED_AT_ONCE = 64;
    private static final long WARMUP_NS = 250_000_000;
    private static final long LEAD_NS = 50_000_000;
    private static final double NS_PER_SECOND = 1e9;

    private final Clock clock;
    private final boolean drainedByOther;

    /** Makes a run; another thread drains the queue, as in a cell, or the storm's own in between. */
    GeneratorRun(Clock clock, boolean drainedByOther) {
        this.clock = clock;
        this.drainedByOther = drainedByOther;
    }

    /**
     * What came of it.
     *
     * @param writtenPerSecond  those of them that found room in the queue, likewise.
     * @param lateShare         share of them started more than one mean gap late.
     */
    record Outcome(
        double achievedPerSecond, double writtenPerSecond, double lateShare, AbstractHistogram[] latenesses) {
        /** Lateness of all slices. */
        AbstractHistogram lateness() {
            Histogram sum = new Histogram(1, IntervalRecorder.MAX_VALUE_NS, IntervalRecorder.SIGNIFICANT_DIGITS);
            Arrays.stream(latenesses).forEach(sum::add);
            return sum;
        }
    }

    /** Offers events. */
    Outcome offer(String law, long perSecond, long durationNs) {
        Scenario scenario = StallCell.settings(
            "name=selftest", "storm.arrival=" + law, "storm.rate=" + perSecond + "/s", "churn.rate=0");
        Workloads workloads = new Workloads(scenario, null, StreamPlan.of(scenario, null), 1);
        long startNs = clock.nowNs() + LEAD_NS;
        Window window = new Window(startNs, startNs + WARMUP_NS, startNs + WARMUP_NS + durationNs);
        Recorders recorders = new Recorders(window, Set.of(Tags.SLIP_STORM));
        EventQueue queue = new EventQueue(EVENTQ_LOG2_SIZE, MAX_STALLS);
        LostCounter lost = new LostCounter(window);
        StormLoad storm = new StormLoad(
            clock, window, new Pacer(clock, WaitPlan.SPIN_NS), workloads.storm(0), sink(queue, lost), recorders);
        Threads threads = new Threads();
        Drain drain = new Drain(queue);
        Thread draining = drainedByOther ? threads.start("selftest-drain", drain) : null;
        threads.join(threads.start("selftest-storm", storm));
        if (draining != null) {
            drain.stopping = true;
            threads.join(draining);
        }
        double seconds = durationNs / NS_PER_SECOND;
        IntervalRecorder lateness = recorders.all().get(0);
        return new Outcome(
            storm.progress().done() / seconds,
            (storm.progress().done() - lost.count) / seconds,
            lateShare(
                recorders.sum(Tags.SLIP_STORM), NS_PER_SECOND / perSecond, storm.progress().scheduled()),
            lateness.intervals());
    }

    /** Share of the due arrivals, 0 to 1, that were started more than one mean gap late, or never. */
    static double lateShare(AbstractHistogram lateness, double gapNs, long scheduled) {
        long punctual = lateness.getCountBetweenValues(0, Math.min(IntervalRecorder.MAX_VALUE_NS, (long) gapNs));
        return scheduled == 0 ? 0 : Math.max(0, 1 - (double) punctual / scheduled);
    }

    private EventSink sink(EventQueue queue, LostCounter lost) {
        return drainedByOther ? new QueueSink(Clock.SYSTEM, queue, () -> false, lost) : new SelfDrainingSink(queue);
    }

    /** Counts what was started in the window and not written. The storm thread's; read after it has ended. */
    private static final class LostCounter implements BiConsumer<EventRecord, Production> {
        private final Window window;
        private long count;

        LostCounter(Window window) {
            this.window = window;
        }

        @Override
        public void accept(EventRecord event, Production why) {
            if (window.measures(event.startNs)) {
                count++;
            }
        }
    }

    /** Takes what the storm wrote, as fast as it can. */
    private static final class Drain implements Runnable {
        private final EventQueue queue;
        private final EventRecord event = new EventRecord();
        private volatile boolean stopping;

        Drain(EventQueue queue) {
            this.queue = queue;
        }

        @Override
        public void run() {
            while (!stopping || queue.hasMore()) {
                if (!queue.consume(event)) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    private static final class SelfDrainingSink implements EventSink {
        private final EventQueue queue;
        private final EventRecord drained = new EventRecord();
        private int written;

        SelfDrainingSink(EventQueue queue) {
            this.queue = queue;
        }

        @Override
        public void accept(EventRecord event) {
            queue.produce(event);
            if (++written == DRAINED_AT_ONCE) {
                written = 0;
                while (queue.consume(drained)) {
                    continue;
                }
            }
        }
    }
}
