/**
 * Keeps the figures of past runs in one file and finds where they changed for good. Runs of different machines, of
 * different scenarios and of different placement classes are kept apart.
 */
package dev.steward.reports.history;
