package dev.steward.loadgen.log;

import dev.steward.engine.event.EventId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Faults of Intel VT-d as {@code drivers/iommu/intel/dmar.c} of Linux prints them, from 2.6 on, and
 * {@code drivers/passthrough/vtd/iommu.c} of Xen. Pure functions.
 */
final class DmarLine {
    private static final Pattern START = Pattern.compile("(?:DMAR:\\s*)*+(?<rest>\\[?\\s*(?:DMA (?:Read|Write)"
        + "|(?<interrupt>INTR-REMAP)|(?<half>(?:fault )?reason )))");
    private static final Pattern FAULT = Pattern.compile("\\[\\s*DMA (?<direction>Read|Write)"
        + "\\s*(?:NO_PASID|PASID\\s*(?<first>(?:0x)?[0-9a-fA-F]{1,8}))?\\s*\\]\\s*Request\\s*device\\s*"
        // Old kernels lost a bracket of their format: "[[00:1f.2]".
        + "\\[\\s*\\[?\\s*(?<device>[^\\s\\]]+)\\s*\\]\\s*(?:PASID\\s*(?<second>(?:0x)?[0-9a-fA-F]{1,8}))?\\s*"
        + "fault addr\\s*(?<address>(?:0x)?[0-9a-fA-F]{1,16})\\s*(?:,\\s*iommu\\s*reg\\s*=\\s*\\w+\\s*)?(?:DMAR:\\s*)?"
        // Whoever quotes the first of two lines closes the quote.
        + "(?:[^\\w\\s,\\[\\]](?:[^\\[]|\\[/)*|\\[/[^\\[]*)?"
        + "(?:\\[fault reason\\s*(?<reason>0x[0-9a-fA-F]{1,2}|\\d{1,3})\\s*\\]"
        + "|(?:\\[fault )?reason (?<xen>[0-9a-fA-F]{2})(?:h\\]| -))");
    private static final long NO_PASID = 0xffff_ffffL;
    private static final int MAX_REASON = 0xff;

    private DmarLine() {
    }

    /** Reads a message, null if it is of another kind. */
    static Finding read(String message) {
        int at = message.indexOf("DMAR:");
        at = at < 0 ? message.indexOf("INTR-REMAP") : at;
        Matcher start = at < 0 ? null : START.matcher(message).region(at, message.length());
        if (start == null || !start.lookingAt()) {
            return null;
        }
        if (start.group("interrupt") != null) {
            return start.group("rest").startsWith("[") || message.contains("Request")
                ? Finding.skipped(LogKind.INTEL_DMAR, "fault of interrupt remapping, not of an address") : null;
        }
        if (start.group("half") != null) {
            return Finding.broken(LogKind.INTEL_DMAR, TextState.DAMAGED);
        }
        Matcher fault = FAULT.matcher(message).region(start.start("rest"), message.length());
        if (!fault.lookingAt()) {
            return Finding.broken(LogKind.INTEL_DMAR, fault);
        }
        String text = fault.group("reason") == null ? "0x" + fault.group("xen") : fault.group("reason");
        int reason = text.startsWith("0x") ? (int) Finding.hex(text) : Integer.parseInt(text);
        if (reason > MAX_REASON) {
            return Finding.broken(LogKind.INTEL_DMAR, TextState.DAMAGED);
        }
        String pasidText = fault.group("second") == null ? fault.group("first") : fault.group("second");
        long pasid = pasidText == null ? NO_PASID : Finding.hex(pasidText);
        return Finding.fault(
            LogKind.INTEL_DMAR, fault.group("device"), idOf(reason), fault.group("direction").equals("Read"), false,
            pasid == NO_PASID ? -1 : pasid, Finding.hex(fault.group("address")), Stamp.NONE);
    }

    /**
     * Fault reasons of the VT-d specification, section "Fault conditions", and the event that is nearest; from 0x38 on
     * those of scalable mode: root entry, context entry (0x40 on), PASID directory and table (0x50 on).
     */
    private static EventId idOf(int reason) {
        return switch (reason) {
            case 0x01, 0x08, 0x09, 0x38, 0x39, 0x40 -> EventId.F_STE_FETCH;
            case 0x02, 0x03, 0x0a, 0x0b, 0x3a, 0x41, 0x42, 0x43, 0x47, 0x48 -> EventId.C_BAD_STE;
            case 0x04 -> EventId.F_ADDR_SIZE;
            case 0x07 -> EventId.F_WALK_EABT;
            case 0x0d, 0x44 -> EventId.F_BAD_ATS_TREQ;
            case 0x45, 0x46 -> EventId.C_BAD_SUBSTREAMID;
            default -> reason >= 0x50 && reason <= 0x5f ? EventId.C_BAD_CD : EventId.F_TRANSLATION;
        };
    }
}
