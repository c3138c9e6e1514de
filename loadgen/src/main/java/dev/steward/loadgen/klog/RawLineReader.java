package dev.steward.loadgen.klog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads headers and words of the SMMU that spoke last straight from bytes. A storm is printed in thousands of lines
 * that differ in time stamp and number only, so what was learned of one holds for the next. Whatever looks different in
 * a single byte is left to the long way, which alone knows about damage. Not thread-safe.
 */
final class RawLineReader {
    private static final byte[] WORD = "0x".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEADER = "event 0x".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RECEIVED = " received:".getBytes(StandardCharsets.US_ASCII);
    private static final int WORD_DIGITS = 16;
    private static final int ID_DIGITS = 2;
    private static final int FRACTION_DIGITS = 6;
    private static final int MAX_SECONDS_DIGITS = 10;

    /** Up to and with the bracket of the time stamp, or without one up to the content. */
    private byte[] head;
    /** From behind the digits of the time stamp up to the content; null if there is no time stamp. */
    private byte[] tail;
    private String device;
    private SmmuMessage from;
    private Message message;

    /**
     * Learns from a line that was read the long way.
     *
     * @param text    the line; one message and nothing else.
     * @param speaker who says it.
     */
    void learn(final String text, final SmmuMessage speaker) {
        final int content = speaker.contentStart();
        final int stampAt = speaker.timestamp() == null
            ? content : TextCursor.skipBlanks(text, speaker.start() + 1);
        head = null;
        if (isAscii(text, content)) {
            device = speaker.device();
            tail = speaker.timestamp() == null
                ? null : bytes(text, stampAt + speaker.timestamp().length(), content);
            head = bytes(text, 0, speaker.timestamp() == null ? content : speaker.start() + 1);
        }
    }

    /**
     * Reads a line.
     *
     * @param bytes buffer.
     * @param start of the line in it.
     * @param end   of it, without the line end.
     * @return whether it is a whole header or word of the same SMMU; else nothing is known about it.
     */
    boolean read(final byte[] bytes, final int start, final int end) {
        if (head == null || !follows(bytes, start, end, head)) {
            return false;
        }
        int at = start + head.length;
        String timestamp = null;
        if (tail != null) {
            at = skipBlanks(bytes, at, end);
            final int stampEnd = endOfStamp(bytes, at, end);
            if (stampEnd < 0 || !follows(bytes, stampEnd, end, tail)) {
                return false;
            }
            timestamp = new String(bytes, at, stampEnd - at, StandardCharsets.ISO_8859_1);
            at = stampEnd + tail.length;
        }
        message = content(bytes, skipBlanks(bytes, at, end), end);
        if (message == null) {
            return false;
        }
        from = new SmmuMessage(0, timestamp, device, true, at - start);
        return true;
    }

    /** Who says the line that was read. */
    SmmuMessage from() {
        return from;
    }

    /** What the line says that was read. */
    Message message() {
        return message;
    }

    private static Message content(final byte[] bytes, final int at, final int end) {
        final int wordAt = at + WORD.length;
        if (end - wordAt == WORD_DIGITS && follows(bytes, at, end, WORD)) {
            return isHex(bytes, wordAt, end) ? Message.word(TextState.WHOLE, hex(bytes, wordAt, end)) : null;
        }
        final int idAt = at + HEADER.length;
        final int idEnd = idAt + ID_DIGITS;
        final boolean header = end - idEnd == RECEIVED.length && follows(bytes, at, end, HEADER)
            && follows(bytes, idEnd, end, RECEIVED) && isHex(bytes, idAt, idEnd);
        return header ? Message.header(TextState.WHOLE, (int) hex(bytes, idAt, idEnd)) : null;
    }

    /** Index behind seconds, a dot and six digits, as {@link SmmuMessage#timestampAt} takes them; -1 without. */
    private static int endOfStamp(final byte[] bytes, final int start, final int end) {
        final int dot = skipDigits(bytes, start, end);
        final int stampEnd = skipDigits(bytes, dot + 1, end);
        final boolean shaped = dot > start && dot - start <= MAX_SECONDS_DIGITS && dot < end && bytes[dot] == '.'
            && stampEnd - dot - 1 == FRACTION_DIGITS;
        return shaped && (bytes[start] != '0' || dot == start + 1) ? stampEnd : -1;
    }

    private static boolean follows(final byte[] bytes, final int at, final int end, final byte[] text) {
        return end - at >= text.length && Arrays.equals(bytes, at, at + text.length, text, 0, text.length);
    }

    private static int skipBlanks(final byte[] bytes, final int from, final int end) {
        int at = from;
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
        return at;
    }

    private static int skipDigits(final byte[] bytes, final int from, final int end) {
        int at = from;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at;
    }

    private static boolean isHex(final byte[] bytes, final int from, final int to) {
        for (int at = from; at < to; at++) {
            if (!TextCursor.isHex((char) bytes[at])) {
                return false;
            }
        }
        return true;
    }

    /** Digits and letters lie 9 apart in their low four bits. */
    private static long hex(final byte[] bytes, final int from, final int to) {
        long value = 0;
        for (int at = from; at < to; at++) {
            value = value << 4 | (bytes[at] & 0xf) + (bytes[at] >> 6) * 9;
        }
        return value;
    }

    private static boolean isAscii(final String text, final int to) {
        for (int at = 0; at < to; at++) {
            if (text.charAt(at) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytes(final String text, final int from, final int to) {
        return text.substring(from, to).getBytes(StandardCharsets.US_ASCII);
    }
}
