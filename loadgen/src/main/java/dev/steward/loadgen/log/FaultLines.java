package dev.steward.loadgen.log;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds faults and attach operations of all kinds but SMMUv3 events, each on one line, and mends lines that were
 * wrapped. What is damaged is counted and never guessed.
 *
 * <p>Threading: one thread.
 */
final class FaultLines {
    /** Why a line or an event that is broken is not played. */
    static final String DAMAGED = "damaged or cut short";

    private static final Pattern SUPPRESSED = Pattern.compile(
        "(?:(?<calls>\\d{1,18})| )\\s*(?:callbacks suppressed|messages suppressed\\.)$");
    /** Functions of IOMMU drivers that print at a limited rate; of others, such as the audit, many more do. */
    private static final Pattern LIMITED = Pattern.compile("iommu|dmar|AMD-Vi|printk: \\d+ messages");
    private static final Pattern OVERFLOW = Pattern.compile("(?:vent log overflow|Event log restarting)$");
    /** Up to Linux 4.x the reason of a DMAR fault has a line of its own. */
    private static final Pattern DMAR_REST = Pattern.compile(
        "(?:dmar:\\s*|\\[VT-D\\])?(?:DMAR:\\s*)++(?=\\[fault reason|reason )");
    private static final Pattern DMAR_HALF = Pattern.compile(
        "fault addr\\s*(?:0x)?[0-9a-fA-F]+$|DMAR:\\s*\\[fault reason \\w+\\]");
    /** Up to Linux 4.17 an AMD-Vi event has one, too. */
    private static final Pattern AMD_REST = Pattern.compile("(?<![\\[\\w])(?=[A-Z_]+ (?:device|address)=)");
    /** Most lines of others between the two. (own) */
    private static final int MAX_BETWEEN = 8;

    /** What ftrace and trace-cmd print where a buffer was full; some versions do not know the number. */
    private static final Pattern LOST = Pattern.compile(
        "\\[(?:LOST )?(?:(?<events>\\d{1,18}) )?EVENTS(?: DROPPED)?]$");
    /** The line that stands before faults and tells no more, and what somebody wrote over the log. */
    private static final Pattern COMPANION = Pattern.compile("handling fault status reg|^# |INTR-REMAP:");
    private static final String DMAR = "DMAR";
    /** Kind of lines that look like the subject and are not read. */
    private static final String OTHER = "other";

    private final LogRecords records;
    private WrappedText held;
    /** Lines of others since. */
    private int between;
    private LogKind heldKind;
    private Stamp heldStamp;

    FaultLines(LogRecords records) {
        this.records = records;
    }

    /** Line where the held text begins, the largest number if none is held. */
    long oldestOpenLine() {
        return held == null ? Long.MAX_VALUE : held.line();
    }

    /** Takes a line of which the reader of SMMU events said what it is. */
    void onLine(LogLine line, SmmuLines.Use smmu) {
        boolean marked = isMarked(line.text());
        if (held == null && !marked && smmu != SmmuLines.Use.UNREAD && !isNote(line.text())) {
            return;
        }
        List<LogLine> parts = marked ? line.parts() : List.of(line);
        if (parts.size() > 1 && parts.stream().allMatch(FaultLines::isWhole)) {
            parts.forEach(part -> onLine(part, smmu));
            return;
        }
        Finding alone = marked ? read(line.message(), line.isTerminated()) : null;
        if (held != null) {
            if (joins(line, alone)) {
                return;
            }
            if (alone != null || ++between > MAX_BETWEEN) {
                end();
            }
        }
        if (alone == null) {
            boolean names = marked && smmu != SmmuLines.Use.READ || smmu == SmmuLines.Use.UNREAD;
            if (!note(line.message()) && names && !COMPANION.matcher(line.message()).find()) {
                records.onSkipped(OTHER, "names an IOMMU, and is no fault and no attach that is known", line.number());
            }
        } else if (alone.state() == TextState.CUT && line.isTerminated() && !isTwo(line.message())) {
            held = WrappedText.of(line.message(), line.number());
            heldKind = alone.kind();
            heldStamp = line.stamp();
            between = 0;
        } else {
            settle(alone, line.number(), line.message(), line.stamp());
        }
    }

    /** Whether a part of a line is a whole line of the kernel, of whatever kind. */
    private static boolean isWhole(LogLine part) {
        Finding finding = read(part.message(), part.isTerminated());
        return finding == null || finding.state() == TextState.WHOLE
            || finding.kind() == LogKind.INTEL_DMAR && DMAR_HALF.matcher(part.message()).find();
    }

    private static boolean isMarked(String text) {
        if (isDmar(text) || text.contains("AMD-Vi:") || text.contains("IOMMU:")
            || text.contains("INTR-REMAP") || text.endsWith(": Adding to") || text.endsWith(": Removing from")
            || text.contains("_FAULT device=")) {
            return true;
        }
        for (int at = text.indexOf("iommu"); at >= 0; at = text.indexOf("iommu", at + 1)) {
            int end = at + "iommu".length();
            if (end == text.length() || text.charAt(end) == ':' || text.startsWith(" group", end)) {
                return true;
            }
        }
        return false;
    }

    /** FreeBSD, whose lines are not read, numbers its units. */
    private static boolean isDmar(String text) {
        int at = text.indexOf(DMAR);
        int end = at + DMAR.length();
        return at >= 0 && (text.contains(DMAR + ":") || end < text.length() && Character.isDigit(text.charAt(end)));
    }

    private static boolean isNote(String text) {
        return text.endsWith(" suppressed") || text.endsWith(" suppressed.")
            || text.endsWith(" EVENTS]") || text.endsWith("EVENTS DROPPED]");
    }

    /** The log has ended, or what is held does not go on. */
    void end() {
        if (held != null) {
            records.onSkipped(heldKind.label(), DAMAGED, held.line());
            held = null;
        }
    }

    private static Finding read(String text, boolean terminated) {
        String message = WrappedText.withoutBreak(text);
        Finding finding = DmarLine.read(message);
        finding = finding == null ? AmdViLine.read(message) : finding;
        finding = finding == null ? FtraceLine.read(message, terminated) : finding;
        return finding == null ? GroupLine.read(message) : finding;
    }

    private boolean joins(LogLine line, Finding alone) {
        String rest = line.message();
        Matcher secondHalf = (heldKind == LogKind.INTEL_DMAR ? DMAR_REST : AMD_REST).matcher(rest);
        boolean isOther = heldKind == LogKind.INTEL_DMAR && alone != null && alone.state() == TextState.WHOLE;
        if (!isOther && secondHalf.find()) {
            rest = rest.substring(secondHalf.end());
        } else if (alone != null || line.stamp().isKnown() || rest.isEmpty() || between > 0) {
            return false;
        }
        for (String candidate : held.with(rest)) {
            Finding finding = read(candidate, line.isTerminated());
            if (finding != null && finding.state() == TextState.CUT && line.isTerminated()) {
                held = held.grown(candidate);
                return held != null;
            }
            if (finding != null && finding.state() == TextState.WHOLE) {
                settle(finding, held.line(), candidate, heldStamp);
                held = null;
                return true;
            }
        }
        return false;
    }

    private void settle(Finding finding, long line, String message, Stamp stamp) {
        String reason = finding.state() == TextState.WHOLE ? finding.reason() : DAMAGED;
        if (reason == null && isTwo(message)) {
            reason = "two messages on one line";
        }
        if (reason != null) {
            records.onSkipped(finding.kind().label(), reason, line);
            return;
        }
        records.onRecord(new LogRecord(
            line, finding.kind(), finding.action(), finding.stamp().isKnown() ? finding.stamp() : stamp,
            finding.device(), finding.words()));
    }

    /** Whether another processor printed on the same line: a second printk time stamp stands in it. */
    private static boolean isTwo(String message) {
        Stamp.Place place = Stamp.find(message, 0, message.length());
        return place != null && place.stamp().isKnown();
    }

    /** Counts what tells of the log and not of a device, which is true; SMMUs are counted with their events. */
    private boolean note(String message) {
        Matcher lost = LOST.matcher(message);
        if (lost.find()) {
            String events = lost.group("events");
            records.onSuppressed(events == null ? 0 : Long.parseLong(events));
            records.onOverflows(events == null ? 1 : 0);
            return true;
        }
        Matcher suppressed = SUPPRESSED.matcher(message);
        if (suppressed.find()) {
            if (!message.contains("smmu") && LIMITED.matcher(message).find()) {
                String calls = suppressed.group("calls");
                records.onSuppressed(calls == null ? 0 : Long.parseLong(calls));
            }
            return true;
        }
        if (OVERFLOW.matcher(message).find()) {
            records.onOverflows(1);
            return true;
        }
        return false;
    }
}
