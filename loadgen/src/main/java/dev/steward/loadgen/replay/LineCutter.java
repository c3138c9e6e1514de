package dev.steward.loadgen.replay;

import dev.steward.loadgen.klog.EventLogException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/**
 * Cuts a stream of bytes into lines in constant memory and hands on those that hold one of a few short marks. All marks
 * have an {@code m} in them, so a byte that is neither that nor a line end is looked at once.
 *
 * <p>Threading: one thread.
 */
final class LineCutter {
    /** {@code smmu}, in whatever case, like all marks. */
    static final int SMMU = 1;
    /** {@code dmar}. */
    static final int DMAR = 1 << 1;
    /** {@code iomm}. */
    static final int IOMMU = 1 << 2;
    /** {@code amd-}. */
    static final int AMD = 1 << 3;
    /** {@code message}: printk says here that it dropped some. */
    static final int MESSAGE = 1 << 4;
    /** Longest line that is looked at; what the kernel prints ends below 1 KiB. */
    static final int MAX_LINE_BYTES = 64 * 1024;

    /** A terminal's escape character. */
    static final int COLOUR = 1 << 5;

    private static final int BUFFER_BYTES = 4 * MAX_LINE_BYTES;
    private static final int PROBE_BYTES = 4096;
    private static final int MAX_CONTROL_SHARE = 20;
    private static final int MIN_CONTROL_BYTES = 8;
    private static final int LINE_END = 1;
    private static final int LETTER_M = 2;
    private static final int ESCAPE = 3;
    private static final byte[] SPECIAL = new byte[256];

    static {
        SPECIAL['\n'] = LINE_END;
        SPECIAL['m'] = LETTER_M;
        SPECIAL['M'] = LETTER_M;
        SPECIAL[0x1b] = ESCAPE;
    }

    /** Receives the lines. */
    interface Listener {
        /** Whether the next line is wanted whatever it holds. */
        boolean wantsNextLine();

        /** One line that is wanted or marked; its bytes are good until the call returns. */
        void onLine(TextLine line, int marks);

        /** The text ends here although its packing goes on or is damaged. */
        void onDamage(long line, String what);

        /** A line of more than {@link #MAX_LINE_BYTES}, which is left out. */
        void onOverlongLine(long line);
    }

    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final InputStream in;
    private final String name;
    private final Listener listener;
    private final TextLine line = new TextLine();
    private long lines;
    private long bytesRead;
    private boolean skipping;
    private int marks;
    /** Offset in the line of the first m that may be of a mark. */
    private int firstMark;

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

    /** Reads to the end. A packed log that is cut or damaged ends where its last bytes could be unpacked. */
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
    }

    private int read(int filled) throws IOException {
        try {
            return in.read(buffer, filled, BUFFER_BYTES - filled);
        } catch (EOFException | ZipException e) {
            return endOfPacking(e);
        } catch (IOException e) {
            if (!LogFile.isUnpacking(e)) {
                throw e;
            }
            return endOfPacking(e);
        }
    }

    private int endOfPacking(IOException e) throws EventLogException {
        String what = LogFile.isCut(e) ? "is cut short" : "is damaged";
        if (bytesRead == 0) {
            throw new EventLogException(name + ": the packed file " + what + " at its start: nothing can be read");
        }
        listener.onDamage(lines + 1, "the packed file " + what + " here: the rest is not read");
        return -1;
    }

    private int cut(int from, int end) {
        int start = 0;
        for (int at = nextSpecial(buffer, from, end); at < end; at = nextSpecial(buffer, at + 1, end)) {
            int special = SPECIAL[buffer[at] & 0xff];
            if (special == LINE_END) {
                emit(start, at, true);
                start = at + 1;
            } else if (special == ESCAPE) {
                marks |= COLOUR;
            } else {
                mark(at, start, end);
            }
        }
        return start;
    }

    /** By itself, because the JIT is done with so small a method long before the rest of a large one is compiled. */
    private static int nextSpecial(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && SPECIAL[bytes[at] & 0xff] == 0) {
            at++;
        }
        return at;
    }

    private void mark(int at, int start, int limit) {
        int mark = markAt(at, start, limit);
        if (mark != 0) {
            if ((marks & ~COLOUR) == 0) {
                firstMark = at - start;
            }
            marks |= mark;
        }
    }

    /** The mark whose first m may stand at an index: told by its neighbours, as far as they have been read. */
    private int markAt(int at, int start, int limit) {
        int before = at > start ? buffer[at - 1] | 0x20 : ' ';
        int after = at + 1 < limit ? buffer[at + 1] | 0x20 : 0;
        switch (before) {
            case 's':
                return after == 'm' || after == 0 ? SMMU : 0;
            case 'd':
                return after == 'a' || after == 0 ? DMAR : 0;
            case 'o':
                return after == 'm' || after == 0 ? IOMMU : 0;
            case 'a':
                return after == 'd' || after == 0 ? AMD : 0;
            case ' ':
                return after == 'e' || after == 0 ? MESSAGE : 0;
            default:
                return 0;
        }
    }

    private void emit(int start, int end, boolean terminated) {
        lines++;
        int found = marks;
        marks = 0;
        if (skipping || end - start > MAX_LINE_BYTES) {
            skipping = false;
            listener.onOverlongLine(lines);
        } else if (listener.wantsNextLine()) {
            hand(start, end, terminated, found == 0 ? 0 : confirmed(start, end, found));
        } else if (found != 0) {
            int confirmed = confirmed(start, end, found);
            if (confirmed != 0) {
                hand(start, end, terminated, confirmed);
            }
        } else if (mayBeGap(start, end)) {
            hand(start, end, terminated, 0);
        }
    }

    private void hand(int start, int end, boolean terminated, int confirmed) {
        line.set(buffer, start, end, lines, terminated);
        line.markedAt = confirmed == 0 ? start : firstMarkIn(start);
        listener.onLine(line, confirmed);
    }

    private int firstMarkIn(int start) {
        return Math.max(start, start + firstMark - 2);
    }

    private int confirmed(int start, int end, int found) {
        int from = firstMarkIn(start);
        int result = 0;
        result |= (found & SMMU) != 0 && holds(from, end, "smmu") ? SMMU : 0;
        result |= (found & DMAR) != 0 && holds(from, end, "dmar") ? DMAR : 0;
        result |= (found & IOMMU) != 0 && holdsIommu(from, end) ? IOMMU : 0;
        result |= (found & AMD) != 0 && holds(from, end, "amd-vi") ? AMD : 0;
        result |= (found & MESSAGE) != 0 && holds(from, end, "messages dropped") ? MESSAGE : 0;
        return result == 0 ? 0 : result | found & COLOUR;
    }

    /** Many devices are called {@code ADDRESS.iommu}; what is wanted goes on in another way. */
    private boolean holdsIommu(int from, int end) {
        for (int at = from; at + 6 <= end; at++) {
            if ((buffer[at] | 0x20) == 'i' && matches(at, "iommu")) {
                byte next = buffer[at + 5];
                if (next == ':' && buffer[at] == 'I' || next == '_' || next == ' ' && at + 6 < end
                    && buffer[at + 6] == 'g') {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean holds(int start, int end, String mark) {
        int first = mark.charAt(0);
        for (int at = start; at + mark.length() <= end; at++) {
            if ((buffer[at] | 0x20) == first && matches(at, mark)) {
                return true;
            }
        }
        return false;
    }

    private boolean matches(int at, String mark) {
        for (int i = 1; i < mark.length(); i++) {
            if ((buffer[at + i] | 0x20) != mark.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Comments and the signs by which people say that they left lines out. */
    private boolean mayBeGap(int start, int end) {
        int at = start;
        while (at < end && (buffer[at] == ' ' || buffer[at] == '\t')) {
            at++;
        }
        if (at == end) {
            return false;
        }
        byte first = buffer[at];
        return first == '#' || end - at <= 8 && (first == '.' || first == '[' || first == '<' || first < 0);
    }

    /** Stray control bytes of a serial line, or NULs of a log that was cut off by a power loss, are few. */
    private void refuseBinary(int end) throws EventLogException {
        int controls = 0;
        int first = -1;
        int length = Math.min(end, PROBE_BYTES);
        for (int i = 0; i < length; i++) {
            byte b = buffer[i];
            boolean usual = b < 0 || b >= ' ' || b == '\t' || b == '\n' || b == '\r' || b == '\f' || b == '\b'
                || b == 0x1b;
            if (!usual) {
                controls++;
                first = first < 0 ? i : first;
            }
        }
        if (controls >= MIN_CONTROL_BYTES && controls * MAX_CONTROL_SHARE > length) {
            throw notText(lineOf(first), buffer[first] == 0 ? "NUL byte" : "control characters");
        }
    }

    private long lineOf(int index) {
        long number = lines + 1;
        for (int i = 0; i < index; i++) {
            number += buffer[i] == '\n' ? 1 : 0;
        }
        return number;
    }

    private EventLogException notText(long number, String what) {
        return new EventLogException(name + ":" + number + ": not a text file (" + what
            + "): expected a kernel log as text, plain or packed with gzip or zstd");
    }
}
