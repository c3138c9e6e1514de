package dev.steward.design;

/**
 * Where a design stands in the space that the debate was about, in words for a table.
 *
 * @param origin  day and message-id of the proposal, or who thought of it.
 */
public record DesignPoint(String origin, String lock, String scope, String lookUp, String attach, String differs) {
    static final String TREE = "search tree by StreamID, under the streams lock";
    static final String STORED = "; virtual StreamID stored at attach";

    /** A point of the designs that publish by RCU. */
    static DesignPoint rcu(String lookUp, String attach, String differs) {
        return new DesignPoint(
            "never posted for this path; analogue of 13 Aug 2025, cover.1755131672 (docs/domain.md, 7.1)", "RCU",
            "SMMU", "position in the stream table, twice for each event, " + lookUp + STORED, attach, differs);
    }
}
