/**
 * Grades cells, then compares: which cells may be compared, whether a difference is more than chance and more than
 * nothing, and why; within a run, between two runs, and along a history of runs.
 */
package dev.steward.reports.verdict;
