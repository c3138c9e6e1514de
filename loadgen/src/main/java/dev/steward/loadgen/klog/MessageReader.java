package dev.steward.loadgen.klog;

/**
 * Tells what a message is: formats of {@code arm-smmu-v3.c} of Linux and {@code smmu-v3.c} of Xen. Pure functions.
 */
final class MessageReader {
    private static final int WORD_DIGITS = 16;
    private static final int ID_DIGITS = 2;
    private static final int HEX_RADIX = 16;
    private static final int MIN_BARE_DIGITS = 8;
    private static final String EVENT = "event";
    private static final String RECEIVED = "received";
    private static final String OVERFLOW = "EVTQ overflow";
    private static final String COMMAND = "skipping command in error state";

    private MessageReader() {
    }

    /**
     * Reads one message.
     *
     * @param raw text after the device's name.
     * @return its kind and parts; never null.
     */
    static Message read(String raw) {
        String text = withoutBlanks(raw);
        if (text.isEmpty()) {
            return Message.of(Message.Kind.OTHER, TextState.CUT);
        }
        if (text.regionMatches(true, 0, "0x", 0, 2) || "0".equals(text)) {
            return word(text);
        }
        if (text.startsWith("event:")) {
            return Message.event(EventText.read(text));
        }
        if (text.startsWith(EVENT)) {
            return header(text);
        }
        if (startsAlike(text, "priv ") || startsAlike(text, "unpriv ")) {
            return Message.attributes(AttributeText.read(text));
        }
        if (text.startsWith(OVERFLOW)) {
            return Message.of(Message.Kind.OVERFLOW, TextState.WHOLE);
        }
        if (text.startsWith(COMMAND)) {
            return Message.of(Message.Kind.COMMAND, TextState.WHOLE);
        }
        return unusual(text);
    }

    private static Message word(String text) {
        int firstEnd = TextCursor.skipHex(text, 2);
        int digits = firstEnd - 2;
        boolean atEnd = firstEnd >= text.length();
        if (digits == WORD_DIGITS && (atEnd || !Character.isLetterOrDigit(text.charAt(firstEnd)))) {
            return Message.word(TextState.WHOLE, TextCursor.hexValue(text, 2, firstEnd));
        }
        if (atEnd && digits < WORD_DIGITS) {
            return Message.word(TextState.CUT, null);
        }
        // Some mails show a blank inside a word. With the blanks out, digits must be all there is, and exactly sixteen.
        String joined = text.substring(2).replace(" ", "").replace("\t", "");
        if (joined.length() == WORD_DIGITS && TextCursor.skipHex(joined, 0) == WORD_DIGITS) {
            return Message.word(TextState.WHOLE, Long.parseUnsignedLong(joined, HEX_RADIX));
        }
        return Message.word(TextState.DAMAGED, null);
    }

    private static Message header(String text) {
        int idAt = TextCursor.skipBlanks(text, EVENT.length());
        if (idAt == text.length() || "0x".startsWith(text.substring(idAt))) {
            return Message.header(TextState.CUT, null);
        }
        int start = idAt + 2;
        int end = TextCursor.skipHex(text, Math.min(start, text.length()));
        boolean delimited = end == text.length() || !Character.isLetterOrDigit(text.charAt(end));
        if (idAt == EVENT.length() || !text.regionMatches(true, idAt, "0x", 0, 2) || end - start > ID_DIGITS
            || !delimited) {
            return Message.header(TextState.DAMAGED, null);
        }
        if (end - start < ID_DIGITS) {
            return Message.header(end == text.length() ? TextState.CUT : TextState.DAMAGED, null);
        }
        int id = Integer.parseInt(text, start, end, HEX_RADIX);
        String rest = text.substring(TextCursor.skipBlanks(text, end));
        if (rest.startsWith(RECEIVED)) {
            return Message.header(TextState.WHOLE, id);
        }
        return Message.header(RECEIVED.startsWith(rest) ? TextState.CUT : TextState.DAMAGED, id);
    }

    /** A header or a word with a lost or a doubled character must still end or occupy its place in an event. */
    private static Message unusual(String text) {
        if (EVENT.startsWith(text)) {
            return Message.header(TextState.CUT, null);
        }
        if (text.contains(RECEIVED) && !text.contains("PRI")) {
            return Message.header(TextState.DAMAGED, null);
        }
        if (text.length() >= MIN_BARE_DIGITS
            && text.chars().allMatch(c -> TextCursor.isHex((char) c) || c == 'x' || c == 'X' || c == ' ')) {
            return Message.word(TextState.DAMAGED, null);
        }
        return Message.of(Message.Kind.OTHER, TextState.WHOLE);
    }

    private static boolean startsAlike(String text, String start) {
        return text.startsWith(start) || start.startsWith(text);
    }

    private static String withoutBlanks(String raw) {
        int start = TextCursor.skipBlanks(raw, 0);
        for (int tab = TextCursor.escapedTabLength(raw, start); tab > 0;
            tab = TextCursor.escapedTabLength(raw, start)) {
            start = TextCursor.skipBlanks(raw, start + tab);
        }
        return raw.substring(start).stripTrailing();
    }
}
