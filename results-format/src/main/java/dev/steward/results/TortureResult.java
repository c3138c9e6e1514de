package dev.steward.results;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a torture found, as {@code torture --json} prints it. Immutable.
 *
 * @param timeMs     for each strategy
 * @param readers    threads that read and report
 * @param committers threads that attach
 */
public record TortureResult(
    String format, int version, long timeMs, int readers, int committers, long seed, List<OfStrategy> strategies) {
    /** Of a fault once in n events none is seen in this times n events with a probability of 0.1 %. */
    private static final double EVENTS_OF_ONE = Math.log(1_000);

    /** Copies the list. */
    public TortureResult {
        strategies = List.copyOf(strategies);
    }

    /** Of the current version. */
    public static TortureResult of(
        long timeMs, int readers, int committers, long seed, List<OfStrategy> strategies) {
        return new TortureResult("steward-torture", 1, timeMs, readers, committers, seed, strategies);
    }

    /**
     * What a number of events can show.
     *
     * @param provable events that had to reach the sink once
     * @return n, if a fault once in n events would have been seen with a probability of 99.9 %: 0 or more
     */
    public static long seenIfOneIn(long provable) {
        return (long) (provable / EVENTS_OF_ONE);
    }

    /** {@return number of strategies that broke a promise: 0 or more} */
    public int failed() {
        return (int) strategies.stream().filter(strategy -> strategy.violations() > 0).count();
    }

    /**
     * One strategy.
     *
     * @param violations      promises that were broken: the sum of the five that follow
     * @param torn            snapshots of two attachments
     * @param stale           vIOMMUs seen whose replacing commit had returned before the read began
     * @param late            reports still under way when the commit that replaced their vIOMMU had returned
     * @param lost            events that were dropped
     * @param doubled         events that were reported twice, or outside of their report
     * @param provable        reports that had to reach the sink once, since the stream was attached throughout
     * @param longestAttachNs longest time in a commit
     * @param disturbed       how often threads were disturbed, by what was done
     */
    public record OfStrategy(
        String strategy, long reads, long reports, long attaches, long synchronizes, long violations, long torn,
        long stale, long late, long lost, long doubled, long provable, long gracePeriods, long retries,
        long fallbacks, long readerWaits, long longestAttachNs, Map<String, Long> disturbed) {
        /** Copies the map. */
        public OfStrategy {
            disturbed = Collections.unmodifiableMap(new LinkedHashMap<>(disturbed));
        }

        /** {@return n, if a guard that is wrong once in n events would have been seen with a probability of 99.9 %} */
        public long seenIfOneIn() {
            return TortureResult.seenIfOneIn(provable);
        }
    }
}
