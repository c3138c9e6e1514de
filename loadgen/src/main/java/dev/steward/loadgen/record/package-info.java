/**
 * Where the figures of a cell are kept while it runs: the clock and the window, one recorder per thread and tag, and
 * the log that is written of them.
 */
package dev.steward.loadgen.record;
