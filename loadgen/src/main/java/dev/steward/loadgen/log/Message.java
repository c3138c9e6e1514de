package dev.steward.loadgen.log;

/**
 * What one SMMU says in one message. Immutable.
 *
 * @param id         of a header: event id code, null if it cannot be read.
 * @param word       of a word: its bits, null if it cannot be read.
 */
record Message(Kind kind, TextState state, Integer id, Long word, EventText event, AttributeText attributes) {
    /** What a message is about. */
    enum Kind {
        /** Announces an event. */
        HEADER,
        /** One of an event's four words. */
        WORD,
        /** First decoded line. */
        EVENT,
        /** Second decoded line. */
        ATTRIBUTES,
        /** The event queue has lost records. */
        OVERFLOW,
        /** Announces two words that are a command, not an event's. */
        COMMAND,
        /** Nothing about events. */
        OTHER
    }

    static Message of(Kind kind, TextState state) {
        return new Message(kind, state, null, null, null, null);
    }

    static Message header(TextState state, Integer id) {
        return new Message(Kind.HEADER, state, id, null, null, null);
    }

    static Message word(TextState state, Long word) {
        return new Message(Kind.WORD, state, null, word, null, null);
    }

    static Message event(EventText text) {
        return new Message(Kind.EVENT, text.state(), null, null, text, null);
    }

    static Message attributes(AttributeText text) {
        return new Message(Kind.ATTRIBUTES, text.state(), null, null, null, text);
    }
}
