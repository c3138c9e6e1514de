package dev.steward.loadgen.klog;

/**
 * What a replay needs of an event; {@link DecodedEvent} is all that is known of it. Immutable but for the words, which
 * belong to the receiver.
 *
 * @param line   line of the event's first message, from 1.
 * @param micros time of that line in microseconds since boot, -1 if it has no time stamp of the kernel.
 * @param source from which lines it was read.
 * @param words  the four words of the record, null if the event is not certain in every part.
 */
public record FoundRecord(long line, long micros, EventSource source, long[] words) {
}
