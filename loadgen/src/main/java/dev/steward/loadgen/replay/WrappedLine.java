package dev.steward.loadgen.replay;

/**
 * A line that ends too early, held until the next shows whether it goes on there: mailers, terminals and old kernels
 * wrap.
 *
 * <p>Threading: one thread.
 */
final class WrappedLine {
    private static final int MAX_BYTES = 1024;
    private static final int MAX_LINES = 4;
    private static final int STAMP_WITHIN = 24;

    private final byte[] head = new byte[MAX_BYTES];
    private final byte[] candidateBytes = new byte[MAX_BYTES];
    private final TextLine candidate = new TextLine();
    private final Stamp stamp = new Stamp();
    private LineReader reader;
    private LogKind kind;
    private int length;
    private int lines;
    private long number;

    boolean isHeld() {
        return reader != null;
    }

    /** Line where the held text begins, the largest number if none is held. */
    long line() {
        return isHeld() ? number : Long.MAX_VALUE;
    }

    LogKind kind() {
        return kind;
    }

    /** Holds a line, unless it is longer than any that the kernel prints. */
    boolean hold(TextLine line, LineReader ofKind) {
        int end = line.beforeBlanks(line.end);
        if (end - line.start > MAX_BYTES) {
            return false;
        }
        length = end - line.start;
        System.arraycopy(line.bytes, line.start, head, 0, length);
        reader = ofKind;
        number = line.number;
        lines = 1;
        // Only a reader that knew the line has called it cut: it says what it is again with the next.
        Finding again = new Finding();
        candidate.set(head, 0, length, number, true);
        reader.read(candidate, again);
        kind = again.kind;
        return true;
    }

    void drop() {
        reader = null;
    }

    /** The text that was joined last. */
    TextLine text() {
        return candidate;
    }

    /** Reads the held text and a line as one: with a blank between them, or if that is nothing without. */
    Reading join(TextLine line, Finding finding) {
        int from = reader.continuation(line);
        if (from < 0) {
            from = afterQuotes(line);
            if (from == line.end || stamp.find(line, Math.min(line.end, line.start + STAMP_WITHIN)) != Stamp.NONE) {
                return Reading.NOT_MINE;
            }
        }
        boolean soft = head[length - 1] == '=' && line.number > 0 && endsInSoftBreak();
        Reading reading = soft ? Reading.DAMAGED : join(line, from, true, finding);
        if (reading == Reading.DAMAGED) {
            reading = join(line, from, false, finding);
        }
        if (reading == Reading.CUT) {
            lines++;
            if (lines > MAX_LINES || !line.terminated) {
                return Reading.DAMAGED;
            }
            length = candidate.end;
            System.arraycopy(candidateBytes, 0, head, 0, length);
        }
        return reading;
    }

    /** The soft line break of a quoted-printable mail (RFC 2045): not the equals sign of a key. */
    private boolean endsInSoftBreak() {
        return length > 1 && (head[length - 2] == ' ' || TextLine.isDigit(head[length - 2]));
    }

    private Reading join(TextLine line, int from, boolean blank, Finding finding) {
        boolean soft = !blank && head[length - 1] == '=' && endsInSoftBreak();
        int at = soft ? length - 1 : length;
        int end = line.beforeBlanks(line.end);
        if (at + 1 + end - from > MAX_BYTES) {
            return Reading.DAMAGED;
        }
        System.arraycopy(head, 0, candidateBytes, 0, at);
        if (blank) {
            candidateBytes[at++] = ' ';
        }
        System.arraycopy(line.bytes, from, candidateBytes, at, end - from);
        candidate.set(candidateBytes, 0, at + end - from, number, line.terminated);
        return reader.read(candidate, finding);
    }

    private static int afterQuotes(TextLine line) {
        int at = line.start;
        while (at < line.end && (line.bytes[at] == '>' || line.bytes[at] == '|' || TextLine.isBlank(line.bytes[at]))) {
            at++;
        }
        return at;
    }
}
