package dev.steward.loadgen.log;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells what a message is: formats of {@code arm-smmu-v3.c} of Linux and {@code smmu-v3.c} of Xen. Pure functions. */
final class MessageReader {
    private static final int HEX_RADIX = 16;
    private static final Pattern WORD = Pattern.compile("0[xX]([0-9a-fA-F]{16})(?![0-9a-zA-Z])");
    private static final Pattern CUT_WORD = Pattern.compile("0|0[xX][0-9a-fA-F]{0,15}");
    /** Some mails show a blank inside a word. With the blanks out, digits must be all there is, and exactly sixteen. */
    private static final Pattern BLANKS = Pattern.compile("[ \t]");
    private static final Pattern HEADER = Pattern.compile(
        "event[ \t]+0[xX](?<id>[0-9a-fA-F]{2})(?![0-9a-zA-Z])(?:[ \t]*(?<received>received))?");
    private static final Pattern ODD_WORD = Pattern.compile("[0-9a-fA-FxX ]{8,}");

    private MessageReader() {
    }

    /** Reads one message; never null. */
    static Message read(String raw) {
        String text = raw.strip();
        if (text.isEmpty()) {
            return Message.of(Message.Kind.OTHER, TextState.CUT);
        }
        if (text.regionMatches(true, 0, "0x", 0, 2) || "0".equals(text)) {
            return word(text);
        }
        if (text.startsWith("event:")) {
            return Message.event(EventText.read(text));
        }
        if (text.startsWith("event")) {
            return header(text);
        }
        if (startsAlike(text, "priv ") || startsAlike(text, "unpriv ")) {
            return Message.attributes(AttributeText.read(text));
        }
        if (text.startsWith("EVTQ overflow")) {
            return Message.of(Message.Kind.OVERFLOW, TextState.WHOLE);
        }
        if (text.startsWith("skipping command in error state")) {
            return Message.of(Message.Kind.COMMAND, TextState.WHOLE);
        }
        return unusual(text);
    }

    private static Message word(String text) {
        Matcher word = WORD.matcher(text);
        if (!word.lookingAt()) {
            if (CUT_WORD.matcher(text).matches()) {
                return Message.word(TextState.CUT, null);
            }
            word = WORD.matcher(BLANKS.matcher(text).replaceAll(""));
            if (!word.matches()) {
                return Message.word(TextState.DAMAGED, null);
            }
        }
        return Message.word(TextState.WHOLE, Long.parseUnsignedLong(word.group(1), HEX_RADIX));
    }

    private static Message header(String text) {
        Matcher header = HEADER.matcher(text);
        if (!header.lookingAt()) {
            return Message.header(TextState.of(false, header), null);
        }
        boolean received = header.group("received") != null;
        return Message.header(TextState.of(received, header), Integer.parseInt(header.group("id"), HEX_RADIX));
    }

    /** A header or a word with a lost or a doubled character must still end or occupy its place in an event. */
    private static Message unusual(String text) {
        if ("event".startsWith(text)) {
            return Message.header(TextState.CUT, null);
        }
        if (text.contains("received") && !text.contains("PRI")) {
            return Message.header(TextState.DAMAGED, null);
        }
        return ODD_WORD.matcher(text).matches() ? Message.word(TextState.DAMAGED, null)
            : Message.of(Message.Kind.OTHER, TextState.WHOLE);
    }

    private static boolean startsAlike(String text, String start) {
        return text.startsWith(start) || start.startsWith(text);
    }
}
