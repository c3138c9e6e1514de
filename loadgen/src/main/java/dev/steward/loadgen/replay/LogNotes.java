package dev.steward.loadgen.replay;

/**
 * Lines that tell of the log and not of a device: messages that were suppressed, event logs that overflowed.
 *
 * <p>Threading: one thread.
 */
final class LogNotes {
    private static final byte[] SUPPRESSED = TextLine.ascii(" callbacks suppressed");
    private static final byte[] SMMU = TextLine.ascii("smmu");
    private static final byte[] OVERFLOW = TextLine.ascii("vent log overflow");
    private static final int MAX_DIGITS = 18;

    private final LogTally tally;

    LogNotes(LogTally tally) {
        this.tally = tally;
    }

    /** Counts a line if it is one of these. */
    boolean takes(TextLine line) {
        int end = line.beforeBlanks(line.end);
        if (line.startsWith(SUPPRESSED, end - SUPPRESSED.length)) {
            // Those of an SMMU are counted with its events.
            if (line.find(SMMU, line.start) < 0) {
                tally.suppressed(numberBefore(line, end - SUPPRESSED.length));
            }
            return true;
        }
        if (line.startsWith(OVERFLOW, end - OVERFLOW.length)) {
            tally.overflows(1);
            return true;
        }
        return false;
    }

    private static long numberBefore(TextLine line, int end) {
        int start = end;
        while (start > line.start && TextLine.isDigit(line.bytes[start - 1]) && end - start < MAX_DIGITS) {
            start--;
        }
        long number = 0;
        for (int at = start; at < end; at++) {
            number = number * 10 + line.bytes[at] - '0';
        }
        return number;
    }
}
