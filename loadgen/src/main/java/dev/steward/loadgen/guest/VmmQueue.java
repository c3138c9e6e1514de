package dev.steward.loadgen.guest;

import dev.steward.engine.iommufd.RecordHandler;
import dev.steward.engine.iommufd.VEventLayout;
import dev.steward.engine.iommufd.VEventQueue;
import dev.steward.loadgen.oracle.SequenceOracle;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.record.Oracle;
import dev.steward.loadgen.record.OracleCount;

/**
 * One vEVENTQ as its VMM sees it: what was read, and whether the sequence numbers account for the rest.
 *
 * <p>Threading: the monitor lets the VMM's thread and an attach thread that destroys the queue read in turn; the
 * figures are read after both have ended.
 */
public final class VmmQueue implements RecordHandler {
    private static final int DRAIN_BATCH = 1_024;

    /** Times what is read while the cell runs. */
    @FunctionalInterface
    interface Timing {
        void read(long intendedNs, long startNs);
    }

    private static final Timing UNTIMED = (intendedNs, startNs) -> { };

    private final Clock clock;
    private final VEventQueue queue;
    private final boolean stuck;
    private final OracleCount gaps = new OracleCount(Oracle.SEQUENCE_GAP);
    private final int allowed;
    private final OracleCount depth = new OracleCount(Oracle.QUEUE_DEPTH);
    private final SequenceOracle sequences;
    private Timing timing = UNTIMED;
    private boolean removed;
    private long delivered;

    /**
     * Takes a queue of which nothing has been read.
     *
     * @param depth unread events that it was asked to hold at most.
     * @param stuck true if its VMM has stopped reading.
     */
    VmmQueue(Clock clock, VEventQueue queue, int depth, boolean stuck) {
        this.clock = clock;
        this.queue = queue;
        this.allowed = depth;
        this.stuck = stuck;
        sequences = new SequenceOracle(clock, gaps, 0, queue::lost);
    }

    /** Reads some records; those of a stuck VMM only once nothing is timed any more. */
    synchronized boolean poll(Timing newTiming, int batch, boolean last) {
        if (removed || stuck && !last) {
            return false;
        }
        timing = stuck ? UNTIMED : newTiming;
        depth.checked();
        if (queue.unread() > allowed) {
            depth.violated(clock.nowNs());
        }
        return queue.poll(this, batch) > 0;
    }

    /** Reads what is left, untimed; then nobody reads any more. */
    synchronized void remove() {
        timing = UNTIMED;
        while (queue.poll(this, DRAIN_BATCH) > 0) {
            continue;
        }
        removed = true;
    }

    boolean readable() {
        return !stuck && queue.readable();
    }

    VEventQueue queue() {
        return queue;
    }

    /**
     * Compares the totals once nobody reports any more. What came between the last read and the destroy was discarded;
     * losses hide in that only if it filled the queue.
     */
    void end() {
        sequences.end(queue.discarded() == allowed);
    }

    @Override
    public void onRecord(
        int flags, int sequence, long word0, long word1, long word2, long word3, long stamp0, long stamp1) {
        boolean lostMarker = (flags & VEventLayout.FLAG_LOST_EVENTS) != 0;
        sequences.next(sequence, lostMarker);
        if (!lostMarker) {
            delivered++;
            timing.read(stamp0, stamp1);
        }
    }

    long delivered() {
        return delivered;
    }

    public OracleCount gaps() {
        return gaps;
    }

    public OracleCount depth() {
        return depth;
    }
}
