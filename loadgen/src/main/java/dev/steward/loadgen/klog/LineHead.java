package dev.steward.loadgen.klog;

import java.nio.charset.StandardCharsets;

/**
 * What stands in front of the content of one SMMU's lines: the same in all of them but for the time. Not thread-safe.
 */
final class LineHead {
    private static final int FRACTION_DIGITS = 6;
    private static final int MAX_SECONDS_DIGITS = 10;
    private static final int DECIMAL = 10;

    /** Up to and with the bracket of the time stamp, or without one up to the content. */
    private final byte[] before;
    /** From behind the digits of the time stamp up to the content; null if there is no time stamp. */
    private final byte[] behind;
    private final String device;
    private long micros = -1;
    private int stampEnd;

    private LineHead(byte[] before, byte[] behind, String device) {
        this.before = before;
        this.behind = behind;
        this.device = device;
    }

    /**
     * Learns from a line.
     *
     * @param text    the line; one message and nothing else.
     * @param speaker who says it.
     * @return null if its bytes cannot be told from its characters.
     */
    static LineHead of(String text, SmmuMessage speaker) {
        int content = speaker.contentStart();
        for (int at = 0; at < content; at++) {
            if (text.charAt(at) >= 0x80) {
                return null;
            }
        }
        if (speaker.micros() < 0) {
            return new LineHead(bytes(text, 0, content), null, speaker.device());
        }
        int stampAt = TextCursor.skipBlanks(text, speaker.start() + 1);
        return new LineHead(
            bytes(text, 0, speaker.start() + 1), bytes(text, stampAt + speaker.timestamp().length(), content),
            speaker.device());
    }

    /**
     * Holds a line against it.
     *
     * @param bytes buffer.
     * @param start of the line in it.
     * @param end   of it.
     * @return where the content begins, -1 if the line begins in another way.
     */
    int match(byte[] bytes, int start, int end) {
        if (!StrictCursor.follows(bytes, start, end, before)) {
            return -1;
        }
        int at = start + before.length;
        if (behind == null) {
            return at;
        }
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
        if (!readStamp(bytes, at, end) || !StrictCursor.follows(bytes, stampEnd, end, behind)) {
            return -1;
        }
        return stampEnd + behind.length;
    }

    /** Time of the line that was matched last, in microseconds since boot; -1 if it has none. */
    long micros() {
        return micros;
    }

    String device() {
        return device;
    }

    /** Reads seconds, a dot and six digits, as {@link SmmuMessage#timestampAt} takes them. */
    private boolean readStamp(byte[] bytes, int start, int end) {
        int at = start;
        long value = 0;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9' && at - start <= MAX_SECONDS_DIGITS) {
            value = value * DECIMAL + bytes[at++] - '0';
        }
        int dot = at;
        boolean shaped = dot > start && dot - start <= MAX_SECONDS_DIGITS && dot < end && bytes[dot] == '.'
            && (bytes[start] != '0' || dot == start + 1);
        if (!shaped) {
            return false;
        }
        at++;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9' && at - dot <= FRACTION_DIGITS + 1) {
            value = value * DECIMAL + bytes[at++] - '0';
        }
        stampEnd = at;
        micros = value;
        return at - dot - 1 == FRACTION_DIGITS;
    }

    private static byte[] bytes(String text, int from, int to) {
        return text.substring(from, to).getBytes(StandardCharsets.US_ASCII);
    }
}
