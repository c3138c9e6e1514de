package dev.steward.loadgen.log;

import java.util.regex.Matcher;

/** How much of a message the text holds. */
enum TextState {
    /** All of it. */
    WHOLE,
    /** What is there is right, and then the text ends: the next line may go on. */
    CUT,
    /** Something else stands where a part of the message should be. */
    DAMAGED;

    /** State of a text that a pattern matched in part or not at all: cut if more text could have gone on. */
    static TextState of(boolean whole, Matcher matcher) {
        return whole ? WHOLE : matcher.hitEnd() ? CUT : DAMAGED;
    }
}
