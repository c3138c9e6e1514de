package dev.steward.loadgen.guest;

import dev.steward.loadgen.record.CellPart;
import dev.steward.loadgen.record.CellReport;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.record.Count;
import dev.steward.loadgen.record.IntervalRecorder;
import dev.steward.loadgen.record.LoadProgress;
import dev.steward.loadgen.record.Recorders;
import dev.steward.loadgen.record.Threads;
import dev.steward.loadgen.record.Window;
import dev.steward.results.Tags;
import java.util.concurrent.locks.LockSupport;

/** The VMMs of a cell on one thread: takes records from every vEVENTQ in turn, sleeps when all are empty. */
public final class VmmReader implements Runnable, VmmQueue.Timing, CellPart {
    private final Clock clock;
    private final Window window;
    private final VmmQueues queues;
    private final boolean wokenByEvents;
    private final long pollNs;
    private final int batch;
    private final IntervalRecorder read;
    private final IntervalRecorder readRaw;
    private final LoadProgress progress;
    private Thread thread;

    public VmmReader(
        Clock clock, Window window, Recorders recorders, VmmQueues queues, boolean wokenByEvents, long pollNs,
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
            boolean last = queues.stopping();
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
        if (wokenByEvents) {
            queues.sleep(ReaderQueues.FOREVER);
        } else {
            LockSupport.parkNanos(pollNs);
        }
    }

    @Override
    public void start(Threads threads) {
        thread = threads.start("vmm", this);
    }

    /** Ends the thread once every queue is empty. The reporting threads have ended before. */
    @Override
    public void stop(Threads threads) {
        queues.stop();
        threads.join(thread);
    }

    @Override
    public void addTo(CellReport report) {
        report.add(Count.DELIVERED, delivered());
        report.active(progress);
        for (VmmQueue queue : queues.all()) {
            report.add(queue.gaps());
            report.add(queue.depth());
        }
    }

    long delivered() {
        return queues.all().stream().mapToLong(VmmQueue::delivered).sum();
    }
}
