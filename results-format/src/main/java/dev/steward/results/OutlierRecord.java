package dev.steward.results;

import java.util.List;

/**
 * Why the slowest of a cell were slow. Immutable.
 *
 * @param pausesLogged whether the JVM's pauses are known
 * @param pauses       of the JVM in the measured window
 * @param hiccups      of the machine in the measured window, long ones only
 * @param events       the slowest events
 * @param attaches     the slowest attach operations
 */
public record OutlierRecord(boolean pausesLogged, long pauses, long hiccups, OutlierSet events, OutlierSet attaches) {
    /**
     * The slowest of one kind.
     *
     * @param count       how many were attributed
     * @param sampledOf   of how many they are the slowest
     * @param thresholdNs latency of the fastest of them, in nanoseconds
     * @param excessNs    time beyond what their stages usually take, all together, in nanoseconds
     * @param causes      of the excess
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
     * @param cause    short name
     * @param share    of the excess, 0 to 1
     * @param dominant outliers in which no cause has more
     * @param meaning  in words
     */
    public record CauseShare(String cause, double share, int dominant, String meaning) {
    }
}
