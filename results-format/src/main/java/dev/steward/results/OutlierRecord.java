package dev.steward.results;

import java.util.List;

/**
 * Why the slowest of a cell were slow. Immutable.
 *
 * @param hiccups      of the machine in the measured window, long ones only
 */
public record OutlierRecord(boolean pausesLogged, long pauses, long hiccups, OutlierSet events, OutlierSet attaches) {
    /**
     * The slowest of one kind.
     *
     * @param thresholdNs latency of the fastest of them, in nanoseconds
     * @param excessNs    time beyond what their stages usually take, all together, in nanoseconds
     */
    public record OutlierSet(int count, long sampledOf, long thresholdNs, long excessNs, List<CauseShare> causes) {
        /** Copies the list. */
        public OutlierSet {
            causes = List.copyOf(causes);
        }
    }

    /**
     * What one cause has of it.
     *
     * @param share    of the excess, 0 to 1
     */
    public record CauseShare(String cause, double share, int dominant, String meaning) {
    }
}
