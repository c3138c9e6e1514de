/**
 * The one reader of kernel logs: what SMMUs, other IOMMUs and lock tests print, however the log was packed, copied,
 * wrapped or cut.
 *
 * <p>The way of a line: {@code LogFile} (opens and unpacks), {@code LineCutter} (bytes to lines), {@code LogLine} (what
 * stands before the message, and its time), then {@code SmmuLines} with {@code EventAssembler} for SMMUv3 events,
 * {@code FaultLines} for all other kinds, or {@code KernelMessages} for callers that want plain messages.
 */
package dev.steward.loadgen.log;
