package dev.steward.engine.smmu;

import java.util.List;

/**
 * Counts the events of one handler by outcome.
 *
 * <p>Threading: counted by the handler thread; exact for it, and for others once it has stopped.
 */
public final class EventLedger {
    private final long[] counts = new long[EventOutcome.values().length];

    static EventLedger sumOf(List<EventLedger> ledgers) {
        EventLedger sum = new EventLedger();
        for (EventLedger ledger : ledgers) {
            for (int i = 0; i < sum.counts.length; i++) {
                sum.counts[i] += ledger.counts[i];
            }
        }
        return sum;
    }

    void count(EventOutcome outcome) {
        counts[outcome.ordinal()]++;
    }

    /**
     * Events with an outcome so far.
     *
     * @param outcome which.
     * @return count.
     */
    public long of(EventOutcome outcome) {
        return counts[outcome.ordinal()];
    }

    /** {@return all events so far, sum over the outcomes} */
    public long total() {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        return total;
    }
}
