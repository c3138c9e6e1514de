package dev.steward.loadgen.replay;

import dev.steward.engine.event.EventRecordLayout;
import dev.steward.loadgen.klog.EventLines;
import dev.steward.loadgen.klog.EventSource;
import dev.steward.loadgen.klog.FoundRecord;
import dev.steward.loadgen.klog.LogSummary;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * One pass over one log: sends each line to the reader that knows it, mends wrapped lines, and hands on what was found.
 *
 * <p>Threading: one thread.
 */
final class LogScan implements LineCutter.Listener {
    private static final String DAMAGED = "damaged or cut short";
    private static final byte[] PRINTK = TextLine.ascii("[ ");
    private static final byte ESCAPE = 0x1b;
    /** Lines of an open event are closer together than this. */
    private static final int REMEMBERED_LINES = 1 << 14;

    private final LogTally tally;
    private final DeviceTable devices;
    private final LogOrder order;
    private final EventLines smmuEvents;
    private final LogNotes logNotes;
    private final DmarReader dmar = new DmarReader();
    private final AmdViReader amd = new AmdViReader();
    private final FtraceReader ftrace = new FtraceReader();
    private final GroupReader group = new GroupReader();
    private final Stamp stamp = new Stamp();
    private final Finding finding = new Finding();
    private final WrappedLine wrapped = new WrappedLine();
    private final TextLine plain = new TextLine();
    private final byte[] plainBytes = new byte[LineCutter.MAX_LINE_BYTES];
    private final long[] wallLines = new long[REMEMBERED_LINES];
    private final long[] wallNs = new long[REMEMBERED_LINES];

    LogScan(String name, LogTally tally, DeviceTable devices, LogOrder order) {
        this.tally = tally;
        this.devices = devices;
        this.order = order;
        logNotes = new LogNotes(tally);
        smmuEvents = EventLines.ofRecords(name, this::onEvent);
    }

    /** The log has ended. */
    void end(long lines) throws IOException {
        giveUpWrapped();
        LogSummary summary = smmuEvents.end(lines);
        tally.suppressed(summary.suppressedMessages());
        tally.overflows(summary.overflows());
        order.writeBefore(Long.MAX_VALUE);
    }

    @Override
    public boolean wantsNextLine() {
        return wrapped.isHeld() || smmuEvents.wantsNextLine();
    }

    @Override
    public void onLine(TextLine line, int marks) {
        smmuEvents.onProgress(line.number);
        boolean joined = wrapped.isHeld() && joins(line);
        if (!joined) {
            giveUpWrapped();
        }
        if (marks == 0 || (marks & (LineCutter.SMMU | LineCutter.MESSAGE)) != 0 || smmuEvents.wantsNextLine()) {
            remember(line);
            if (!line.terminated || !smmuEvents.onRawLine(line.number, line.bytes, line.start, line.end)) {
                smmuEvents.onLine(line.number, line.text(line.start, line.end), line.terminated);
            }
        }
        if (!joined && (marks & (LineCutter.DMAR | LineCutter.AMD | LineCutter.IOMMU)) != 0) {
            TextLine text = (marks & LineCutter.COLOUR) != 0 ? withoutColours(line) : line;
            if (!logNotes.takes(text)) {
                take(text, marks);
            }
        }
        try {
            order.writeBefore(oldestOpenLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A log daemon's date, for an SMMU event whose lines have no printk time stamp. */
    private void remember(TextLine line) {
        int at = (int) (line.number % REMEMBERED_LINES);
        wallLines[at] = line.number;
        wallNs[at] = line.startsWith(PRINTK, line.start) ? Stamp.NONE : stamp.findWall(line, line.end);
    }

    private void take(TextLine line, int marks) {
        Reading reading = Reading.NOT_MINE;
        LineReader reader = dmar;
        if ((marks & LineCutter.DMAR) != 0) {
            reading = dmar.read(line, finding);
        }
        if (reading == Reading.NOT_MINE && (marks & LineCutter.AMD) != 0) {
            reader = amd;
            reading = amd.read(line, finding);
        }
        if (reading == Reading.NOT_MINE && (marks & LineCutter.IOMMU) != 0) {
            reader = ftrace;
            reading = ftrace.read(line, finding);
        }
        if (reading == Reading.NOT_MINE && (marks & LineCutter.IOMMU) != 0) {
            reader = group;
            reading = group.read(line, finding);
        }
        if (reading == Reading.CUT && line.terminated && !stamp.standsTwice(line) && wrapped.hold(line, reader)) {
            return;
        }
        settle(line, reading);
    }

    private boolean joins(TextLine line) {
        Reading reading = wrapped.join(withoutColours(line), finding);
        if (reading == Reading.CUT) {
            return true;
        }
        if (reading == Reading.DAMAGED || reading == Reading.NOT_MINE) {
            return false;
        }
        settle(wrapped.text(), reading);
        wrapped.drop();
        return true;
    }

    private void giveUpWrapped() {
        if (wrapped.isHeld()) {
            tally.skipped(wrapped.kind().label(), DAMAGED, wrapped.line());
            wrapped.drop();
        }
    }

    private void settle(TextLine line, Reading reading) {
        switch (reading) {
            case USED -> use(line);
            case CUT, DAMAGED -> tally.skipped(finding.kind.label(), DAMAGED, line.number);
            case SKIPPED -> tally.skipped(finding.kind.label(), finding.reason, line.number);
            default -> {
                // of no kind that can be replayed
                return;
            }
        }
    }

    private void use(TextLine line) {
        if (stamp.standsTwice(line)) {
            tally.skipped(finding.kind.label(), "two messages on one line", line.number);
            return;
        }
        int stream = devices.ofName(line, finding.deviceFrom, finding.deviceTo);
        long stampNs = finding.stampNs;
        Stamp.Clock clock = Stamp.Clock.BOOT;
        if (stampNs == Stamp.NONE) {
            stampNs = stamp.find(line, finding.messageStart);
            clock = stamp.clock();
        }
        add(line.number, finding.kind, finding.action, stream, clock, stampNs,
            finding.word0, finding.word1, finding.word2, 0);
    }

    private void onEvent(FoundRecord event) {
        LogKind kind = event.source() == EventSource.RAW ? LogKind.SMMUV3_RAW : LogKind.SMMUV3_NEW;
        long[] words = event.words();
        if (words == null) {
            tally.skipped(kind.label(), DAMAGED, event.line());
            return;
        }
        int stream = devices.ofStreamId(EventRecordLayout.streamId(words[0]));
        Stamp.Clock clock = Stamp.Clock.BOOT;
        long stampNs = Stamp.ofMicros(event.micros());
        if (stampNs == Stamp.NONE) {
            int at = (int) (event.line() % REMEMBERED_LINES);
            stampNs = wallLines[at] == event.line() ? wallNs[at] : Stamp.NONE;
            clock = stampNs == Stamp.NONE ? Stamp.Clock.NONE : Stamp.Clock.WALL;
        }
        words[0] = EventRecordLayout.withStreamId(words[0], 0);
        add(event.line(), kind, TraceAction.EVENT, stream, clock, stampNs, words);
    }

    private void add(
        long line, LogKind kind, TraceAction action, int stream, Stamp.Clock clock, long stampNs, long... words) {
        if (stream == DeviceTable.FULL) {
            tally.skipped(kind.label(), "of more than " + DeviceTable.MAX_DEVICES + " devices", line);
            return;
        }
        tally.used(kind, action);
        try {
            order.add(oldestOpenLine(), line, clock, stampNs, action, stream, words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long oldestOpenLine() {
        return Math.min(smmuEvents.oldestOpenLine(), wrapped.line());
    }

    /** Takes out terminal colours, which {@code dmesg} writes when asked to. */
    private TextLine withoutColours(TextLine line) {
        int length = 0;
        for (int at = line.start; at < line.end; at++) {
            if (line.bytes[at] != ESCAPE) {
                plainBytes[length++] = line.bytes[at];
            } else if (at + 1 < line.end && line.bytes[at + 1] == '[') {
                at += 2;
                while (at < line.end && (line.bytes[at] | 0x20) < 'a') {
                    at++;
                }
            }
        }
        plain.set(plainBytes, 0, length, line.number, line.terminated);
        return plain;
    }

    @Override
    public void onDamage(long line, String what) {
        tally.note(line, what);
    }

    @Override
    public void onOverlongLine(long line) {
        tally.skipped("log", "line of more than " + LineCutter.MAX_LINE_BYTES + " bytes", line);
    }
}
