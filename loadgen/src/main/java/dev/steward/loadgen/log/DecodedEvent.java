package dev.steward.loadgen.log;

import dev.steward.engine.event.EventId;
import dev.steward.engine.event.EventRecordLayout;
import java.util.List;

/**
 * One event as a log tells it. Immutable.
 *
 * <p>{@link #complete()} means certain: a header and four whole words that agree in the id, with nothing in the log
 * that speaks against them belonging together (whole decoded lines that agree with all words may stand for a lost
 * header); or, where a log holds only the decoded lines, every field that the
 * kernel prints for that id. Decoded lines carry no check digits: a number that lost or gained a digit without a
 * trace cannot be told from a whole one there, while a raw word must have sixteen. Likewise nobody can see the loss of
 * exactly one event's worth of raw lines across two events in a log without time stamps or decoded lines. Whatever
 * else is missing or in doubt makes an event incomplete.
 *
 * @param line      line of the event's first message, from 1.
 * @param rawWords  four entries in the order they were printed, null where the log has no such word: when one line was
 *                  lost the words behind it stand too early. All null for {@link EventSource#DECODED}.
 * @param client    device that faulted, as the kernel names it, null if not told.
 * @param problems  what was wrong, in the order it was found; may be non-empty for a complete event.
 */
public record DecodedEvent(
    String file, long line, Stamp stamp, String device, EventFields fields, List<Long> rawWords, String client,
    boolean complete, EventSource source, List<String> problems) {
    /** Time of the first message as printk prints it, in seconds since boot; null if the log has none. */
    public String timestamp() {
        return stamp.seconds();
    }

    /** Name of the event id, {@link EventId#UNKNOWN} when it is undefined or not known. */
    public EventId eventId() {
        return fields.id() == null ? EventId.UNKNOWN : EventId.of(fields.id());
    }

    /**
     * The record as four words: the raw ones, or words built from the fields of decoded lines.
     *
     * @throws IllegalStateException if the event is not {@link #complete()}.
     */
    public long[] toWords() {
        if (!complete) {
            throw new IllegalStateException(file + ":" + line + ": an incomplete event has no record");
        }
        if (source == EventSource.DECODED) {
            return fields.toWords();
        }
        long[] words = new long[EventRecordLayout.WORDS];
        for (int i = 0; i < words.length; i++) {
            words[i] = rawWords.get(i);
        }
        return words;
    }
}
