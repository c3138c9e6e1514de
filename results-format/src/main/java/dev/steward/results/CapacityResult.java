package dev.steward.results;

import java.util.List;
import java.util.Map;

/**
 * What a search for the capacity found; written as {@code capacity.json} with these field names. Immutable.
 *
 * @param status     {@code running} until all is found or time is up, then {@code complete}.
 * @param find       {@code storm} or {@code churn}: whose rate was searched for.
 */
public record CapacityResult(
    String format, int version, String status, String command, String slo, String find, String path, long budgetMs,
    long tookMs, Map<String, String> scenario, List<OfStrategy> strategies) {
    /** Name of the file in the folder of a search. */
    public static final String FILE = "capacity.json";
    /** Value of {@link #format()}. */
    public static final String FORMAT = "steward-capacity";
    /** Version that is written. */
    public static final int VERSION = 1;

    /** Copies the list. */
    public CapacityResult {
        strategies = List.copyOf(strategies);
    }

    /**
     * One strategy.
     *
     * @param heldPerSecond   highest rate of one SMMU that held, 0 if none did.
     * @param brokenPerSecond lowest rate above it that broke, null if none did.
     * @param end             why it ended, see docs/capacity.md.
     * @param reason          what the last broken or unfit trial showed, null without.
     */
    public record OfStrategy(
        String strategy, double heldPerSecond, Double brokenPerSecond, List<Double> rounds, String end, String reason,
        List<Trial> trials) {
        /** Copies the lists. */
        public OfStrategy {
            rounds = List.copyOf(rounds);
            trials = List.copyOf(trials);
        }
    }

    /**
     * One cell.
     *
     * @param id        names its files in {@code cells/}.
     * @param seen      figures of the bounds, or why there are none.
     */
    public record Trial(String id, double perSecond, String outcome, String seen) {
    }
}
