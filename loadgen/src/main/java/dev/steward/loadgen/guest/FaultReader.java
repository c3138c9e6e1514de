package dev.steward.loadgen.guest;

import dev.steward.engine.iommufd.Errno;
import dev.steward.engine.iommufd.FaultHandler;
import dev.steward.engine.iommufd.FaultLayout;
import dev.steward.engine.iommufd.FaultQueue;
import dev.steward.engine.smmu.ResumeListener;
import dev.steward.engine.stream.CommandLayout;
import dev.steward.loadgen.oracle.DeliveryWindow;
import dev.steward.loadgen.record.CellPart;
import dev.steward.loadgen.record.CellReport;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.record.Count;
import dev.steward.loadgen.record.IntervalRecorder;
import dev.steward.loadgen.record.Oracle;
import dev.steward.loadgen.record.OracleCount;
import dev.steward.loadgen.record.Recorders;
import dev.steward.loadgen.record.Threads;
import dev.steward.loadgen.record.Window;
import dev.steward.results.Tags;
import java.util.List;
import org.agrona.collections.LongArrayQueue;

/**
 * The VMMs of a cell as far as they serve stalled faults: reads every fault queue, answers each fault with success when
 * it is as old as a guest needs for it, and records when the transaction was resumed.
 *
 * <p>Threading: one thread, which alone answers with success, so it records the latencies; told of aborts from any.
 */
public final class FaultReader implements Runnable, ResumeListener, CellPart {
    private static final int BATCH = 64;
    private static final long COOKIE_MASK = 0xffff_ffffL;
    /** No queue hands out so many cookies. */
    private static final int UNKNOWN_COOKIE = Integer.MAX_VALUE;

    private final Clock clock;
    private final Window window;
    private final FaultQueues queues;
    private final long delayNs;
    private final boolean fenced;
    private final IntervalRecorder response;
    /** Faults that a guest is about to serve, first come, first due: number of the queue and cookie. */
    private final LongArrayQueue pending = new LongArrayQueue();
    private final LongArrayQueue dueNs = new LongArrayQueue();
    private long tooLate;
    private int polled;
    // One for all polls, which are many in the measured process.
    private final FaultHandler keep = this::keep;
    private Thread thread;

    /**
     * The recorder is made only where there are queues.
     *
     * @param fenced whether a detach waits for handlers: if not, a fault through a freed handle is counted only.
     */
    public FaultReader(
        Clock clock, Window window, Recorders recorders, FaultQueues queues, long delayNs, boolean fenced) {
        this.clock = clock;
        this.window = window;
        this.queues = queues;
        this.delayNs = delayNs;
        this.fenced = fenced;
        response = queues.all().isEmpty() ? null : recorders.recorder(Tags.FAULT_RESPONSE);
    }

    @Override
    public void run() {
        while (true) {
            // Read before the last round: what was queued before stop() is still answered.
            boolean last = queues.stopping();
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
        pending.addLong((long) polled << Integer.SIZE | cookie & COOKIE_MASK);
        dueNs.addLong(clock.nowNs() + delayNs);
    }

    private void answer(long untilNs) {
        while (!pending.isEmpty() && dueNs.peekLong() <= untilNs) {
            long fault = pending.pollLong();
            dueNs.pollLong();
            if (queues.all().get((int) (fault >>> Integer.SIZE)).respond((int) fault, FaultLayout.SUCCESS)
                == -Errno.EINVAL) {
                // Its attachment has ended meanwhile, and the driver has aborted it.
                tooLate++;
            }
        }
    }

    private void idle() {
        queues.sleep(pending.isEmpty() ? ReaderQueues.FOREVER : Math.max(0, dueNs.peekLong() - clock.nowNs()));
    }

    @Override
    public void start(Threads threads) {
        if (response != null) {
            thread = threads.start("vmm-faults", this);
        }
    }

    /** Ends the thread once every fault is answered. Handlers and attach threads have ended before. */
    @Override
    public void stop(Threads threads) {
        queues.stop();
        if (thread != null) {
            threads.join(thread);
        }
    }

    @Override
    public void addTo(CellReport report) {
        long aborted = 0;
        for (FaultQueue queue : queues.all()) {
            report.add(Count.STALLS_ANSWERED, queue.answered());
            report.add(Count.STALLS_THROUGH_FREED_HANDLE, queue.reportedLate());
            aborted += queue.answeredAutomatically();
        }
        report.add(Count.STALLS_ANSWERED_AUTOMATICALLY, aborted);
        report.add(Count.STALLS_ANSWERED_TOO_LATE, tooLate);
        report.add(DeliveryWindow.W8.count(0, 0, aborted, 0));
        report.add(answeredOnce());
        report.add(fence());
    }

    @Override
    public void resumed(int streamId, int stallTag, int answer, long intendedNs) {
        if (answer == CommandLayout.RESUME_0_RESPONSE_RETRY && window.measures(intendedNs)) {
            response.record(intendedNs, clock.nowNs() - intendedNs);
        }
    }

    /** Answers to faults that had been aborted before. */
    long tooLate() {
        return tooLate;
    }

    /** Each queued fault was answered once, and no answer without a fault is taken (I8, I12). */
    OracleCount answeredOnce() {
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

    /** No fault came through an attach handle that had been freed; without a fence nothing is promised (5.5). */
    OracleCount fence() {
        OracleCount count = new OracleCount(Oracle.FAULT_FENCE);
        for (FaultQueue queue : fenced ? queues.all() : List.<FaultQueue>of()) {
            count.checked(queue.reported());
            if (queue.reportedLate() > 0) {
                count.violated(queue.reportedLate(), window.measureToNs());
            }
        }
        return count;
    }
}
