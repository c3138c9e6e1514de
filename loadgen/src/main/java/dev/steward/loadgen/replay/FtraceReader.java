package dev.steward.loadgen.replay;

import dev.steward.engine.event.EventId;

/**
 * The tracepoints of {@code include/trace/events/iommu.h} as ftrace, trace-cmd and perf script print them.
 */
final class FtraceReader implements LineReader {
    private static final byte[] IOMMU = TextLine.ascii("IOMMU:");
    private static final byte[] SYSTEM = TextLine.ascii("iommu:");
    private static final byte[] DEVICE = TextLine.ascii("device=");
    private static final byte[] GROUP = TextLine.ascii("groupID=");
    private static final byte[] IOVA = TextLine.ascii("iova=");
    private static final byte[] FLAGS = TextLine.ascii("flags=");
    private static final byte[] FAULT = TextLine.ascii("io_page_fault:");
    private static final byte[] MAP = TextLine.ascii("map:");
    private static final byte[] UNMAP = TextLine.ascii("unmap:");
    private static final byte[] ATTACH = TextLine.ascii("attach_device_to_domain:");
    private static final byte[] DETACH = TextLine.ascii("detach_device_from_domain:");
    private static final byte[] ADD = TextLine.ascii("add_device_to_group:");
    private static final byte[] REMOVE = TextLine.ascii("remove_device_from_group:");
    private static final int IOVA_DIGITS = 16;
    private static final int FLAGS_DIGITS = 4;
    /** IOMMU_FAULT_WRITE of include/linux/iommu.h. */
    private static final int WRITE = 1;

    private final ByteCursor cursor = new ByteCursor();
    private final Stamp stamp = new Stamp();

    @Override
    public Reading read(TextLine line, Finding finding) {
        int at = line.find(IOMMU, line.markedAt);
        if (at < 0) {
            return Reading.NOT_MINE;
        }
        int nameEnd = line.beforeBlanks(at);
        int nameFrom = line.startOfWord(nameEnd);
        if (line.startsWith(SYSTEM, nameFrom)) {
            nameFrom += SYSTEM.length;
        }
        if (is(line, MAP, nameFrom, nameEnd) || is(line, UNMAP, nameFrom, nameEnd)) {
            finding.clear(LogKind.FTRACE_IOMMU, nameFrom);
            finding.reason = "map and unmap: no attach and no fault";
            return Reading.SKIPPED;
        }
        boolean fault = is(line, FAULT, nameFrom, nameEnd);
        TraceAction action = fault ? TraceAction.EVENT : actionOf(line, nameFrom, nameEnd);
        if (action == null) {
            return Reading.NOT_MINE;
        }
        finding.clear(LogKind.FTRACE_IOMMU, nameFrom);
        finding.action = action;
        findTime(line, nameFrom, finding);
        cursor.on(line, at + IOMMU.length);
        return fault ? fault(line, finding) : churn(line, finding);
    }

    private static TraceAction actionOf(TextLine line, int from, int to) {
        if (is(line, ATTACH, from, to)) {
            return TraceAction.ATTACH;
        }
        if (is(line, DETACH, from, to)) {
            return TraceAction.DETACH;
        }
        if (is(line, ADD, from, to)) {
            return TraceAction.ADD;
        }
        return is(line, REMOVE, from, to) ? TraceAction.REMOVE : null;
    }

    private static boolean is(TextLine line, byte[] name, int from, int to) {
        return to - from == name.length && line.startsWith(name, from);
    }

    /** The word before the event's name is the time, with a colon behind. */
    private void findTime(TextLine line, int nameFrom, Finding finding) {
        int end = line.beforeBlanks(line.startOfWord(nameFrom));
        if (end > line.start && line.bytes[end - 1] == ':') {
            long ns = stamp.seconds(line, line.startOfWord(end));
            finding.stampNs = stamp.end() == end - 1 ? ns : Stamp.NONE;
        }
    }

    private Reading fault(TextLine line, Finding finding) {
        int iovaAt = line.find(IOVA, cursor.at());
        if (iovaAt < 0) {
            return Reading.CUT;
        }
        finding.deviceTo = line.beforeBlanks(iovaAt);
        finding.deviceFrom = Math.max(cursor.at(), line.startOfWord(finding.deviceTo));
        if (finding.deviceTo <= finding.deviceFrom) {
            return Reading.DAMAGED;
        }
        cursor.on(line, iovaAt);
        cursor.take(IOVA);
        long iova = cursor.takeHex(IOVA_DIGITS, false);
        cursor.take(FLAGS);
        long flags = cursor.takeHex(FLAGS_DIGITS, true);
        if (cursor.isWhole()) {
            Faults.fill(finding, EventId.F_TRANSLATION, (flags & WRITE) == 0, false, -1, iova);
        }
        return cursor.reading();
    }

    private Reading churn(TextLine line, Finding finding) {
        if (cursor.takeIf(GROUP)) {
            cursor.takeDecimal(false);
        }
        cursor.take(DEVICE);
        if (!cursor.isWhole()) {
            return cursor.reading();
        }
        finding.deviceFrom = cursor.at();
        finding.deviceTo = finding.deviceFrom;
        while (finding.deviceTo < line.end && !TextLine.isBlank(line.bytes[finding.deviceTo])) {
            finding.deviceTo++;
        }
        if (finding.deviceTo == finding.deviceFrom) {
            return Reading.CUT;
        }
        // The device ends its line; where the file ends there, too, its last letters may be missing.
        return finding.deviceTo == line.end && !line.terminated ? Reading.CUT : Reading.USED;
    }
}
