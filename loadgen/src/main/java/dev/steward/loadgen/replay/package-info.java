/**
 * Kernel logs as a load: finds faults and attach operations in logs of many kinds, keeps their timing, and plays them
 * as storm and churn.
 *
 * <p>The way of a line: {@code LineCutter} (bytes to lines, most of them are only looked at), one of the
 * {@code LineReader}s or {@code dev.steward.loadgen.klog} (what the line says), {@code LogOrder} (back into the order
 * of the log), {@code ReplayClock} (when it is played), {@code TraceWriter} (a file of fixed-size records). In a cell
 * the file is mapped: {@code ReplayTrace}, {@code ReplayStorm}, {@code ReplayChurn}.
 */
package dev.steward.loadgen.replay;
