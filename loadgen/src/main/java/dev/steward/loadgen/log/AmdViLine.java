package dev.steward.loadgen.log;

import dev.steward.engine.event.EventId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Events of AMD-Vi as {@code drivers/iommu/amd/iommu.c} of Linux prints them, and page faults as
 * {@code drivers/passthrough/amd/iommu_init.c} of Xen does. Pure functions.
 */
final class AmdViLine {
    private static final String MARK = "AMD-Vi:";
    private static final Pattern DEVICE = Pattern.compile("(?:0x)?[0-9a-f:.x]+\\.[0-7]");
    private static final Pattern START = Pattern.compile("\\s*Event\\s*logged");
    /** Of an event that the kernel has no name for; its bracket is never closed. */
    private static final Pattern NAMELESS = Pattern.compile("\\s*\\[\\s*UNKNOWN ");
    /**
     * Second half of an event on two lines, without the first: a search for the fault's name leaves such, and Linux
     * 4.18 printed some events so.
     */
    private static final Pattern HALF = Pattern.compile(
        "(?<![\\[\\w])(?<name>[A-Z]+(?:_[A-Z]+)+) (?<fields>(?:device|address)=[^\\]]*)\\]");
    private static final Pattern XEN = Pattern.compile("\\s*(?<name>IO_PAGE_FAULT): (?<device>\\S+) d\\d+ "
        + "addr (?<address>[0-9a-fA-F]{16}) flags (?<flags>0x[0-9a-fA-F]{1,4}|0)(?![0-9a-zA-Z])");
    /** Of older ones: the device as bus, slot and function in one number. */
    private static final Pattern OLD_XEN = Pattern.compile("\\s*(?<name>IO_PAGE_FAULT): domain ?[=:] ?\\d+, "
        + "device id ?[=:] ?(?<device>0x[0-9a-fA-F]{1,4}), fault address ?[=:] ?(?<address>0x[0-9a-fA-F]{1,16})"
        + "(?:, flags ?[=:] ?(?<flags>0x[0-9a-fA-F]{1,4}|0))?(?![0-9a-zA-Z])");
    private static final Pattern EVENT = Pattern.compile(
        "\\s*\\[\\s*(?<name>[^\\s=\\]]+)\\s+(?<fields>(?:\\w+(?:\\[\\d\\])?\\s*=\\s*[\\w:.]+[\\s,]*)*+)\\]");
    private static final Pattern FIELD = Pattern.compile("(\\w+)\\s*=\\s*([\\w:.]+)");
    private static final Pattern NUMBER = Pattern.compile("(?:0x)?[0-9a-fA-F]{1,16}");
    /** Flags of an IO_PAGE_FAULT (AMD I/O Virtualization specification, section "IO_PAGE_FAULT Event"). */
    private static final int FLAG_NO_EXECUTE = 0x02;
    private static final int FLAG_INTERRUPT = 0x08;
    private static final int FLAG_PRESENT = 0x10;
    private static final int FLAG_WRITE = 0x20;

    private AmdViLine() {
    }

    /** Reads a message, null if it is of another kind. */
    static Finding read(String message) {
        int at = message.indexOf(MARK);
        if (at < 0) {
            Matcher half = HALF.matcher(message);
            return half.find() ? of(half.group("name"), null, half.group("fields")) : null;
        }
        Matcher start = START.matcher(message).region(at + MARK.length(), message.length());
        if (!start.lookingAt()) {
            Matcher half = HALF.matcher(message).region(at + MARK.length(), message.length());
            return half.find() ? of(half.group("name"), null, half.group("fields")) : xen(message, at + MARK.length());
        }
        if (NAMELESS.matcher(message).region(start.end(), message.length()).lookingAt()) {
            return of("UNKNOWN", null, "");
        }
        Matcher event = EVENT.matcher(message).region(start.end(), message.length());
        return event.lookingAt() ? of(event.group("name"), deviceBefore(message.substring(0, at).stripTrailing()),
            event.group("fields")) : Finding.broken(LogKind.AMD_VI, event);
    }

    private static Finding xen(String message, int from) {
        Matcher xen = XEN.matcher(message).region(from, message.length());
        if (xen.lookingAt()) {
            return of(xen.group("name"), xen.group("device"),
                "address=" + xen.group("address") + " flags=" + xen.group("flags"));
        }
        Matcher old = OLD_XEN.matcher(message).region(from, message.length());
        if (!old.lookingAt()) {
            return null;
        }
        int id = (int) Finding.hex(old.group("device"));
        return of(old.group("name"), String.format("0000:%02x:%02x.%d", id >> 8, id >> 3 & 0x1f, id & 7),
            "address=" + old.group("address") + (old.group("flags") == null ? "" : " flags=" + old.group("flags")));
    }

    private static Finding of(String name, String deviceBefore, String fields) {
        EventId id = idOf(name);
        String device = deviceBefore;
        Long address = null;
        long flags = 0;
        long pasid = 0;
        for (Matcher field = FIELD.matcher(fields); field.find();) {
            String value = field.group(2);
            if (field.group(1).equals("device")) {
                device = value;
                continue;
            }
            if (!NUMBER.matcher(value).matches()) {
                return Finding.broken(LogKind.AMD_VI, TextState.DAMAGED);
            }
            switch (field.group(1)) {
                case "address", "gpa" -> address = Finding.hex(value);
                case "flags" -> flags = Finding.hex(value);
                case "pasid" -> pasid = Finding.hex(value);
                default -> {
                    // not part of an SMMU's event
                }
            }
        }
        if (id == EventId.UNKNOWN) {
            return Finding.skipped(LogKind.AMD_VI, "event of the IOMMU itself, not of a device");
        }
        if (device == null || address == null) {
            return Finding.broken(LogKind.AMD_VI, TextState.DAMAGED);
        }
        boolean pageFault = id == EventId.F_TRANSLATION;
        if (pageFault && (flags & FLAG_INTERRUPT) != 0) {
            return Finding.skipped(LogKind.AMD_VI, "fault of an interrupt request, not of an address");
        }
        return Finding.fault(
            LogKind.AMD_VI, device, pageFault && (flags & FLAG_PRESENT) != 0 ? EventId.F_PERMISSION : id,
            (flags & FLAG_WRITE) == 0, pageFault && (flags & FLAG_NO_EXECUTE) != 0, pasid > 0 ? pasid : -1, address,
            Stamp.NONE);
    }

    /** {@code DRIVER DEVICE: } in front of the message. */
    private static String deviceBefore(String before) {
        String word = before.substring(before.lastIndexOf(' ') + 1);
        String name = word.endsWith(":") ? word.substring(0, word.length() - 1) : "";
        return DEVICE.matcher(name).matches() ? name : null;
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
