package dev.steward.loadgen.guest;

import dev.steward.engine.iommufd.Errno;
import dev.steward.engine.iommufd.FaultHandler;
import dev.steward.engine.iommufd.FaultLayout;
import dev.steward.engine.iommufd.FaultQueue;
import dev.steward.engine.smmu.ResumeListener;
import dev.steward.engine.stream.CommandLayout;
import dev.steward.loadgen.oracle.Oracle;
import dev.steward.loadgen.oracle.OracleCount;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.record.IntervalRecorder;
import dev.steward.loadgen.record.Recorders;
import dev.steward.loadgen.record.Window;
import dev.steward.results.Tags;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The VMMs of a cell as far as they serve stalled faults: reads every fault queue, answers each fault with success when
 * it is as old as a guest needs for it, and records when the transaction was resumed.
 *
 * <p>Threading: one thread, which alone answers with success, so it records the latencies; told of aborts from any.
 */
public final class FaultReader implements Runnable, ResumeListener {
    private static final int BATCH = 64;
    /** No queue hands out so many cookies. */
    private static final int UNKNOWN_COOKIE = Integer.MAX_VALUE;

    private final Clock clock;
    private final Window window;
    private final FaultQueues queues;
    private final long delayNs;
    private final IntervalRecorder response;
    private final PendingAnswers pending = new PendingAnswers();
    private long tooLate;
    private int polled;
    // One for all polls, which are many in the measured process.
    private final FaultHandler keep = this::keep;
    private volatile boolean stopping;

    /** The recorder is made only where there are queues. */
    public FaultReader(Clock clock, Window window, Recorders recorders, FaultQueues queues, long delayNs) {
        this.clock = clock;
        this.window = window;
        this.queues = queues;
        this.delayNs = delayNs;
        response = queues.all().isEmpty() ? null : recorders.recorder(Tags.FAULT_RESPONSE);
    }

    @Override
    public void run() {
        while (true) {
            // Read before the last round: what was queued before stop() is still answered.
            boolean last = stopping;
            boolean any = take();
            answer(last ? Long.MAX_VALUE : clock.nowNs());
            if (!any && last) {
                return;
            }
            if (!any) {
                idle();
            }
        }
    }

    private boolean take() {
        int taken = 0;
        List<FaultQueue> all = queues.all();
        for (polled = 0; polled < all.size(); polled++) {
            taken += all.get(polled).poll(keep, BATCH);
        }
        return taken > 0;
    }

    private void keep(
        int cookie, int deviceId, int flags, int pasid, int group, int permission, long address, long stamp) {
        pending.add(polled, cookie, clock.nowNs() + delayNs);
    }

    private void answer(long untilNs) {
        while (!pending.isEmpty() && pending.dueNs() <= untilNs) {
            FaultQueue queue = queues.all().get(pending.queue());
            if (queue.respond(pending.cookie(), FaultLayout.SUCCESS) == -Errno.EINVAL) {
                // Its attachment has ended meanwhile, and the driver has aborted it.
                tooLate++;
            }
            pending.remove();
        }
    }

    private void idle() {
        queues.sleeper(Thread.currentThread());
        if (!stopping && !queues.anyReadable()) {
            if (pending.isEmpty()) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, Math.max(0, pending.dueNs() - clock.nowNs()));
            }
        }
        queues.sleeper(null);
    }

    /** Ends the thread once every fault is answered. Handlers and attach threads have ended before. */
    public void stop() {
        stopping = true;
        queues.run();
    }

    @Override
    public void resumed(int streamId, int stallTag, int answer, long intendedNs) {
        if (answer == CommandLayout.RESUME_0_RESPONSE_RETRY && window.measures(intendedNs)) {
            response.record(intendedNs, clock.nowNs() - intendedNs);
        }
    }

    /** Answers to faults that had been aborted before. */
    public long tooLate() {
        return tooLate;
    }

    /** Each queued fault was answered once, and no answer without a fault is taken (I8, I12). */
    public OracleCount answeredOnce() {
        OracleCount count = new OracleCount(Oracle.RESUMED_ONCE);
        for (FaultQueue queue : queues.all()) {
            count.checked();
            boolean adds = queue.reported() == queue.answered() + queue.answeredAutomatically();
            if (!adds || queue.respond(UNKNOWN_COOKIE, FaultLayout.SUCCESS) != -Errno.EINVAL) {
                count.violated(window.measureToNs());
            }
        }
        return count;
    }

    /** No fault came through an attach handle that had been freed (docs/domain.md, 5.5). */
    public OracleCount fence() {
        OracleCount count = new OracleCount(Oracle.FAULT_FENCE);
        for (FaultQueue queue : queues.all()) {
            count.checked(queue.reported());
            if (queue.reportedLate() > 0) {
                count.violated(queue.reportedLate(), window.measureToNs());
            }
        }
        return count;
    }
}
