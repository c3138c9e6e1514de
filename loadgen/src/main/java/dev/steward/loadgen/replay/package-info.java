/**
 * Kernel logs as a load: keeps the timing of what {@code dev.steward.loadgen.log} finds in them, and plays it as storm
 * and churn.
 *
 * <p>The way of a record: {@code LogOrder} (back into the order of the log), {@code ReplayClock} (when it is played),
 * {@code TraceWriter} (a file of fixed-size records). In a cell the file is mapped: {@code ReplayTrace},
 * {@code ReplayStorm}, {@code ReplayChurn}.
 */
package dev.steward.loadgen.replay;
