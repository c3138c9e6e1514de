package dev.steward.loadgen.klog;

/**
 * Finds the messages of each line and mends those that a mailer, a terminal or a console wrapped: a message that ends
 * too early is held back until the next line shows whether it goes on there. An equals sign at a line's end is the soft
 * line break of a quoted-printable mail (RFC 2045): nothing was there before. Not thread-safe.
 */
final class LineJoiner {
    private static final int MAX_JOINED_LINES = 4;
    private static final int MAX_HELD_LENGTH = 1024;
    private static final int STAMP_WITHIN = 16;

    /** Receives the messages. */
    @FunctionalInterface
    interface Listener {
        /**
         * One message.
         *
         * @param line     line where it begins.
         * @param from     who says it; not named if the text ends before.
         * @param message  what.
         * @param truncated whether the file ends inside this line.
         */
        void onMessage(long line, SmmuMessage from, Message message, boolean truncated);
    }

    private final Listener listener;
    private final RawLineReader rawLines = new RawLineReader();
    private String heldText;
    private SmmuMessage heldFrom;
    private Message heldMessage;
    private boolean heldSoftBreak;
    private long heldLine;
    private int joinedLines;

    LineJoiner(Listener listener) {
        this.listener = listener;
    }

    boolean isHolding() {
        return heldText != null;
    }

    /** Line of the message that is held, the largest number if none is. */
    long heldLine() {
        return isHolding() ? heldLine : Long.MAX_VALUE;
    }

    /**
     * Takes the next line.
     *
     * @param line       its number.
     * @param text       its text.
     * @param terminated false if the file ends in it.
     * @return whether it held a message or a part of one.
     */
    boolean onLine(long line, String text, boolean terminated) {
        SmmuMessage first = SmmuMessage.find(text, 0);
        if (isHolding()) {
            if (first == null && !hasTimestamp(text) && joins(text, terminated)) {
                return true;
            }
            flush();
        }
        if (first == null) {
            return false;
        }
        split(line, text, first, terminated);
        return true;
    }

    /**
     * Takes the next line if it is one whole message about an event by an SMMU that spoke before: what {@link #onLine}
     * does, without making text of it.
     *
     * @param line  its number.
     * @param bytes buffer.
     * @param start of the line in it.
     * @param end   of it.
     * @return whether it was taken; if not, it has to be given as text.
     */
    boolean onRawLine(long line, byte[] bytes, int start, int end) {
        if (isHolding() || !rawLines.read(bytes, start, end)) {
            return false;
        }
        listener.onMessage(line, rawLines.from(), rawLines.message(), false);
        return true;
    }

    /** Gives up on a continuation: what is held is all there is. */
    void flush() {
        if (isHolding()) {
            SmmuMessage from = heldFrom;
            Message message = heldMessage;
            heldText = null;
            listener.onMessage(heldLine, from, message, false);
        }
    }

    /** Two processors can print on one line when a line end was lost. */
    private void split(long line, String raw, SmmuMessage first, boolean terminated) {
        boolean softBreak = raw.endsWith("=");
        String text = softBreak ? raw.substring(0, raw.length() - 1) : raw;
        SmmuMessage from = softBreak ? SmmuMessage.find(text, 0) : first;
        while (from != null) {
            SmmuMessage next = SmmuMessage.find(text, from.contentStart());
            String content = text.substring(from.contentStart(), next == null ? text.length() : next.start());
            Message message = MessageReader.read(content);
            if (next == null && terminated && message.state() == TextState.CUT) {
                heldText = text.substring(from.start());
                heldFrom = from;
                heldMessage = message;
                heldLine = line;
                heldSoftBreak = softBreak;
                joinedLines = 1;
            } else {
                listener.onMessage(line, from, message, next == null && !terminated);
                if (from == first && next == null && isWholeOfEvent(message)) {
                    rawLines.learn(text, from);
                }
            }
            from = next;
        }
    }

    private static boolean isWholeOfEvent(Message message) {
        return message.state() == TextState.WHOLE && switch (message.kind()) {
            case HEADER, WORD, EVENT, ATTRIBUTES -> true;
            default -> false;
        };
    }

    private boolean joins(String text, boolean terminated) {
        boolean softBreak = text.endsWith("=");
        String rest = withoutQuotes(softBreak ? text.substring(0, text.length() - 1) : text);
        if (rest.isEmpty()) {
            return true;
        }
        // The rest of a word is digits and nothing else; a foreign line could begin with one.
        if (heldMessage.kind() == Message.Kind.WORD && TextCursor.skipHex(rest, 0) != rest.length()
            && !isMarkedWord(rest)) {
            return false;
        }
        String head = heldSoftBreak ? heldText : heldText.stripTrailing();
        boolean accepted = !heldSoftBreak && accepts(head + " " + rest, terminated)
            || accepts(head + rest, terminated);
        heldSoftBreak = softBreak;
        return accepted;
    }

    private boolean accepts(String candidate, boolean terminated) {
        SmmuMessage from = candidate.length() > MAX_HELD_LENGTH ? null : SmmuMessage.find(candidate, 0);
        if (from == null || !from.isNamed() && heldFrom.isNamed()) {
            return false;
        }
        Message message = MessageReader.read(candidate.substring(from.contentStart()));
        boolean sameKind = heldMessage.kind() == Message.Kind.OTHER || heldMessage.kind() == message.kind()
            || heldMessage.kind() == Message.Kind.HEADER && message.kind() == Message.Kind.EVENT;
        if (!sameKind || message.kind() == Message.Kind.OTHER || message.state() == TextState.DAMAGED) {
            return false;
        }
        if (message.state() == TextState.CUT && terminated) {
            joinedLines++;
            if (joinedLines > MAX_JOINED_LINES) {
                return false;
            }
            heldText = candidate;
            heldFrom = from;
            heldMessage = message;
            return true;
        }
        heldText = null;
        listener.onMessage(heldLine, from, message, !terminated);
        return true;
    }

    /** Only the very start of a word can be broken off before its x. */
    private boolean isMarkedWord(String rest) {
        return heldText.endsWith("0") && Character.isWhitespace(heldText.charAt(heldText.length() - 2))
            && (rest.startsWith("x") || rest.startsWith("X")) && TextCursor.skipHex(rest, 1) == rest.length();
    }

    private static boolean hasTimestamp(String text) {
        for (int at = text.indexOf('['); at >= 0 && at < STAMP_WITHIN; at = text.indexOf('[', at + 1)) {
            if (SmmuMessage.timestampAt(text, at) != null) {
                return true;
            }
        }
        return false;
    }

    private static String withoutQuotes(String text) {
        int start = 0;
        while (start < text.length() && "> \t|".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        return text.substring(start).stripTrailing();
    }
}
