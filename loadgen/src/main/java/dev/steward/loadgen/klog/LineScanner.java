package dev.steward.loadgen.klog;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Cuts a stream of bytes into lines in constant memory. A line becomes a string only if it names an SMMU or the reader
 * asks for every line, so a log that is mostly about other things costs little more than the search for line ends.
 */
final class LineScanner {
    /** Longest line that is looked at; what the kernel prints ends below 1 KiB. */
    static final int MAX_LINE_BYTES = 64 * 1024;

    private static final int BUFFER_BYTES = 4 * MAX_LINE_BYTES;
    private static final int PROBE_BYTES = 4096;
    private static final int MAX_CONTROL_SHARE = 20;
    private static final int MIN_CONTROL_BYTES = 8;
    private static final String OTHER_CONTROLS = "\t\n\r\f\b\u001b";

    /** Receives the lines. */
    interface Listener {
        /**
         * Whether lines that do not name an SMMU matter now, because an event is open.
         *
         * @return true to get every line.
         */
        boolean wantsEveryLine();

        /**
         * One line.
         *
         * @param number     from 1.
         * @param text       without its line end.
         * @param terminated false for a last line without line end.
         */
        void onLine(long number, String text, boolean terminated);

        /**
         * A line of more than {@link #MAX_LINE_BYTES}, which is left out.
         *
         * @param number from 1.
         */
        void onOverlongLine(long number);
    }

    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final InputStream in;
    private final String name;
    private final Listener listener;
    private long lines;
    private boolean skipping;

    LineScanner(InputStream in, String name, Listener listener) {
        this.in = in;
        this.name = name;
        this.listener = listener;
    }

    /**
     * Reads to the end.
     *
     * @return lines read.
     * @throws IOException       if reading fails.
     * @throws EventLogException if the bytes are no text.
     */
    long scan() throws IOException {
        int filled = 0;
        boolean probed = false;
        for (int count = in.read(buffer, 0, BUFFER_BYTES); count >= 0;
            count = in.read(buffer, filled, BUFFER_BYTES - filled)) {
            int end = filled + count;
            if (!probed && count > 0) {
                refuseControlBytes(Math.min(end, PROBE_BYTES));
                probed = true;
            }
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
        return lines;
    }

    private int cut(int from, int end) throws EventLogException {
        byte[] bytes = buffer;
        int start = 0;
        for (int i = from; i < end; i++) {
            byte b = bytes[i];
            if (b == '\n') {
                emit(start, i, true);
                start = i + 1;
            } else if (b == 0) {
                throw notText("NUL byte");
            }
        }
        return start;
    }

    private void emit(int start, int end, boolean terminated) {
        lines++;
        if (skipping || end - start > MAX_LINE_BYTES) {
            skipping = false;
            listener.onOverlongLine(lines);
        } else if (listener.wantsEveryLine() || namesSmmu(start, end)) {
            listener.onLine(lines, new String(buffer, start, end - start, StandardCharsets.UTF_8), terminated);
        }
    }

    /** Every fourth byte is enough: one of them is a letter of the word, whichever way it lies. */
    private boolean namesSmmu(int start, int end) {
        byte[] bytes = buffer;
        for (int i = start + 3; i < end; i += 4) {
            switch (bytes[i] | 0x20) {
                case 'u':
                    if (isSmmu(i - 3, start, end)) {
                        return true;
                    }
                    break;
                case 'm':
                    if (isSmmu(i - 1, start, end) || isSmmu(i - 2, start, end)) {
                        return true;
                    }
                    break;
                case 's':
                    if (isSmmu(i, start, end)) {
                        return true;
                    }
                    break;
                default:
                    break;
            }
        }
        return false;
    }

    private boolean isSmmu(int at, int start, int end) {
        return at >= start && at + 4 <= end
            && (buffer[at] | 0x20) == 's' && (buffer[at + 1] | 0x20) == 'm'
            && (buffer[at + 2] | 0x20) == 'm' && (buffer[at + 3] | 0x20) == 'u';
    }

    /** Compressed files without a NUL byte are rare, but they exist. Stray control bytes of a serial line are few. */
    private void refuseControlBytes(int length) throws EventLogException {
        int controls = 0;
        for (int i = 0; i < length; i++) {
            if (buffer[i] > 0 && buffer[i] < ' ' && OTHER_CONTROLS.indexOf(buffer[i]) < 0) {
                controls++;
            }
        }
        if (controls >= MIN_CONTROL_BYTES && controls * MAX_CONTROL_SHARE > length) {
            throw notText("control characters");
        }
    }

    private EventLogException notText(String what) {
        return new EventLogException(
            name + ":" + (lines + 1) + ": not a text file (" + what + "): expected a kernel log, not packed or binary");
    }
}
