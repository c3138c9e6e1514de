/**
 * Computes what a report says from what a result folder holds: merged distributions, ranges over repeats, shares and
 * sums. Knows nothing of how they are printed, and ranks nobody.
 */
package dev.steward.reports.summary;
