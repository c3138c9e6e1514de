package dev.steward.loadgen.replay;

import dev.steward.engine.event.EventId;

/**
 * Faults of Intel VT-d as {@code drivers/iommu/intel/dmar.c} prints them, from Linux 2.6 on.
 */
final class DmarReader implements LineReader {
    private static final byte[] DMAR = TextLine.ascii("DMAR:");
    private static final byte[] OPEN = TextLine.ascii("[");
    private static final byte[] CLOSE = TextLine.ascii("]");
    private static final byte[] FAULT_REASON = TextLine.ascii("[fault reason");
    private static final byte[] INTERRUPT = TextLine.ascii("INTR-REMAP");
    private static final byte[] READ = TextLine.ascii("DMA Read");
    private static final byte[] WRITE = TextLine.ascii("DMA Write");
    private static final byte[] NO_PASID = TextLine.ascii("NO_PASID");
    private static final byte[] PASID = TextLine.ascii("PASID");
    private static final byte[] FAULT_ADDR = TextLine.ascii("fault addr");
    private static final byte[] PREFIX = TextLine.ascii("0x");
    private static final byte[] REQUEST = TextLine.ascii("Request");
    private static final byte[] DEVICE = TextLine.ascii("device");
    private static final long NO_PASID_VALUE = 0xffff_ffffL;
    private static final int MAX_REASON = 0xff;

    private final ByteCursor cursor = new ByteCursor();

    @Override
    public Reading read(TextLine line, Finding finding) {
        int at = line.find(DMAR, line.markedAt);
        if (at < 0) {
            return Reading.NOT_MINE;
        }
        cursor.on(line, at + DMAR.length);
        if (!cursor.takeIf(OPEN)) {
            boolean oldInterrupt = cursor.takeIf(INTERRUPT) && line.find(REQUEST, at) >= 0;
            return oldInterrupt ? interrupt(finding, at) : Reading.NOT_MINE;
        }
        if (cursor.takeIf(INTERRUPT)) {
            return interrupt(finding, at);
        }
        boolean read = cursor.takeIf(READ);
        if (!read && !cursor.takeIf(WRITE)) {
            boolean secondHalf = line.startsWith(FAULT_REASON, cursor.at() - 1);
            finding.clear(LogKind.INTEL_DMAR, at);
            return secondHalf ? Reading.DAMAGED : Reading.NOT_MINE;
        }
        finding.clear(LogKind.INTEL_DMAR, at);
        return fault(read, finding);
    }

    private static Reading interrupt(Finding finding, int at) {
        finding.clear(LogKind.INTEL_DMAR, at);
        finding.reason = "fault of interrupt remapping, not of an address";
        return Reading.SKIPPED;
    }

    private Reading fault(boolean read, Finding finding) {
        long pasid = -1;
        if (!cursor.takeIf(NO_PASID) && cursor.takeIf(PASID)) {
            pasid = cursor.takeHex(1, false);
        }
        cursor.take(CLOSE);
        cursor.take(REQUEST);
        cursor.take(DEVICE);
        cursor.take(OPEN);
        // Old kernels lost a bracket of their format: "[[00:1f.2]".
        cursor.takeIf(OPEN);
        finding.deviceFrom = cursor.takeWord("]");
        finding.deviceTo = cursor.at();
        cursor.take(CLOSE);
        if (cursor.takeIf(PASID)) {
            pasid = cursor.takeHex(1, false);
        }
        cursor.take(FAULT_ADDR);
        long address = cursor.takeHex(1, false);
        cursor.take(FAULT_REASON);
        long reason = cursor.takeIf(PREFIX) ? cursor.takeHex(1, false) : cursor.takeDecimal(false);
        cursor.take(CLOSE);
        if (cursor.isWhole() && reason > MAX_REASON) {
            cursor.damage();
        }
        if (cursor.isWhole()) {
            Faults.fill(finding, idOf((int) reason), read, false, pasid == NO_PASID_VALUE ? -1 : pasid, address);
        }
        return cursor.reading();
    }

    /** Up to Linux 4.x the reason stands on a line of its own. */
    @Override
    public int continuation(TextLine line) {
        int at = line.find(DMAR, line.markedAt);
        int from = at < 0 ? -1 : line.find(FAULT_REASON, at);
        return from >= 0 && line.beforeBlanks(from) == at + DMAR.length ? from : -1;
    }

    /** Fault reasons of the VT-d specification, section "Fault conditions", and the event that is nearest. */
    private static EventId idOf(int reason) {
        return switch (reason) {
            case 0x01, 0x08, 0x09 -> EventId.F_STE_FETCH;
            case 0x02, 0x03, 0x0a, 0x0b -> EventId.C_BAD_STE;
            case 0x04 -> EventId.F_ADDR_SIZE;
            case 0x07 -> EventId.F_WALK_EABT;
            case 0x0d -> EventId.F_BAD_ATS_TREQ;
            default -> reason >= 0x50 && reason <= 0x5f ? EventId.C_BAD_CD : EventId.F_TRANSLATION;
        };
    }
}
