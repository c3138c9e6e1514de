package dev.steward.loadgen.oracle;

import dev.steward.engine.iommufd.VEventLayout;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.record.OracleCount;
import java.util.function.LongSupplier;

/**
 * Checks that the sequence numbers of one vEVENTQ account for every loss: no gap without a loss that the queue has
 * counted, and in the end no loss without a gap or a marker.
 *
 * <p>Threading: the thread that reads the queue, alone. Does not allocate.
 */
public final class SequenceOracle {
    private final Clock clock;
    private final OracleCount gaps;
    private final LongSupplier lost;
    private int last;
    private long lostSeen;

    /** Makes the oracle of a queue of which nothing has been read, and which counts what it has lost. */
    public SequenceOracle(Clock clock, OracleCount gaps, int first, LongSupplier lost) {
        this.clock = clock;
        this.gaps = gaps;
        this.lost = lost;
        last = (first - 1) & VEventLayout.MAX_SEQUENCE;
    }

    public void next(int sequence, boolean lostMarker) {
        gaps.checked();
        // The marker carries the sequence of the last event lost, so it stands for one itself.
        int missing = VEventLayout.gapBetween(last, sequence) + (lostMarker ? 1 : 0);
        last = sequence;
        if (missing == 0) {
            return;
        }
        lostSeen += missing;
        // Only now, as the counter lies behind the lock of the queue.
        if (lostSeen > lost.getAsLong()) {
            gaps.violated(clock.nowNs());
        }
    }

    /**
     * Compares the totals once nobody reads or reports any more.
     *
     * @param moreMayBeLost whether the queue went when it was full: what was lost meanwhile is seen by nobody.
     */
    public void end(boolean moreMayBeLost) {
        gaps.checked();
        long unseen = lost.getAsLong() - lostSeen;
        if (unseen < 0 || unseen > 0 && !moreMayBeLost) {
            gaps.violated(clock.nowNs());
        }
    }
}
