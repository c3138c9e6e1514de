/**
 * Reads what was measured: result folders, and the results of other tools (the kernel's refscale, rcuscale and
 * locktorture, JMH, HdrHistogram interval logs). What cannot be read is named with its reason and skipped, never
 * guessed; figures of other tools are shown beside a run and never put together with it.
 */
package dev.steward.reports.read;
