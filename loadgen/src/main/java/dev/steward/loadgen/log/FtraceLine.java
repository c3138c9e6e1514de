package dev.steward.loadgen.log;

import dev.steward.engine.event.EventId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tracepoints of {@code include/trace/events/iommu.h} as ftrace, trace-cmd and perf script print them. Pure
 * functions.
 */
final class FtraceLine {
    private static final String MARK = "IOMMU:";
    private static final String SYSTEM = "iommu:";
    private static final String IOVA = "iova=";
    private static final Pattern FAULT = Pattern.compile("iova=\\s*(?:0x)?(?<iova>[0-9a-fA-F]{16})\\s+"
        + "flags=\\s*(?:0x)?(?<flags>[0-9a-fA-F]{4,16})(?![0-9a-zA-Z])");
    private static final Pattern CHURN = Pattern.compile("\\s*(?:groupID=\\s*\\d+\\s+)?device=\\s*(?<device>[^\\s)]+)");
    /** {@code perf trace} prints the fields and not the text of the event, and leaves out those that are 0. */
    private static final Pattern PERF_TRACE = Pattern.compile("iommu:(?:io_page_fault|\\w+_device_\\w+|map|unmap)\\(");
    /** The latency format, and what a kernel dumps when it dies, count microseconds; a mark stands behind long ones. */
    private static final Pattern MICROS = Pattern.compile("(?<![\\w.])(\\d{1,15})us[ +!#*@$]?:$");
    /** IOMMU_FAULT_WRITE of include/linux/iommu.h. */
    private static final int WRITE = 1;

    private FtraceLine() {
    }

    /** Reads a message, null if it is of another kind; the device ends some lines, and a file may end in it. */
    static Finding read(String message, boolean terminated) {
        int at = message.indexOf(MARK);
        String before = at < 0 ? "" : message.substring(0, at).stripTrailing();
        int nameAt = before.lastIndexOf(' ') + 1;
        String name = before.substring(nameAt);
        LogAction action = switch (name.startsWith(SYSTEM) ? name.substring(SYSTEM.length()) : name) {
            case "io_page_fault:" -> LogAction.EVENT;
            case "attach_device_to_domain:" -> LogAction.ATTACH;
            case "detach_device_from_domain:" -> LogAction.DETACH;
            case "add_device_to_group:" -> LogAction.ADD;
            case "remove_device_from_group:" -> LogAction.REMOVE;
            default -> null;
        };
        if (action == null) {
            if (PERF_TRACE.matcher(message).find()) {
                return Finding.skipped(LogKind.FTRACE_IOMMU, "of perf trace, which leaves out flags: use perf script");
            }
            return before.endsWith("map:")
                ? Finding.skipped(LogKind.FTRACE_IOMMU, "map and unmap: no attach and no fault") : null;
        }
        // The word before the event's name is the time, with a colon behind.
        String time = before.substring(0, nameAt).stripTrailing();
        Matcher micros = MICROS.matcher(time);
        Stamp stamp = micros.find() ? Stamp.ofMicros(Stamp.Clock.BOOT, Long.parseLong(micros.group(1)))
            : time.endsWith(":") ? Stamp.ofSeconds(time.substring(time.lastIndexOf(' ') + 1, time.length() - 1))
            : Stamp.NONE;
        return action == LogAction.EVENT ? fault(message, at + MARK.length(), stamp)
            : churn(message, at + MARK.length(), action, stamp, terminated);
    }

    private static Finding fault(String message, int from, Stamp stamp) {
        int iovaAt = message.indexOf(IOVA, from);
        if (iovaAt < 0) {
            return Finding.broken(LogKind.FTRACE_IOMMU, TextState.CUT);
        }
        String before = message.substring(from, iovaAt).stripTrailing();
        String device = before.substring(before.lastIndexOf(' ') + 1);
        Matcher fault = FAULT.matcher(message).region(iovaAt, message.length());
        if (device.isEmpty() || !fault.lookingAt()) {
            return Finding.broken(LogKind.FTRACE_IOMMU, device.isEmpty()
                ? TextState.DAMAGED : TextState.of(false, fault));
        }
        return Finding.fault(
            LogKind.FTRACE_IOMMU, device, EventId.F_TRANSLATION, (Finding.hex(fault.group("flags")) & WRITE) == 0,
            false, -1, Finding.hex(fault.group("iova")), stamp);
    }

    private static Finding churn(String message, int from, LogAction action, Stamp stamp, boolean terminated) {
        Matcher churn = CHURN.matcher(message).region(from, message.length());
        if (!churn.lookingAt()) {
            return Finding.broken(LogKind.FTRACE_IOMMU, churn);
        }
        return churn.end() == message.length() && !terminated
            ? Finding.broken(LogKind.FTRACE_IOMMU, TextState.CUT)
            : Finding.churn(LogKind.FTRACE_IOMMU, action, churn.group("device"), stamp);
    }
}
