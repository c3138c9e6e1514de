package dev.steward.results;

import java.util.Collection;
import java.util.Locale;

/**
 * What is compared turn by turn: the median of one histogram of a turn, from the real start of an operation, or of an
 * event from when its handler was awake. The wake-up of a thread is the machine's, and has no lock in it.
 */
public enum TurnFigure {
    /** An event, from the real start, or from when its handler was awake if later, until it is in the vEVENTQ. */
    EVENT(Tags.EVENT_ENQUEUE_AWAKE, Tags.EVENT_ENQUEUE_RAW),
    /** An attach operation, from its real start until it returned. */
    ATTACH(Tags.ATTACH_RAW),
    /** The strategy's part of an attach operation. */
    COMMIT(Tags.ATTACH_COMMIT);

    private final String tag;
    private final String olderTag;

    TurnFigure(String tag) {
        this(tag, tag);
    }

    TurnFigure(String tag, String olderTag) {
        this.tag = tag;
        this.olderTag = olderTag;
    }

    /** {@return how it is printed and stands in files: one lower-case word} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return histogram that it is taken from} */
    public String tag() {
        return tag;
    }

    /**
     * {@return histogram that it is taken from in turns that are compared with each other: {@link #tag()}, or that of
     * older builds if one of the turns has only this}
     */
    public String tagIn(Collection<TurnRecord> turns) {
        boolean older = turns.stream().map(TurnRecord::figures)
            .anyMatch(figures -> figures.containsKey(olderTag) && !figures.containsKey(tag));
        return older ? olderTag : tag;
    }
}
