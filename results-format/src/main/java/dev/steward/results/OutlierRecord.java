package dev.steward.results;

import static dev.steward.results.Within.Range.SHARE;

import java.util.List;

/** Why the slowest of a cell were slow. Immutable. */
public record OutlierRecord(boolean pausesLogged, long pauses, long hiccups, OutlierSet events, OutlierSet attaches) {
    /** The slowest of one kind. */
    public record OutlierSet(int count, long sampledOf, long thresholdNs, long excessNs, List<CauseShare> causes) {
        /** Copies the list. */
        public OutlierSet {
            causes = List.copyOf(causes);
        }
    }

    /** What one cause has of it. */
    public record CauseShare(String cause, @Within(SHARE) double share, int dominant, String meaning) {
    }
}
