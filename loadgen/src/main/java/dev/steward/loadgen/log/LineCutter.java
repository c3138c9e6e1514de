package dev.steward.loadgen.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a stream of bytes into lines in constant memory.
 *
 * <p>Threading: one thread.
 */
final class LineCutter {
    /** Longest line that is looked at; what the kernel prints ends below 1 KiB. (own) */
    static final int MAX_LINE_BYTES = 64 * 1024;

    /** What is said of a longer line. */
    static final String OVERLONG = "line of more than " + MAX_LINE_BYTES + " bytes";

    private static final int BUFFER_BYTES = 4 * MAX_LINE_BYTES;
    private static final int PROBE_BYTES = 4096;
    private static final int MAX_CONTROL_SHARE = 20;
    private static final int MAX_NUL_SHARE = 4;
    private static final int MIN_CONTROL_BYTES = 8;
    private static final char REPLACEMENT = '\ufffd';
    private static final String REPEATED = "message repeated ";
    /** Log daemons write a message once, and then how often it came again; some with the message. */
    private static final Pattern REPEATS = Pattern.compile(REPEATED + "(\\d{1,9}) times(?:: *\\[ *(.*)])?\\s*$");
    /** More of one message than a rate limit lets through in an hour. (own) */
    private static final int MAX_REPEATS = 10_000;
    /** Of all messages of a log: a line of 40 bytes must not make hours of work. (own) */
    private static final int MAX_REPEATS_OF_LOG = 1_000_000;

    /** Receives the lines. */
    interface Listener {
        /** One line, or one of the parts of a line. */
        void onLine(LogLine line);

        /** Something is skipped here: bytes that are no text, or lines that are said to have come again. */
        default void onDamage(long line, String what) {
        }

        /** The text ends here although its packing goes on or is damaged. */
        default void onCut(long line, String what) {
            onDamage(line, what);
        }

        /** A line of more than {@link #MAX_LINE_BYTES}, which is skipped. */
        default void onOverlongLine(long line) {
        }
    }

    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final InputStream in;
    private final String name;
    private final Listener listener;
    private final LogClock clock = new LogClock();
    private long lines;
    private long bytesRead;
    private boolean skipping;
    private String last = "";
    private int repeated;
    private long nulBytes;
    private long firstNulLine;

    LineCutter(InputStream in, String name, Listener listener) {
        this.in = in;
        this.name = name;
        this.listener = listener;
    }

    long lines() {
        return lines;
    }

    long bytes() {
        return bytesRead;
    }

    /**
     * Reads to the end. A packed log that is cut or damaged ends where its last bytes could be unpacked.
     *
     * @throws EventLogException if the bytes are no text.
     * @throws IOException       if reading fails.
     */
    void run() throws IOException {
        int filled = 0;
        for (int count = read(filled); count >= 0; count = read(filled)) {
            int end = filled + count;
            if (bytesRead < PROBE_BYTES && count > 0) {
                refuseBinary(end);
            }
            bytesRead += count;
            int rest = cut(filled, end);
            filled = end - rest;
            System.arraycopy(buffer, rest, buffer, 0, filled);
            if (filled == BUFFER_BYTES) {
                skipping = true;
                filled = 0;
            }
        }
        if (filled > 0 || skipping) {
            emit(0, filled, false);
        }
        if (nulBytes > 0) {
            listener.onDamage(firstNulLine, nulBytes + " NUL bytes from here on, as a power loss leaves them: skipped");
        }
    }

    private int read(int filled) throws IOException {
        try {
            return in.read(buffer, filled, BUFFER_BYTES - filled);
        } catch (IOException e) {
            if (!LogFile.isUnpacking(e)) {
                throw new EventLogException(name + ": cannot be read: " + e.getMessage());
            }
            String what = LogFile.isCut(e) ? "is cut short" : "is damaged";
            if (bytesRead == 0) {
                throw new EventLogException(name + ": the packed file " + what + " at its start: nothing can be read");
            }
            listener.onCut(lines + 1, "the packed file " + what + " here: the rest is not read");
            return -1;
        }
    }

    private int cut(int from, int end) {
        int start = 0;
        for (int at = from; at < end; at++) {
            byte b = buffer[at];
            if (b == '\n') {
                emit(start, at, true);
                start = at + 1;
            } else if (b == 0) {
                firstNulLine = nulBytes == 0 ? lines + 1 : firstNulLine;
                nulBytes++;
            }
        }
        return start;
    }

    private void emit(int start, int end, boolean terminated) {
        lines++;
        if (skipping || end - start > MAX_LINE_BYTES) {
            skipping = false;
            listener.onOverlongLine(lines);
            return;
        }
        String text = text(start, end);
        if (text.contains(REPEATED) && repeat(text)) {
            return;
        }
        last = text;
        hand(text, terminated);
    }

    /** Where a line is no UTF-8, somebody wrote it in an encoding of a byte a letter, or a serial line is disturbed. */
    private String text(int start, int end) {
        String text = new String(buffer, start, end - start, StandardCharsets.UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? text
            : new String(buffer, start, end - start, StandardCharsets.ISO_8859_1);
    }

    private boolean repeat(String text) {
        Matcher repeats = REPEATS.matcher(text);
        if (!repeats.find()) {
            return false;
        }
        String message = repeats.group(2) == null ? last : repeats.group(2);
        int times = Integer.parseInt(repeats.group(1));
        int read = Math.min(times, Math.min(MAX_REPEATS, MAX_REPEATS_OF_LOG - repeated));
        repeated += read;
        for (int i = 0; i < read; i++) {
            hand(message, true);
        }
        if (times > read) {
            listener.onDamage(lines, "says that a line came " + times + " times more: " + read + " are read");
        }
        return true;
    }

    private void hand(String text, boolean terminated) {
        for (LogLine line : LogLine.of(lines, text, terminated, clock)) {
            listener.onLine(line);
        }
    }

    /** Stray control bytes of a serial line, or NULs of a log that was cut off by a power loss, are few. */
    private void refuseBinary(int end) throws EventLogException {
        int length = Math.min(end, PROBE_BYTES);
        int controls = 0;
        int nuls = 0;
        long number = 0;
        long line = lines + 1;
        for (int i = 0; i < length; i++) {
            byte b = buffer[i];
            line += b == '\n' ? 1 : 0;
            if (b >= 0 && b < ' ' && "\t\n\r\f\b\u001b".indexOf(b) < 0) {
                number = controls + nuls == 0 ? line : number;
                nuls += b == 0 ? 1 : 0;
                controls += b == 0 ? 0 : 1;
            }
        }
        boolean binary = controls * MAX_CONTROL_SHARE > length || nuls * MAX_NUL_SHARE > length;
        if (controls + nuls >= MIN_CONTROL_BYTES && binary) {
            throw new EventLogException(name + ":" + number + ": not a text file ("
                + (nuls > 0 ? "NUL byte" : "control characters")
                + "): expected a kernel log as text, plain or packed with gzip or zstd");
        }
    }
}
