package dev.steward.loadgen.log;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one SMMU says in one message, in the formats of {@code arm-smmu-v3.c} of Linux and {@code smmu-v3.c} of Xen.
 * Immutable.
 *
 * @param id         of a header: event id code, null if it cannot be read.
 * @param word       of a word: its bits, null if it cannot be read.
 */
record Message(Kind kind, TextState state, Integer id, Long word, EventText event, AttributeText attributes) {
    private static final int HEX_RADIX = 16;
    private static final Pattern WORD = Pattern.compile("0[xX]([0-9a-fA-F]{16})(?![0-9a-zA-Z])");
    private static final Pattern CUT_WORD = Pattern.compile("0|0[xX][0-9a-fA-F]{0,15}");
    /** Some mails show a blank inside a word. With the blanks out, digits must be all there is, and exactly sixteen. */
    private static final Pattern BLANKS = Pattern.compile("[ \t]");
    private static final Pattern HEADER = Pattern.compile(
        "event[ \t]+0[xX](?<id>[0-9a-fA-F]{2})(?![0-9a-zA-Z])(?:[ \t]*(?<received>received))?");
    private static final Pattern ODD_WORD = Pattern.compile("[0-9a-fA-FxX ]{8,}");

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

    private static Message of(Kind kind, TextState state) {
        return new Message(kind, state, null, null, null, null);
    }

    private static Message header(TextState state, Integer id) {
        return new Message(Kind.HEADER, state, id, null, null, null);
    }

    private static Message word(TextState state, Long word) {
        return new Message(Kind.WORD, state, null, word, null, null);
    }

    /** Reads one message; never null. */
    static Message read(String raw) {
        String text = raw.strip();
        if (text.isEmpty()) {
            return of(Kind.OTHER, TextState.CUT);
        }
        if (text.regionMatches(true, 0, "0x", 0, 2) || "0".equals(text)) {
            return word(text);
        }
        if (text.startsWith("event:")) {
            EventText event = EventText.read(text);
            return new Message(Kind.EVENT, event.state(), null, null, event, null);
        }
        if (text.startsWith("event")) {
            return header(text);
        }
        if (startsAlike(text, "priv ") || startsAlike(text, "unpriv ")) {
            AttributeText attributes = AttributeText.read(text);
            return new Message(Kind.ATTRIBUTES, attributes.state(), null, null, null, attributes);
        }
        if (text.startsWith("EVTQ overflow")) {
            return of(Kind.OVERFLOW, TextState.WHOLE);
        }
        if (text.startsWith("skipping command in error state")) {
            return of(Kind.COMMAND, TextState.WHOLE);
        }
        return unusual(text);
    }

    private static Message word(String text) {
        Matcher word = WORD.matcher(text);
        if (!word.lookingAt()) {
            if (CUT_WORD.matcher(text).matches()) {
                return word(TextState.CUT, null);
            }
            word = WORD.matcher(BLANKS.matcher(text).replaceAll(""));
            if (!word.matches()) {
                return word(TextState.DAMAGED, null);
            }
        }
        return word(TextState.WHOLE, Long.parseUnsignedLong(word.group(1), HEX_RADIX));
    }

    private static Message header(String text) {
        Matcher header = HEADER.matcher(text);
        if (!header.lookingAt()) {
            return header(TextState.of(false, header), null);
        }
        boolean received = header.group("received") != null;
        return header(TextState.of(received, header), Integer.parseInt(header.group("id"), HEX_RADIX));
    }

    /** A header or a word with a lost or a doubled character must still end or occupy its place in an event. */
    private static Message unusual(String text) {
        if ("event".startsWith(text)) {
            return header(TextState.CUT, null);
        }
        if (text.contains("received") && !text.contains("PRI")) {
            return header(TextState.DAMAGED, null);
        }
        return ODD_WORD.matcher(text).matches() ? word(TextState.DAMAGED, null) : of(Kind.OTHER, TextState.WHOLE);
    }

    private static boolean startsAlike(String text, String start) {
        return text.startsWith(start) || start.startsWith(text);
    }
}
