package dev.steward.loadgen.log;

import java.util.List;

/**
 * A message that ended too early, held until the next line shows whether it goes on there: mailers, terminals and old
 * kernels wrap. An equals sign at the end is the soft line break of a quoted-printable mail (RFC 2045), or of a key;
 * {@code =20} is the blank at the end of such a line.
 * Immutable.
 *
 * @param text      so far, without a soft line break.
 */
record WrappedText(String text, boolean softBreak, long line, int lines) {
    private static final String BLANK = "=20";
    private static final int MAX_LINES = 4;
    private static final int MAX_LENGTH = 1024;

    static WrappedText of(String text, long line) {
        return of(text, line, 1);
    }

    private static WrappedText of(String text, long line, int lines) {
        boolean soft = text.endsWith("=");
        return new WrappedText(withoutBreak(text), soft, line, lines);
    }

    static String withoutBreak(String text) {
        return text.endsWith(BLANK) ? text.substring(0, text.length() - BLANK.length())
            : text.endsWith("=") ? text.substring(0, text.length() - 1) : text;
    }

    /** What it may be together with the next line, the likeliest first. */
    List<String> with(String next) {
        if (text.length() + next.length() >= MAX_LENGTH) {
            return List.of();
        }
        return softBreak ? List.of(text + next, text + " " + next, text + "= " + next, text + "=" + next)
            : List.of(text + " " + next, text + next);
    }

    /** Holds the text with another line, null if no message of the kernel has as many. */
    WrappedText grown(String joined) {
        return lines == MAX_LINES ? null : of(joined, line, lines + 1);
    }
}
