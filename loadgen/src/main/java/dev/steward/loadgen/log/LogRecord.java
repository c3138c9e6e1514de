package dev.steward.loadgen.log;

/**
 * A fault or an attach operation that a log tells of. Immutable but for the words, which belong to the receiver.
 *
 * @param line   where it begins, from 1.
 * @param device name of the device; null for an SMMU's event, whose StreamID stands in its words.
 * @param words  four words of the event record, all 0 for an attach operation.
 */
public record LogRecord(long line, LogKind kind, LogAction action, Stamp stamp, String device, long[] words) {
}
