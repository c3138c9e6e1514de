package dev.steward.results;

import java.util.Locale;

/** What is compared turn by turn: the median of one histogram of a turn, from the real start of an operation. */
public enum TurnFigure {
    /** An event, from the real start until the record stands in the vEVENTQ. */
    EVENT(Tags.EVENT_ENQUEUE_RAW),
    /** An attach operation, from its real start until it returned. */
    ATTACH(Tags.ATTACH_RAW),
    /** The strategy's part of an attach operation. */
    COMMIT(Tags.ATTACH_COMMIT);

    private final String tag;

    TurnFigure(String tag) {
        this.tag = tag;
    }

    /** {@return how it is printed and stands in files: one lower-case word} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return histogram that it is taken from} */
    public String tag() {
        return tag;
    }
}
