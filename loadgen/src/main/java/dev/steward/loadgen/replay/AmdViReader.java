package dev.steward.loadgen.replay;

import dev.steward.engine.event.EventId;

/**
 * Events of AMD-Vi as {@code drivers/iommu/amd/iommu.c} prints them.
 */
final class AmdViReader implements LineReader {
    private static final byte[] AMD_VI = TextLine.ascii("AMD-Vi:");
    private static final byte[] EVENT = TextLine.ascii("Event");
    private static final byte[] LOGGED = TextLine.ascii("logged");
    private static final byte[] OPEN = TextLine.ascii("[");
    private static final byte[] CLOSE = TextLine.ascii("]");
    private static final byte[] EQUALS = TextLine.ascii("=");
    private static final byte[] PAGE_FAULT = TextLine.ascii("IO_PAGE_FAULT");
    /** Flags of an IO_PAGE_FAULT (AMD I/O Virtualization specification, section "IO_PAGE_FAULT Event"). */
    private static final int FLAG_NO_EXECUTE = 0x02;
    private static final int FLAG_INTERRUPT = 0x08;
    private static final int FLAG_PRESENT = 0x10;
    private static final int FLAG_WRITE = 0x20;

    private final ByteCursor cursor = new ByteCursor();

    @Override
    public Reading read(TextLine line, Finding finding) {
        int at = line.find(AMD_VI, line.markedAt);
        if (at < 0) {
            return Reading.NOT_MINE;
        }
        cursor.on(line, at + AMD_VI.length);
        if (!cursor.takeIf(EVENT) || !cursor.takeIf(LOGGED)) {
            return Reading.NOT_MINE;
        }
        finding.clear(LogKind.AMD_VI, at);
        cursor.take(OPEN);
        int nameFrom = cursor.takeWord("=]");
        int nameTo = cursor.at();
        if (!cursor.isWhole()) {
            return cursor.reading();
        }
        EventId id = idOf(line.text(nameFrom, nameTo));
        deviceBefore(line, at, finding);
        long address = -1;
        long flags = 0;
        long pasid = -1;
        while (cursor.isWhole() && !cursor.takeIf(CLOSE)) {
            int keyFrom = cursor.takeWord("=]");
            int keyLength = cursor.at() - keyFrom;
            cursor.take(EQUALS);
            if (isKey(line, keyFrom, keyLength, "device")) {
                finding.deviceFrom = cursor.takeWord("]");
                finding.deviceTo = cursor.at();
            } else {
                long value = cursor.takeHex(1, false);
                address = isKey(line, keyFrom, keyLength, "address") ? value : address;
                flags = isKey(line, keyFrom, keyLength, "flags") ? value : flags;
                pasid = isKey(line, keyFrom, keyLength, "pasid") ? value : pasid;
            }
        }
        if (!cursor.isWhole()) {
            return cursor.reading();
        }
        return judge(line, id, line.startsWith(PAGE_FAULT, nameFrom), address, flags, pasid, finding);
    }

    private Reading judge(
        TextLine line, EventId id, boolean pageFault, long address, long flags, long pasid, Finding finding) {
        if (id == EventId.UNKNOWN) {
            finding.reason = "event of the IOMMU itself, not of a device";
            return Reading.SKIPPED;
        }
        if (finding.deviceTo == finding.deviceFrom || address == -1) {
            return Reading.DAMAGED;
        }
        if (pageFault && (flags & FLAG_INTERRUPT) != 0) {
            finding.reason = "fault of an interrupt request, not of an address";
            return Reading.SKIPPED;
        }
        EventId told = pageFault && (flags & FLAG_PRESENT) != 0 ? EventId.F_PERMISSION : id;
        Faults.fill(
            finding, told, (flags & FLAG_WRITE) == 0, pageFault && (flags & FLAG_NO_EXECUTE) != 0,
            pasid > 0 ? pasid : -1, address);
        return Reading.USED;
    }

    /** {@code DRIVER DEVICE: } in front of the message. */
    private static void deviceBefore(TextLine line, int at, Finding finding) {
        int end = line.beforeBlanks(at);
        if (end > line.start && line.bytes[end - 1] == ':') {
            int from = line.startOfWord(end);
            if (DeviceTable.isPciAddress(line, from, end - 1)) {
                finding.deviceFrom = from;
                finding.deviceTo = end - 1;
            }
        }
    }

    private static boolean isKey(TextLine line, int from, int length, String key) {
        if (length != key.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (line.bytes[from + i] != key.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static EventId idOf(String name) {
        return switch (name) {
            case "IO_PAGE_FAULT" -> EventId.F_TRANSLATION;
            case "RMP_PAGE_FAULT" -> EventId.F_PERMISSION;
            case "ILLEGAL_DEV_TABLE_ENTRY" -> EventId.C_BAD_STE;
            case "DEV_TAB_HARDWARE_ERROR" -> EventId.F_STE_FETCH;
            case "PAGE_TAB_HARDWARE_ERROR" -> EventId.F_WALK_EABT;
            case "INVALID_DEVICE_REQUEST" -> EventId.F_UUT;
            default -> EventId.UNKNOWN;
        };
    }
}
