package dev.steward.engine.event;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import java.lang.invoke.VarHandle;

/**
 * The hardware event queue of one SMMU: a Disruptor ring with the register semantics of the architecture.
 *
 * <p>Rules (Arm IHI 0070, 7.4; docs/domain.md, 3.3). The producer never blocks. A record that finds the queue full is
 * discarded, which toggles OVFLG unless an overflow is pending already; software detects that by each PROD that it
 * reads, and acknowledges by copying OVFLG of the last one.
 * Records of stalled transactions are never discarded: the transaction waits outside until its record fits. The
 * interrupt is raised on the change from empty to non-empty only, so the consumer drains, and looks again before it
 * sleeps.
 *
 * <p>Why no wake-up is lost: the producer publishes, fences, then looks whether the consumer had taken all that came
 * before; the consumer publishes its position, fences ({@link #hasMore()}), then looks for more. At least one sees the
 * other.
 *
 * <p>Threading: one producer (the SMMU) and one consumer (the handler thread: the interrupt is IRQF_ONESHOT, so there
 * is never a second). Counters are exact for their owner and for everybody after both have stopped.
 */
public final class EventQueue {
    private static final int MAX_LOG2_SIZE = 19;

    private final RingBuffer<EventRecord> ring;
    /** The consumer's fields, each on lines of its own: among the producer's they would make the two share. */
    private final Sequence consumed = new Sequence();
    private final Sequence visible = new Sequence();
    private final int log2Size;
    private final HeldStalls held;
    private InterruptLine interrupt = () -> { };
    private ConsWrite consWrite = ConsWrite.NONE;
    private MergeBuffer mergeBuffer;

    private long producerNext;
    private volatile boolean overflowFlag;
    private volatile boolean overflowAck;
    /** OVFLG as the consumer last read it with PROD. */
    private boolean overflowRead;
    private long overflowsDetected;
    private long discarded;
    private long overflows;
    private long interrupts;
    private long merged;

    /**
     * Makes an empty queue.
     *
     * @param log2Size  log2 of the number of entries, 1 to 19.
     * @param maxStalls most stalled transactions whose record waits outside, 0 or more. All that are outstanding may do
     *                  so at once, thus IDR5.STALL_MAX; {@link StallTags} counts those whose record is written, too.
     * @throws IllegalArgumentException if the size is out of range.
     */
    public EventQueue(int log2Size, int maxStalls) {
        if (log2Size < 1 || log2Size > MAX_LOG2_SIZE) {
            throw new IllegalArgumentException("event queue log2 size " + log2Size + " is not in 1..19");
        }
        this.log2Size = log2Size;
        ring = RingBuffer.createSingleProducer(EventRecord::new, 1 << log2Size, new BusySpinWaitStrategy());
        ring.addGatingSequences(consumed);
        held = new HeldStalls(maxStalls);
    }

    /**
     * Connects the interrupt. Before the first record.
     *
     * @param line raised on empty to non-empty.
     */
    public void interruptLine(InterruptLine line) {
        interrupt = line;
    }

    /**
     * What it takes to write CONS, which is a register of the device. Before the first record.
     *
     * @param write called for each record that is taken, before it is handled.
     */
    public void consWrite(ConsWrite write) {
        consWrite = write;
    }

    /**
     * Lets the queue merge records that say the same, as an SMMU may (STE.MEV, which the driver sets in nested
     * entries). Before the first record; without it nothing is merged, as on an MMU-600AE.
     */
    public void mergeEvents() {
        mergeBuffer = new MergeBuffer();
    }

    /**
     * Writes a record, as the hardware does: never blocks.
     *
     * @param record copied.
     * @return what became of it.
     */
    public Production produce(EventRecord record) {
        releaseHeld();
        boolean stalled = record.stalls();
        if (mergeBuffer != null && !stalled && mergeBuffer.pending(record, consumed.get())) {
            merged++;
            return Production.MERGED;
        }
        if (held.isEmpty() && ring.hasAvailableCapacity(1)) {
            write(record);
            return Production.WRITTEN;
        }
        if (stalled) {
            return held.offer(record) ? Production.HELD : Production.REFUSED;
        }
        discarded++;
        if (overflowFlag == overflowAck) {
            overflowFlag = !overflowFlag;
            overflows++;
        }
        return Production.DISCARDED;
    }

    /** Writes the records of stalled transactions that fit by now. For a producer that has nothing else to write. */
    public void releaseHeld() {
        while (!held.isEmpty() && ring.hasAvailableCapacity(1)) {
            write(held.peek());
            held.pop();
        }
    }

    private void write(EventRecord record) {
        long sequence = ring.next();
        ring.get(sequence).copyFrom(record);
        ring.publish(sequence);
        producerNext = sequence + 1;
        if (mergeBuffer != null && !record.stalls()) {
            mergeBuffer.written(record, sequence);
        }
        // Store-load: the record must be visible before the look at the consumer, see the class comment.
        VarHandle.fullFence();
        if (consumed.get() == sequence - 1) {
            interrupts++;
            interrupt.raise();
        }
    }

    /**
     * Takes one record and writes CONS, as the handler does for each record. PROD is looked at only when all that was
     * seen of it has been taken, as in the driver, which keeps a copy of it.
     *
     * @param into filled with a copy.
     * @return false if the queue is empty.
     */
    public boolean consume(EventRecord into) {
        long sequence = consumed.get() + 1;
        if (visible.get() < sequence) {
            long cursor = ring.getCursor();
            readOverflow();
            if (cursor < sequence) {
                return false;
            }
            visible.set(cursor);
        }
        into.copyFrom(ring.get(sequence));
        consumed.set(sequence);
        consWrite.written();
        return true;
    }

    /** OVFLG stands in the same register as PROD. */
    private void readOverflow() {
        boolean flag = overflowFlag;
        if (flag != overflowRead) {
            overflowRead = flag;
            overflowsDetected++;
        }
    }

    /** {@return whether there is a record to take: the consumer's second look before it sleeps} */
    public boolean hasMore() {
        VarHandle.fullFence();
        return ring.getCursor() > consumed.get();
    }

    /**
     * Acknowledges the overflow that the consumer has detected, OVACKFLG = OVFLG as last read. The driver does it once,
     * when it has found the queue empty: one that stands since then is for its next run.
     *
     * @return true if events were lost since the last acknowledge.
     */
    public boolean acknowledgeOverflow() {
        if (overflowRead == overflowAck) {
            return false;
        }
        overflowAck = overflowRead;
        return true;
    }

    /** {@return changes of OVFLG that the consumer saw; each is printed, without a limit; exact for the consumer} */
    public long overflowsDetected() {
        return overflowsDetected;
    }

    /** {@return PROD, for any thread: records written so far} */
    public long position() {
        return ring.getCursor() + 1;
    }

    /**
     * Whether CONS has reached a position, for any thread. The last record may still be in the consumer's hand.
     *
     * @param position that {@link #position()} gave.
     */
    public boolean consumedTo(long position) {
        return consumed.get() + 1 >= position;
    }

    boolean overflowFlag() {
        return overflowFlag;
    }

    boolean overflowAck() {
        return overflowAck;
    }

    /** {@return records written so far; exact for the producer} */
    public long produced() {
        return producerNext;
    }

    /** {@return CONS, for any thread: records taken so far} */
    public long consumed() {
        return consumed.get() + 1;
    }

    /** {@return records lost because the queue was full; exact for the producer} */
    public long discarded() {
        return discarded;
    }

    /** {@return records that were merged into one that was still in the queue; exact for the producer} */
    public long merged() {
        return merged;
    }

    /** {@return times that OVFLG was toggled; exact for the producer} */
    public long overflows() {
        return overflows;
    }

    /** {@return interrupts raised; exact for the producer} */
    public long interrupts() {
        return interrupts;
    }

    /** {@return stalled transactions whose record still waits outside; exact for the producer} */
    public int held() {
        return held.size();
    }

    /** {@return memory of the queue as the hardware sees it, 32 bytes an entry} */
    public long sizeBytes() {
        return (long) EventRecordLayout.LENGTH << log2Size;
    }
}
