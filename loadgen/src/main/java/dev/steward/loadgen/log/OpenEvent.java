package dev.steward.loadgen.log;

import dev.steward.engine.event.EventRecordLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * An event whose lines are still coming in. Not thread-safe.
 *
 * <p>Words stand in the order they were read. When fewer than four came, the log does not tell which one is missing.
 */
final class OpenEvent {
    /** Longest pause between two lines of one event; a console that needed 70 ms per line has been seen. (own) */
    static final long MAX_PAUSE_MICROS = 5_000_000L;

    /** Clocks of two processors may differ by a little; more is another boot or another log. (own) */
    static final long MAX_STEP_BACK_MICROS = 1_000_000L;

    private final String file;
    private final long line;
    private final SmmuMessage from;
    private final boolean hasHeader;
    private final Integer headerId;
    private final Long[] words = new Long[EventRecordLayout.WORDS];
    private final List<String> problems = new ArrayList<>(0);
    private int wordCount;
    private EventText text;
    private AttributeText attributes;
    private boolean suspect;
    private boolean closed;
    private long lastLine;
    private long lastMicros;

    /** Opens an event; the id in its header is null if not readable. */
    OpenEvent(String file, long line, SmmuMessage from, boolean hasHeader, Integer headerId) {
        this.file = file;
        this.line = line;
        this.from = from;
        this.hasHeader = hasHeader;
        this.headerId = headerId;
        this.lastLine = line;
        this.lastMicros = from.stamp().micros();
    }

    String device() {
        return from.device();
    }

    long line() {
        return line;
    }

    Stamp stamp() {
        return from.stamp();
    }

    long lastLine() {
        return lastLine;
    }

    boolean hasHeader() {
        return hasHeader;
    }

    boolean hasRaw() {
        return hasHeader || wordCount > 0;
    }

    boolean hasAllWords() {
        return wordCount == EventRecordLayout.WORDS;
    }

    EventText text() {
        return text;
    }

    /** Whether a line with attributes belongs to it, by the id of the raw words if the text has none. */
    boolean wantsAttributes() {
        Long w0 = words[0];
        Integer id = headerId == null && w0 != null ? Integer.valueOf(EventRecordLayout.id(w0)) : headerId;
        return text != null && text.wantsAttributes() && (id == null || EventText.isAddressFault(id));
    }

    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
    }

    /** Whether a message may come from the same run of print calls, as far as the clock tells. */
    boolean isNear(SmmuMessage next) {
        long micros = next.stamp().micros();
        return micros < 0 || lastMicros < 0
            || micros - lastMicros <= MAX_PAUSE_MICROS && lastMicros - micros <= MAX_STEP_BACK_MICROS;
    }

    void addWord(long atLine, SmmuMessage by, Long word) {
        words[wordCount++] = word;
        seen(atLine, by);
    }

    void addText(long atLine, SmmuMessage by, EventText eventText) {
        text = eventText;
        seen(atLine, by);
    }

    void addAttributes(long atLine, SmmuMessage by, AttributeText attributeText) {
        attributes = attributeText;
        seen(atLine, by);
    }

    /** Notes a problem that leaves the event certain. */
    void note(String problem) {
        problems.add(problem);
    }

    /** Notes a problem that puts the event in doubt. */
    void doubt(String problem) {
        problems.add(problem);
        suspect = true;
    }

    /** Whether a decoded event line may be this event's: what is known of the id and the streams agrees. */
    boolean mayBe(EventText other) {
        Long w0 = words[0];
        Integer id = headerId == null && w0 != null ? Integer.valueOf(EventRecordLayout.id(w0)) : headerId;
        return (id == null || other.id() == null || id.equals(other.id()))
            && (w0 == null || other.fields().streamId() == null
                || Integer.toUnsignedLong(EventRecordLayout.streamId(w0)) == other.fields().streamId());
    }

    /** Whether word 0 has the id of the header, as far as both are known. */
    boolean idsAgree() {
        return headerId == null || words[0] == null || EventRecordLayout.id(words[0]) == headerId;
    }

    /**
     * Whether whole decoded lines follow four words: they name the id, and all that they say was held against the
     * words, so they can stand for a lost header.
     */
    boolean isNamedByText() {
        return hasAllWords() && hasWholeText();
    }

    Integer headerId() {
        return headerId;
    }

    int wordCount() {
        return wordCount;
    }

    /** The raw words, none of them null only if all were read. */
    Long[] words() {
        return words;
    }

    AttributeText attributes() {
        return attributes;
    }

    /** The event as it is known now. */
    DecodedEvent toEvent() {
        return new DecodedEvent(
            file, line, from.stamp(), from.device(), fields(),
            Collections.unmodifiableList(Arrays.asList(words.clone())), text == null ? null : text.client(),
            isCertain(), source(), List.copyOf(problems));
    }

    private EventFields fields() {
        boolean readable = hasHeader || isNamedByText();
        EventFields fields = readable && idsAgree() ? EventFields.ofWords(headerId, words) : EventFields.ofId(headerId);
        if (text != null) {
            fields = fields.orElse(text.fields());
        }
        return attributes == null ? fields : fields.orElse(attributes.fields());
    }

    /** Whether every part of the event is known for sure. */
    boolean isCertain() {
        if (suspect) {
            return false;
        }
        if (hasRaw()) {
            return (headerId != null || isNamedByText()) && hasAllWords() && canReadAllWords() && idsAgree();
        }
        return hasWholeText();
    }

    private boolean canReadAllWords() {
        for (Long word : words) {
            if (word == null) {
                return false;
            }
        }
        return true;
    }

    private boolean hasWholeText() {
        return text != null && text.state() == TextState.WHOLE && text.id() != null && text.isPlausible()
            && (!text.wantsAttributes() || attributes != null && attributes.state() == TextState.WHOLE);
    }

    EventSource source() {
        if (!hasRaw()) {
            return EventSource.DECODED;
        }
        return text == null && attributes == null ? EventSource.RAW : EventSource.RAW_AND_DECODED;
    }

    private void seen(long atLine, SmmuMessage by) {
        lastLine = atLine;
        if (by.stamp().micros() >= 0) {
            lastMicros = by.stamp().micros();
        }
    }
}
