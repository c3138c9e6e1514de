package dev.steward.engine.smmu;

import dev.steward.engine.event.EventQueue;
import dev.steward.engine.event.EventRecord;
import dev.steward.engine.event.EventRecordLayout;
import dev.steward.engine.iommufd.AttachHandle;
import dev.steward.engine.iommufd.BoundDevice;
import dev.steward.engine.iommufd.Errno;
import dev.steward.engine.iommufd.FaultLayout;
import dev.steward.engine.iommufd.FaultQueue;
import dev.steward.engine.stream.Backoff;
import dev.steward.engine.stream.CommandLayout;
import dev.steward.engine.stream.StreamIndex;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The way of a stalled fault from the handler to a fault queue, and the fence that a detach needs (io-pgfault.c,
 * docs/domain.md, 3.5 and 5.5).
 *
 * <p>A handler loads the attach handle without a lock and uses it after. Erasing the handle is therefore not enough:
 * with a {@link FaultFence} its owner first waits for the handlers that may still hold it ({@link #drain()}). Each
 * handler says when it is inside by a sequence that is odd then. Handler: sequence, full fence, load of the handle.
 * Detach: erase of the handle, full fence, load of the sequence. At least one sees the other, as in Dekker's algorithm.
 *
 * <p>Threading: reporters on their handler threads, the rest from any.
 */
final class FaultPath {
    private final StreamIndex index;
    private final EventQueue queue;
    private final FaultFence fence;
    private final List<Reporter> reporters = new CopyOnWriteArrayList<>();
    /** Devices whose faults are taken, by position of the stream; made with the first. */
    private volatile AtomicReferenceArray<BoundDevice> devices;
    private volatile ResumeListener listener = ResumeListener.NONE;

    FaultPath(StreamIndex index, EventQueue queue, FaultFence fence) {
        this.index = index;
        this.queue = queue;
        this.fence = fence;
    }

    void listener(ResumeListener newListener) {
        listener = newListener;
    }

    /** From now on faults of the stream go to the queue of whatever domain the group is attached to. */
    synchronized void enable(int streamId, BoundDevice device) {
        if (devices == null) {
            devices = new AtomicReferenceArray<>(index.capacity());
        }
        devices.set(index.indexOf(streamId), device);
    }

    synchronized void disable(int streamId) {
        if (devices != null) {
            devices.set(index.indexOf(streamId), null);
        }
    }

    Reporter open() {
        Reporter reporter = new Reporter();
        reporters.add(reporter);
        return reporter;
    }

    /** Waits, as the fence says, until no handler holds an attach handle that was erased before this call. */
    void drain() {
        VarHandle.fullFence();
        switch (fence) {
            case SOFTWARE -> reporters.forEach(reporter -> awaitEven(reporter.sequence));
            case DRAIN -> {
                // With no handler open nobody takes from the queue, and nobody holds a handle.
                long position = queue.position();
                for (int round = 0; !queue.consumedTo(position) && !reporters.isEmpty(); round++) {
                    Backoff.pause(round);
                }
                for (Reporter reporter : reporters) {
                    awaitEven(reporter.runs);
                    // A handler without a thread, which is handed its events, has no runs.
                    awaitEven(reporter.sequence);
                }
            }
            default -> {
                // nobody waits, and a handler may use the handle after its free
            }
        }
    }

    private static void awaitEven(AtomicLong sequence) {
        long seen = sequence.get();
        for (int round = 0; (seen & 1) != 0 && sequence.get() == seen; round++) {
            Backoff.pause(round);
        }
    }

    void resume(int streamId, int stallTag, int response, long stamp) {
        listener.resumed(streamId, stallTag, response, stamp);
    }

    /** The handler's end, for one handler thread. */
    final class Reporter implements AutoCloseable {
        /** Odd while the handler is inside the report of a fault. */
        private final AtomicLong sequence = new AtomicLong();
        /** Odd while the interrupt thread runs, from its wake-up until it goes to sleep. */
        private final AtomicLong runs = new AtomicLong();

        void runBegins() {
            runs.incrementAndGet();
        }

        void runEnds() {
            runs.incrementAndGet();
        }

        /** Queues the fault and returns the id of its queue; -EINVAL if nothing takes it, -ENOMEM without memory. */
        int report(int streamId, EventRecord event) {
            BoundDevice device = deviceOf(streamId);
            if (device == null) {
                return -Errno.EINVAL;
            }
            AttachHandle handle = enter(device);
            try {
                return report(handle, streamId, event);
            } finally {
                leave();
            }
        }

        private BoundDevice deviceOf(int streamId) {
            AtomicReferenceArray<BoundDevice> all = devices;
            int position = index.indexOf(streamId);
            return all == null || position == StreamIndex.ABSENT ? null : all.get(position);
        }

        /** Loads the handle, which may be freed before {@link #leave()} unless there is a fence. */
        AttachHandle enter(BoundDevice device) {
            sequence.set(sequence.get() + 1);
            VarHandle.fullFence();
            return device.group().handle();
        }

        void leave() {
            sequence.set(sequence.get() + 1);
        }

        int report(AttachHandle handle, int streamId, EventRecord event) {
            FaultQueue faults = handle == null ? null : handle.domain().faultQueue();
            return faults == null ? -Errno.EINVAL
                : report(faults, handle, streamId, event) ? faults.id() : -Errno.ENOMEM;
        }

        private static boolean report(FaultQueue queue, AttachHandle handle, int streamId, EventRecord event) {
            boolean pasid = EventRecordLayout.ssv(event.word0);
            return queue.report(
                handle,
                streamId,
                EventRecordLayout.stallTag(event.word1),
                pasid ? FaultLayout.FLAG_PASID_VALID : 0,
                pasid ? EventRecordLayout.substreamId(event.word0) : 0,
                permission(event.word1),
                event.word2,
                event.intendedNs);
        }

        private static int permission(long word1) {
            int access = EventRecordLayout.read(word1) ? FaultLayout.PERMISSION_READ : FaultLayout.PERMISSION_WRITE;
            int execute = EventRecordLayout.instruction(word1) ? FaultLayout.PERMISSION_EXECUTE : 0;
            int privileged = EventRecordLayout.privileged(word1) ? FaultLayout.PERMISSION_PRIVILEGED : 0;
            return access | execute | privileged;
        }

        /** Answers a stall that no queue took. */
        void abort(int streamId, EventRecord event) {
            resume(streamId, EventRecordLayout.stallTag(event.word1),
                CommandLayout.RESUME_0_RESPONSE_ABORT, event.intendedNs);
        }

        @Override
        public void close() {
            reporters.remove(this);
        }
    }
}
