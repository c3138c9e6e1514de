package dev.steward.loadgen.oracle;

import dev.steward.engine.event.EventRecord;
import dev.steward.engine.event.EventRecordLayout;
import dev.steward.engine.event.StallTags;
import dev.steward.engine.smmu.EventOutcome;
import dev.steward.engine.smmu.ResumeListener;
import dev.steward.loadgen.record.CellReport;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.record.Count;
import dev.steward.loadgen.record.Oracle;
import dev.steward.loadgen.record.OracleCount;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/**
 * The stalled transactions of one SMMU of a cell, and the oracle that each is resumed once (I8).
 *
 * <p>Each stalled event gets the tag of its transaction, one out of a log too: its own was handed out by another SMMU
 * and would be outstanding twice in a loop. A device that the SMMU holds no further transaction of waits, so there is
 * no event of it; it is counted as refused, and the schedule goes on.
 *
 * <p>To a stall whose id is not forwarded, or whose StreamID nobody owns, the driver answers nothing (docs/domain.md,
 * 3.4). Its transaction is given up, as by a reset of the device, or such events would use up all tags.
 *
 * <p>Threading: {@link #admit} on the storm thread, {@link #handled} on the handler thread, {@link #resumed} on any;
 * read after all have ended. Does not allocate per event.
 */
public final class StalledTransactions implements ResumeListener {
    private final Clock clock;
    private final StallTags tags;
    private final ResumeListener answers;
    private final LongAdder strays = new LongAdder();
    private final LongAccumulator firstStrayNs = new LongAccumulator(Math::min, OracleCount.NEVER);
    private long refused;

    /** Makes one without a stalled transaction, for at most so many at a time. */
    public StalledTransactions(Clock clock, int maxStalls, ResumeListener answers) {
        this.clock = clock;
        this.answers = answers;
        tags = new StallTags(maxStalls);
    }

    /** Gives a stalled event its tag; false if there is none, and thus no event. */
    public boolean admit(EventRecord event) {
        int tag = tags.take(event.streamId());
        if (tag == StallTags.NONE) {
            refused++;
            return false;
        }
        event.word1 = EventRecordLayout.withStallTag(event.word1, tag);
        return true;
    }

    /** The handler is through with a stalled event. */
    public void handled(EventRecord event, EventOutcome outcome) {
        if (outcome == EventOutcome.NOT_FORWARDED || outcome == EventOutcome.UNKNOWN_STREAM) {
            resume(event.streamId(), EventRecordLayout.stallTag(event.word1));
        }
    }

    @Override
    public void resumed(int streamId, int stallTag, int response, long stamp) {
        resume(streamId, stallTag);
        answers.resumed(streamId, stallTag, response, stamp);
    }

    private void resume(int streamId, int tag) {
        if (!tags.resume(streamId, tag)) {
            strays.increment();
            firstStrayNs.accumulate(clock.nowNs());
        }
    }

    /** Events that do not exist, since the SMMU held as many stalled transactions as it can. */
    public long refused() {
        return refused;
    }

    /** Stalled transactions that should have been resumed by then are held against the cell. */
    public void addTo(CellReport report, long endNs) {
        report.add(Count.STALLS_REFUSED, refused);
        report.add(resumedOnce(endNs));
    }

    /**
     * Each transaction was resumed, and none but those that were stalled at the time.
     *
     * @param endNs when those that are still stalled should have been resumed.
     */
    public OracleCount resumedOnce(long endNs) {
        OracleCount count = new OracleCount(Oracle.RESUMED_ONCE);
        count.checked(tags.taken());
        if (strays.sum() > 0) {
            count.violated(strays.sum(), firstStrayNs.get());
        }
        if (tags.outstanding() > 0) {
            count.violated(tags.outstanding(), endNs);
        }
        return count;
    }
}
