package dev.steward.loadgen.replay;

import java.nio.charset.StandardCharsets;

/**
 * One line as bytes in a buffer that belongs to somebody else. A mutable slot, filled again and again.
 *
 * <p>Threading: one thread.
 */
final class TextLine {
    byte[] bytes;
    int start;
    int end;
    /** What the line was chosen for stands here or later. */
    int markedAt;
    /** From 1. */
    long number;
    /** False for a last line without line end, which may be cut. */
    boolean terminated;

    void set(byte[] buffer, int from, int to, long lineNumber, boolean hasEnd) {
        bytes = buffer;
        start = from;
        end = to;
        markedAt = from;
        number = lineNumber;
        terminated = hasEnd;
    }

    /** Index of a text at or after an index, -1 if it is not there. */
    int find(byte[] text, int from) {
        int last = end - text.length;
        byte first = text[0];
        for (int at = Math.max(from, start); at <= last; at++) {
            if (bytes[at] == first && startsWith(text, at)) {
                return at;
            }
        }
        return -1;
    }

    boolean startsWith(byte[] text, int at) {
        if (at < start || at + text.length > end) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (bytes[at + i] != text[i]) {
                return false;
            }
        }
        return true;
    }

    /** Index after the last byte before an index that is no blank. */
    int beforeBlanks(int from) {
        int at = from;
        while (at > start && isBlank(bytes[at - 1])) {
            at--;
        }
        return at;
    }

    /** Index of the first byte of the word that ends before an index. */
    int startOfWord(int wordEnd) {
        int at = wordEnd;
        while (at > start && !isBlank(bytes[at - 1])) {
            at--;
        }
        return at;
    }

    String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r';
    }

    static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
