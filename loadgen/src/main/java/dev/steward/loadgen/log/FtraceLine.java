package dev.steward.loadgen.log;

import dev.steward.engine.event.EventId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tracepoints of {@code include/trace/events/iommu.h} as ftrace, trace-cmd and perf script print them. Pure
 * functions.
 */
final class FtraceLine {
    private static final Pattern START = Pattern.compile("(?:(?<time>[\\d.]+):\\s+)?(?:iommu:)?"
        + "(?<!\\w)(?<event>map|unmap|io_page_fault|(?:attach|detach|add|remove)_device_\\w+):\\s*IOMMU:");
    private static final Pattern FAULT = Pattern.compile("(?:(?!\\siova=).)*?(?<device>\\S+)\\s+"
        + "iova=\\s*(?:0x)?(?<iova>[0-9a-fA-F]{16})\\s+flags=\\s*(?:0x)?(?<flags>[0-9a-fA-F]{4,16})(?![0-9a-zA-Z])");
    private static final Pattern CHURN = Pattern.compile("\\s*(?:groupID=\\s*\\d+\\s+)?device=\\s*(?<device>\\S+)");
    /** IOMMU_FAULT_WRITE of include/linux/iommu.h. */
    private static final int WRITE = 1;

    private FtraceLine() {
    }

    /** Reads a message, null if it is of another kind; the device ends some lines, and a file may end in it. */
    static Finding read(String message, boolean terminated) {
        Matcher start = message.contains("IOMMU:") ? START.matcher(message) : null;
        if (start == null || !start.find()) {
            return null;
        }
        LogAction action = switch (start.group("event")) {
            case "io_page_fault" -> LogAction.EVENT;
            case "attach_device_to_domain" -> LogAction.ATTACH;
            case "detach_device_from_domain" -> LogAction.DETACH;
            case "add_device_to_group" -> LogAction.ADD;
            case "remove_device_from_group" -> LogAction.REMOVE;
            default -> null;
        };
        if (action == null) {
            return start.group("event").endsWith("map")
                ? Finding.skipped(LogKind.FTRACE_IOMMU, "map and unmap: no attach and no fault") : null;
        }
        Stamp stamp = start.group("time") == null ? Stamp.NONE : Stamp.ofSeconds(start.group("time"));
        Matcher rest = (action == LogAction.EVENT ? FAULT : CHURN).matcher(message)
            .region(start.end(), message.length());
        if (!rest.lookingAt()) {
            return Finding.broken(LogKind.FTRACE_IOMMU, rest);
        }
        String device = rest.group("device");
        if (action != LogAction.EVENT) {
            return rest.end() == message.length() && !terminated
                ? Finding.broken(LogKind.FTRACE_IOMMU, TextState.CUT)
                : Finding.churn(LogKind.FTRACE_IOMMU, action, device, stamp);
        }
        return Finding.fault(
            LogKind.FTRACE_IOMMU, device, EventId.F_TRANSLATION, (Finding.hex(rest.group("flags")) & WRITE) == 0,
            false, -1, Finding.hex(rest.group("iova")), stamp);
    }
}
