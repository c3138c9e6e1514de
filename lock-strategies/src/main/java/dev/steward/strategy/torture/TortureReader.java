package dev.steward.strategy.torture;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.engine.smmu.StallSink;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** Translates and reports by turns, in batches, and checks all it is given. */
final class TortureReader extends TortureHand {
    private static final int MAX_BATCH = 16;
    private static final int STALL_ONE_IN = 16;
    private static final int UNKNOWN_ONE_IN = 64;
    private static final int FULL_ONE_IN = 8;
    private static final int LINGER_ONE_IN_FEW = 4;
    private static final int LINGER_ONE_IN_MANY = 64;
    private static final int YIELD_ONE_IN = 32;
    private static final int MAX_SPINS = 64;
    private static final int MAX_ERRNO = 133;

    private final int number;
    private final ReportSink sink = this::reportInside;
    private final StallSink stallSink = this::stallInside;
    /** By other threads than this, too. */
    private final AtomicLong strays = new AtomicLong();
    private Thread owner;
    private AttachmentGuard.Reader reader;
    private boolean inside;
    private int streamId;
    private int oldest;
    private int seen;
    private int delivered;
    private int events;
    private int answer;

    TortureReader(GuardTorture torture, int number) {
        super(torture, torture.settings.committers() + number);
        this.number = number;
    }

    @Override
    public void run() {
        open();
        try {
            repeat(this::batch);
        } finally {
            close();
        }
    }

    /** Registers the calling thread, which does the batches, too. */
    void open() {
        owner = Thread.currentThread();
        reader = Objects.requireNonNull(
            torture.guard.registerReader(), "the guard has given no reader, but null");
    }

    /** Some look-ups and reports; holds nothing of the guard when it returns. */
    void batch() {
        for (int i = nextRandom(MAX_BATCH); i >= 0; i--) {
            chooseStream();
            long startNs = begin();
            check(reader.translate(streamId));
            countRead();
            end(TortureStep.Operation.TRANSLATE, streamId, seen, startNs);
            chooseStream();
            startNs = begin();
            report();
            end(TortureStep.Operation.REPORT, streamId, seen, startNs);
            if (nextRandom(STALL_ONE_IN) == 0) {
                startNs = begin();
                reader.lookUp(streamId);
                stall();
                end(TortureStep.Operation.STALL, streamId, TortureStep.NOT_ATTACHED, startNs);
            }
        }
        if (nextRandom(UNKNOWN_ONE_IN) == 0) {
            reportUnknown();
        }
        reader.quiesce();
    }

    void close() {
        reader.close();
    }

    @Override
    long strays() {
        return strays.get();
    }

    private void chooseStream() {
        streamId = torture.streamId(nextRandom(torture.settings.hotStreams()));
        oldest = torture.oldest(number, streamId);
        seen = TortureStep.NOT_ATTACHED;
    }

    /** What the sink will answer: a queue is now and then full. */
    private void expect() {
        delivered = 0;
        events = events + 1 & Integer.MAX_VALUE;
        answer = nextRandom(FULL_ONE_IN) == 0 ? -1 - events % MAX_ERRNO : events;
        inside = true;
    }

    /** What the guard answers is held against the calls of the sink, and those against the commits. */
    private void report() {
        expect();
        int result = reader.report(streamId, sink);
        inside = false;
        boolean attached = attachedThroughout();
        if (attached) {
            countProvable();
        }
        if (delivered > 1) {
            countDoubled();
        } else if (delivered == 1) {
            lostIf(result != answer);
        } else {
            lostIf(result != ReportSink.NOT_ATTACHED && result != ReportSink.NO_VDEVICE);
            checkNotAttached(attached);
        }
    }

    /** Goes to the sink whatever the stream is attached to. */
    private void stall() {
        expect();
        int result = reader.reportStall(streamId, stallSink);
        inside = false;
        if (delivered > 1) {
            countDoubled();
        } else {
            lostIf(delivered == 0 || result != answer);
        }
    }

    private void reportUnknown() {
        streamId = GuardTorture.STREAMS + nextRandom(GuardTorture.STREAMS);
        long startNs = begin();
        if (reader.translate(streamId) != Attachment.UNKNOWN_STREAM
            || reader.report(streamId, sink) != ReportSink.UNKNOWN_STREAM) {
            countTorn();
        }
        end(TortureStep.Operation.REPORT, streamId, TortureStep.NOT_ATTACHED, startNs);
    }

    private void lostIf(boolean lost) {
        if (lost) {
            countLost();
        }
    }

    private void check(long attachment) {
        if (Attachment.isAttached(attachment)) {
            check(Attachment.viommuId(attachment), Attachment.virtualStreamId(attachment));
        } else if (attachment != Attachment.NOT_ATTACHED) {
            countTorn();
        } else {
            checkNotAttached(attachedThroughout());
        }
    }

    private void checkNotAttached(boolean attachedThroughout) {
        if (attachedThroughout) {
            countLost();
        } else {
            torture.answered(number, streamId, GuardTorture.nextDetach(oldest));
        }
    }

    /** Whether no commit detaches the stream that a read may answer with which ends now. */
    private boolean attachedThroughout() {
        return GuardTorture.nextDetach(oldest) > torture.newest(streamId);
    }

    /** Whether a commit made it. */
    private boolean check(int viommuId, int virtualStreamId) {
        int commit = GuardTorture.commitOf(streamId, virtualStreamId);
        seen = commit;
        boolean made = torture.made(streamId, viommuId, virtualStreamId);
        if (!made) {
            countTorn();
        } else if (commit < oldest) {
            countStale();
        } else {
            torture.answered(number, streamId, commit);
        }
        return made;
    }

    private int reportInside(int viommuId, int virtualStreamId) {
        if (isStray()) {
            return 0;
        }
        int commit = GuardTorture.commitOf(streamId, virtualStreamId);
        torture.enterReport(number, streamId, commit);
        boolean made = check(viommuId, virtualStreamId);
        lingerABit();
        if (made && torture.isReplaced(streamId, commit, (int) torture.retired(streamId) + 1)) {
            countLate(1);
        }
        torture.leaveReport(number);
        delivered();
        return answer;
    }

    private int stallInside() {
        if (isStray()) {
            return 0;
        }
        delivered();
        return answer;
    }

    private void delivered() {
        countReport();
        delivered++;
    }

    /** On another thread, or when no report is under way. */
    private boolean isStray() {
        boolean stray = Thread.currentThread() != owner || !inside;
        if (stray) {
            strays.incrementAndGet();
        }
        return stray;
    }

    /**
     * Mostly not at all, sometimes long enough for another thread to get this core. Seldom in many streams: on a busy
     * machine each yield costs as long as a thousand events.
     */
    private void lingerABit() {
        if (nextRandom(torture.manyStreams() ? LINGER_ONE_IN_MANY : LINGER_ONE_IN_FEW) > 0) {
            return;
        }
        if (nextRandom(YIELD_ONE_IN) == 0) {
            Thread.yield();
        } else {
            for (int i = nextRandom(MAX_SPINS); i > 0; i--) {
                Thread.onSpinWait();
            }
        }
    }
}
