package dev.steward.loadgen.rig;

import dev.steward.engine.iommufd.RecordHandler;
import dev.steward.engine.iommufd.VEventLayout;
import dev.steward.engine.iommufd.VEventQueue;
import dev.steward.engine.iommufd.Waker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The VMMs of a cell on one thread: takes records from every vEVENTQ in turn, sleeps when all are empty, checks that
 * the sequence numbers account for every loss.
 */
final class VmmReader implements Runnable {
    private final Clock clock;
    private final Window window;
    private final Wakeup wakeup;
    private final boolean wokenByEvents;
    private final long pollNs;
    private final int batch;
    private final IntervalRecorder read;
    private final IntervalRecorder readRaw;
    private final OracleCount gaps = new OracleCount(Oracle.SEQUENCE_GAP);
    private final LoadProgress progress;
    private final List<QueueReader> readers = new ArrayList<>();

    private volatile boolean stopping;
    private long delivered;

    VmmReader(
        Clock clock,
        Window window,
        Recorders recorders,
        Wakeup wakeup,
        boolean wokenByEvents,
        long pollNs,
        int batch) {
        this.clock = clock;
        this.window = window;
        this.wakeup = wakeup;
        this.wokenByEvents = wokenByEvents;
        this.pollNs = pollNs;
        this.batch = batch;
        read = recorders.recorder(Tags.EVENT_READ);
        readRaw = recorders.recorder(Tags.EVENT_READ_RAW);
        progress = new LoadProgress(window);
    }

    /** Adds a queue, before the thread starts. */
    void add(VEventQueue queue) {
        readers.add(new QueueReader(queue));
    }

    @Override
    public void run() {
        progress.running(clock.nowNs());
        while (true) {
            // Read before the last round: what was queued before stop() is still taken.
            boolean last = stopping;
            if (!takeRound()) {
                if (last) {
                    break;
                }
                idle();
            }
        }
        progress.running(clock.nowNs());
        for (QueueReader reader : readers) {
            reader.sequences.end();
        }
    }

    private boolean takeRound() {
        boolean any = false;
        for (QueueReader reader : readers) {
            any |= reader.queue.poll(reader, batch) > 0;
        }
        return any;
    }

    private void idle() {
        if (!wokenByEvents) {
            LockSupport.parkNanos(pollNs);
            return;
        }
        wakeup.sleeper = Thread.currentThread();
        while (!stopping && !anyReadable()) {
            LockSupport.park(this);
        }
        wakeup.sleeper = null;
    }

    private boolean anyReadable() {
        for (QueueReader reader : readers) {
            if (reader.queue.readable()) {
                return true;
            }
        }
        return false;
    }

    /** Ends the thread once every queue is empty. The reporting threads have ended before. */
    void stop() {
        stopping = true;
        wakeup.wake(null);
    }

    long delivered() {
        return delivered;
    }

    OracleCount gaps() {
        return gaps;
    }

    LoadProgress progress() {
        return progress;
    }

    /** The wait queue of the VMM: made before the vEVENTQs, which call it, and those before the reader. */
    static final class Wakeup implements Waker {
        private volatile Thread sleeper;

        @Override
        public void wake(VEventQueue queue) {
            Thread thread = sleeper;
            if (thread != null) {
                LockSupport.unpark(thread);
            }
        }
    }

    private final class QueueReader implements RecordHandler {
        private final VEventQueue queue;
        private final SequenceOracle sequences;

        QueueReader(VEventQueue queue) {
            this.queue = queue;
            sequences = new SequenceOracle(clock, gaps, 0, queue::lost);
        }

        @Override
        public void onRecord(
            int flags, int sequence, long word0, long word1, long word2, long word3, long stamp0, long stamp1) {
            boolean lostMarker = (flags & VEventLayout.FLAG_LOST_EVENTS) != 0;
            sequences.next(sequence, lostMarker);
            if (!lostMarker) {
                delivered++;
                if (window.measures(stamp0)) {
                    long now = clock.nowNs();
                    read.record(stamp0, now - stamp0);
                    readRaw.record(stamp0, now - stamp1);
                }
            }
        }
    }
}
