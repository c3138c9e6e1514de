/**
 * Grades cells, then compares: which cells may be compared, whether a difference is more than chance and more than
 * nothing, and why. Knows cells, and neither tables nor what they are printed on.
 */
package dev.steward.reports.verdict;
