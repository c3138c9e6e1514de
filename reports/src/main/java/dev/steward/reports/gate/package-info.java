/**
 * Compares what was measured before with what was measured after: two result folders, or two result files of JMH.
 * Refuses what cannot be compared and names whatever differs.
 */
package dev.steward.reports.gate;
