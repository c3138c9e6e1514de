package dev.steward.loadgen.guest;

import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.record.IntervalRecorder;
import dev.steward.loadgen.record.LoadProgress;
import dev.steward.loadgen.record.Recorders;
import dev.steward.loadgen.record.Window;
import dev.steward.results.Tags;
import java.util.concurrent.locks.LockSupport;

/**
 * The VMMs of a cell on one thread: takes records from every vEVENTQ in turn, sleeps when all are empty.
 */
public final class VmmReader implements Runnable, VmmQueue.Timing {
    private final Clock clock;
    private final Window window;
    private final VmmQueues queues;
    private final boolean wokenByEvents;
    private final long pollNs;
    private final int batch;
    private final IntervalRecorder read;
    private final IntervalRecorder readRaw;
    private final LoadProgress progress;
    private volatile boolean stopping;

    public VmmReader(
        Clock clock,
        Window window,
        Recorders recorders,
        VmmQueues queues,
        boolean wokenByEvents,
        long pollNs,
        int batch) {
        this.clock = clock;
        this.window = window;
        this.queues = queues;
        this.wokenByEvents = wokenByEvents;
        this.pollNs = pollNs;
        this.batch = batch;
        read = recorders.recorder(Tags.EVENT_READ);
        readRaw = recorders.recorder(Tags.EVENT_READ_RAW);
        progress = new LoadProgress(window);
    }

    @Override
    public void run() {
        progress.running(clock.nowNs());
        while (true) {
            // Read before the last round: what was queued before stop() is still taken.
            boolean last = stopping;
            if (!takeRound(last)) {
                if (last) {
                    break;
                }
                idle();
            }
        }
        progress.running(clock.nowNs());
        // Those that have gone, too: only now nobody reports to them any more, whatever the design defers.
        for (VmmQueue queue : queues.all()) {
            queue.end();
        }
    }

    private boolean takeRound(boolean last) {
        boolean any = false;
        for (VmmQueue queue : queues.current()) {
            any |= queue.poll(this, batch, last);
        }
        return any;
    }

    @Override
    public void read(long intendedNs, long startNs) {
        if (window.measures(intendedNs)) {
            long now = clock.nowNs();
            read.record(intendedNs, now - intendedNs);
            readRaw.record(intendedNs, now - startNs);
        }
    }

    private void idle() {
        if (!wokenByEvents) {
            LockSupport.parkNanos(pollNs);
            return;
        }
        queues.sleeper(Thread.currentThread());
        while (!stopping && !queues.anyReadable()) {
            LockSupport.park(this);
        }
        queues.sleeper(null);
    }

    /** Ends the thread once every queue is empty. The reporting threads have ended before. */
    public void stop() {
        stopping = true;
        queues.wake(null);
    }

    public long delivered() {
        return queues.all().stream().mapToLong(VmmQueue::delivered).sum();
    }

    public LoadProgress progress() {
        return progress;
    }
}
