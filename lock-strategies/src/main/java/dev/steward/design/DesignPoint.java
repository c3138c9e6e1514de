package dev.steward.design;

/**
 * Where a design stands in the space that the debate was about, in words for a table.
 *
 * @param origin  day and message-id of the proposal, or who thought of it.
 * @param lock    what excludes event and attach, outermost first.
 * @param scope   what one lock covers.
 * @param lookUp  how an event finds vIOMMU and virtual StreamID.
 * @param attach  what an attach does, and whether it waits.
 * @param differs what sets it apart from the merged design.
 */
public record DesignPoint(
    String origin, String lock, String scope, String lookUp, String attach, String differs) {
}
