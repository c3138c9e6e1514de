/**
 * Writes the figures of runs for other programs: tables, benchmark formats, metrics. One class for each format, all of
 * them behind {@link dev.steward.reports.export.Export} and listed in {@code Output}; the
 * columns and units are in {@code docs/results-format.md}.
 */
package dev.steward.reports.export;
