package dev.steward.jmh;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import dev.steward.engine.event.EventId;
import dev.steward.engine.event.EventQueue;
import dev.steward.engine.event.EventRecord;
import dev.steward.engine.event.EventRecordLayout;
import dev.steward.engine.iommufd.RecordHandler;
import dev.steward.engine.smmu.EventProbe;
import dev.steward.engine.smmu.EventThread;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/**
 * The whole way of an event: the benchmark thread plays the hardware and the VMM, it writes a burst of records into the
 * event queue, waits until all are in the vEVENTQ and reads them; the handler thread is the one in between. Beside it a
 * bare Disruptor ring, which moves the same 32 bytes to a thread that does nothing but take them. Two threads each,
 * both spinning.
 *
 * <p>Nanoseconds per event; the bare ring's figure over the path's is the share of its throughput that the model
 * leaves.
 */
public class EventPathBenchmark extends InNanoseconds {
    private static final int BURST = 2048;
    private static final int SPINS = Integer.MAX_VALUE;
    private static final int PAUSES = 20;

    /** The whole way. */
    @State(Scope.Thread)
    public static class Path implements RecordHandler {
        /** Strategy, maybe with a variant; {@link Main} puts all of them in place of the floor. */
        @Param("unguarded")
        public String strategy;

        private final EventRecord event = new EventRecord();
        private final StreamIds streamIds = new StreamIds(Guest.DEVICES, 1);
        private Guest guest;
        private EventQueue queue;
        private EventThread handler;
        private Thread thread;
        private long asked;
        private long sum;

        /** Starts the handler thread. */
        @Setup
        public void setUp() {
            guest = new Guest(strategy, 1);
            queue = guest.smmu.eventQueue();
            handler = guest.smmu.eventThread(EventProbe.NONE, SPINS);
            thread = new Thread(handler, "event-handler");
            thread.start();
        }

        /** A VMM sleeps until it is woken; one that never looks away would only fight for the queue's lines. */
        private void waitABit() {
            for (int i = 0; i < PAUSES; i++) {
                Thread.onSpinWait();
            }
        }

        @Override
        public void onRecord(
            int flags, int sequence, long word0, long word1, long word2, long word3, long stamp0, long stamp1) {
            sum += word0 + word1 + word2 + word3;
        }

        /** Ends the handler thread and frees the guest. */
        @TearDown
        public void tearDown() throws InterruptedException {
            handler.stop();
            thread.join();
            if (guest.veventq.lost() != 0 || queue.discarded() != 0) {
                throw new IllegalStateException("events were lost");
            }
            guest.close();
        }
    }

    /** The bare ring. */
    @State(Scope.Thread)
    public static class Ring {
        private final StreamIds streamIds = new StreamIds(Guest.DEVICES, 1);
        private final Sequence taken = new Sequence();
        private RingBuffer<EventRecord> ring;
        private Thread thread;
        private volatile boolean stopping;
        private long sum;

        /** Starts the taking thread. */
        @Setup
        public void setUp() {
            ring = RingBuffer.createSingleProducer(
                EventRecord::new, 1 << Guest.EVENTQ_LOG2_SIZE, new BusySpinWaitStrategy());
            ring.addGatingSequences(taken);
            thread = new Thread(this::take, "taker");
            thread.start();
        }

        private void take() {
            long next = 0;
            while (!stopping) {
                long available = ring.getCursor();
                if (available < next) {
                    Thread.onSpinWait();
                    continue;
                }
                while (next <= available) {
                    EventRecord record = ring.get(next++);
                    sum += record.word0 + record.word1 + record.word2 + record.word3;
                }
                taken.set(available);
            }
        }

        /** Ends the taking thread. */
        @TearDown
        public void tearDown() throws InterruptedException {
            stopping = true;
            thread.join();
        }
    }

    /** Event queue, handler, guard, vEVENTQ, reader. */
    @Benchmark
    @Threads(1)
    @OperationsPerInvocation(BURST)
    public long eventPath(Path path) {
        EventRecord event = path.event;
        for (int i = 0; i < BURST; i++) {
            event.word0 = EventRecordLayout.withStreamId(EventId.F_TRANSLATION.code(), path.streamIds.next());
            event.word2 = i;
            path.queue.produce(event);
        }
        path.asked += BURST;
        while (path.guest.veventq.queued() < path.asked) {
            path.waitABit();
        }
        path.guest.veventq.poll(path, BURST);
        return path.sum;
    }

    /** A Disruptor ring and nothing else. */
    @Benchmark
    @Threads(1)
    @OperationsPerInvocation(BURST)
    public long bareDisruptor(Ring bare) {
        RingBuffer<EventRecord> ring = bare.ring;
        long sequence = 0;
        for (int i = 0; i < BURST; i++) {
            sequence = ring.next();
            EventRecord record = ring.get(sequence);
            record.word0 = EventRecordLayout.withStreamId(EventId.F_TRANSLATION.code(), bare.streamIds.next());
            record.word1 = 0;
            record.word2 = i;
            record.word3 = 0;
            ring.publish(sequence);
        }
        while (bare.taken.get() < sequence) {
            Thread.onSpinWait();
        }
        return bare.sum;
    }
}
