package dev.steward.loadgen.klog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads bytes from left to right exactly as a format prints them. Whatever differs in a single byte fails, and does not
 * tell how: what is damaged is judged elsewhere. Not thread-safe.
 */
final class StrictCursor {
    private static final byte[] PREFIX = ascii("0x");
    private static final byte NO_DIGIT = -1;
    /** Value of each byte as a hexadecimal digit. */
    private static final byte[] DIGITS = new byte[256];

    static {
        for (int b = 0; b < DIGITS.length; b++) {
            DIGITS[b] = TextCursor.isHex((char) b) ? (byte) Character.digit(b, 16) : NO_DIGIT;
        }
    }

    private byte[] bytes;
    private int at;
    private int end;
    private boolean failed;

    void on(byte[] buffer, int from, int to) {
        bytes = buffer;
        at = from;
        end = to;
        failed = false;
    }

    /** Whether all was there and nothing is left. */
    boolean isDone() {
        return !failed && at == end;
    }

    boolean hasFailed() {
        return failed;
    }

    int at() {
        return at;
    }

    /** Takes a text if it follows. */
    boolean takeIf(byte[] text) {
        if (failed || !follows(bytes, at, end, text)) {
            return false;
        }
        at += text.length;
        return true;
    }

    void take(byte[] text) {
        failed |= !takeIf(text);
    }

    /** Takes one of two texts; whether it was the first. */
    boolean either(byte[] yes, byte[] no) {
        if (takeIf(yes)) {
            return true;
        }
        take(no);
        return false;
    }

    /** Goes to the next blank; returns the index where it began. */
    int takeToken() {
        int from = at;
        while (at < end && bytes[at] != ' ') {
            at++;
        }
        failed |= at == from;
        return from;
    }

    /** Takes a number as {@code 0x%0Nx} prints it. */
    long padded(int digits) {
        take(PREFIX);
        return digits(digits, digits);
    }

    /** Takes a number as {@code %#x} of the kernel prints it, without needless zeros. */
    long number(int maxDigits) {
        take(PREFIX);
        int from = at;
        long value = digits(1, maxDigits);
        failed |= !failed && bytes[from] == '0' && at - from > 1;
        return value;
    }

    private long digits(int min, int max) {
        if (failed) {
            return 0;
        }
        long value = 0;
        int next = at;
        while (next < end && DIGITS[bytes[next] & 0xff] != NO_DIGIT) {
            value = value << 4 | DIGITS[bytes[next++] & 0xff];
        }
        failed = next - at < min || next - at > max;
        at = next;
        return value;
    }

    /** Value of a hexadecimal digit, negative if a byte is none. */
    static int digit(byte b) {
        return DIGITS[b & 0xff];
    }

    static boolean follows(byte[] bytes, int at, int end, byte[] text) {
        return end - at >= text.length && Arrays.equals(bytes, at, at + text.length, text, 0, text.length);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
