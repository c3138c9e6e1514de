package dev.steward.loadgen.replay;

/**
 * Devices that enter and leave groups, as {@code drivers/iommu/iommu.c} prints them:
 * {@code DRIVER DEVICE: Adding to iommu group N}.
 */
final class GroupReader implements LineReader {
    private static final byte[] GROUP = TextLine.ascii("iommu group ");
    private static final byte[] ADDING = TextLine.ascii("Adding to");
    private static final byte[] REMOVING = TextLine.ascii("Removing from");
    private static final byte[] TO = TextLine.ascii("to");
    private static final byte[] FROM = TextLine.ascii("from");

    private final ByteCursor cursor = new ByteCursor();

    @Override
    public Reading read(TextLine line, Finding finding) {
        int at = line.find(GROUP, line.markedAt);
        if (at < 0) {
            return Reading.NOT_MINE;
        }
        finding.clear(LogKind.IOMMU_GROUP, at);
        int end = line.beforeBlanks(at);
        boolean adding = line.startsWith(ADDING, end - ADDING.length);
        boolean removing = line.startsWith(REMOVING, end - REMOVING.length);
        if (!adding && !removing) {
            boolean rest = line.startsWith(TO, end - TO.length) || line.startsWith(FROM, end - FROM.length);
            return rest && isNumber(line, at) && !isSentence(line, at) ? Reading.DAMAGED : Reading.NOT_MINE;
        }
        finding.action = adding ? TraceAction.ADD : TraceAction.REMOVE;
        int colon = line.beforeBlanks(end - (adding ? ADDING : REMOVING).length) - 1;
        int from = colon < line.start ? line.start : line.startOfWord(colon);
        if (colon <= from || line.bytes[colon] != ':' || !isNumber(line, at)) {
            return Reading.DAMAGED;
        }
        finding.deviceFrom = from;
        finding.deviceTo = colon;
        finding.messageStart = driverBefore(line, from);
        return finding.messageStart < 0 ? Reading.DAMAGED : Reading.USED;
    }

    /** Ends with the number, or a blank behind it. */
    private boolean isNumber(TextLine line, int groupAt) {
        cursor.on(line, groupAt + GROUP.length);
        cursor.takeDecimal(true);
        return cursor.isWhole() && cursor.atEnd();
    }

    /** Other messages speak of groups, too, with words before; what is left of a cut one has none. */
    private static boolean isSentence(TextLine line, int groupAt) {
        int words = 0;
        for (int at = line.beforeBlanks(groupAt); at > line.start; at = line.beforeBlanks(line.startOfWord(at))) {
            words++;
        }
        return words > 6;
    }

    /** Index of the driver's name before the device, -1 if there is none: then the line lost its beginning. */
    private static int driverBefore(TextLine line, int deviceFrom) {
        int end = line.beforeBlanks(deviceFrom);
        int at = end;
        boolean letter = false;
        while (at > line.start && isOfName(line.bytes[at - 1])) {
            at--;
            letter |= ByteCursor.isLetterOrDigit(line.bytes[at]) && !TextLine.isDigit(line.bytes[at]);
        }
        return letter && end < deviceFrom ? at : -1;
    }

    private static boolean isOfName(byte b) {
        return ByteCursor.isLetterOrDigit(b) || b == '_' || b == '-' || b == '.' || b == '+';
    }
}
