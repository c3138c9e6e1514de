package dev.steward.strategy.torture;

/**
 * What the threads of a torture did and saw, summed up.
 *
 * @param commits         attachments changed.
 * @param stale           vIOMMUs seen whose replacing commit had returned before the read began.
 * @param late            reports still in the sink when the commit that replaced their vIOMMU had returned.
 * @param lost            events that a guard dropped, or swallowed and answered as if it had not.
 * @param doubled         events that the sink got twice, or outside of their report.
 * @param provable        reports of a stream that was attached throughout: each had to reach the sink once.
 * @param longestCommitNs longest time in commit, nanoseconds of the caller's clock.
 */
public record TortureTally(
    long reads, long reports, long commits, long synchronizes, long torn, long stale, long late,
    long lost, long doubled, long provable, long longestCommitNs) {
    /** Nothing. */
    public static final TortureTally NONE = new TortureTally(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Promises that were broken, 0 for a correct guard. */
    public long violations() {
        return torn + stale + late + lost + doubled;
    }

    /** Adds what another torture did. */
    public TortureTally plus(TortureTally other) {
        return new TortureTally(
            reads + other.reads,
            reports + other.reports,
            commits + other.commits,
            synchronizes + other.synchronizes,
            torn + other.torn,
            stale + other.stale,
            late + other.late,
            lost + other.lost,
            doubled + other.doubled,
            provable + other.provable,
            Math.max(longestCommitNs, other.longestCommitNs));
    }
}
