package dev.steward.strategy.torture;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.ReportSink;
import java.util.Objects;

/** Translates and reports by turns, in batches, and checks all it is given. */
final class TortureReader extends TortureHand {
    private static final int MAX_BATCH = 16;
    private static final int YIELD_ONE_IN = 32;
    private static final int MAX_SPINS = 64;

    private final int number;
    private final ReportSink sink = this::reportInside;
    private int streamId;
    private long retiredBefore;
    private int oldest;
    private int seen;
    private int delivered;
    private int answer;

    TortureReader(GuardTorture torture, int number) {
        super(torture, torture.settings.committers() + number);
        this.number = number;
    }

    @Override
    public void run() {
        try (AttachmentGuard.Reader reader = Objects.requireNonNull(
            torture.guard.registerReader(), "the guard has given no reader, but null")) {
            while (!torture.stopping) {
                for (int i = nextRandom(MAX_BATCH); i >= 0; i--) {
                    chooseStream();
                    long startNs = begin();
                    check(reader.translate(streamId));
                    countRead();
                    end(TortureStep.Operation.TRANSLATE, streamId, seen, startNs);
                    chooseStream();
                    startNs = begin();
                    delivered = 0;
                    answer = answer + 1 & Integer.MAX_VALUE;
                    checkReport(reader.report(streamId, sink));
                    end(TortureStep.Operation.REPORT, streamId, seen, startNs);
                }
                reader.quiesce();
            }
        }
    }

    private void chooseStream() {
        streamId = torture.streamId(nextRandom(torture.settings.hotStreams()));
        retiredBefore = torture.retired(streamId);
        oldest = torture.oldest(number, streamId);
        seen = TortureStep.NOT_ATTACHED;
    }

    /** What the guard answers is held against the calls of the sink, and those against the commits. */
    private void checkReport(int result) {
        if (delivered > 1) {
            countDoubled();
        } else if (delivered == 1) {
            lostIf(result != answer);
        } else {
            lostIf(result != ReportSink.NOT_ATTACHED && result != ReportSink.NO_VDEVICE);
            checkNotAttached();
        }
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
            checkNotAttached();
        }
    }

    private void checkNotAttached() {
        int detach = GuardTorture.nextDetach(oldest);
        if (detach > torture.newest(streamId)) {
            countLost();
        } else {
            torture.answered(number, streamId, detach);
        }
    }

    private void check(int viommuId, int virtualStreamId) {
        int commit = torture.commitOf(viommuId);
        seen = commit;
        if (virtualStreamId != GuardTorture.virtualStreamId(streamId, viommuId) || GuardTorture.detaches(commit)
            || commit > torture.newest(streamId)) {
            countTorn();
        } else if (viommuId <= retiredBefore || commit < oldest) {
            countStale();
        } else {
            torture.answered(number, streamId, commit);
        }
    }

    private int reportInside(int viommuId, int virtualStreamId) {
        torture.enterReport(number, streamId, viommuId);
        check(viommuId, virtualStreamId);
        lingerABit();
        if (torture.retired(streamId) >= viommuId) {
            countLate(1);
        }
        torture.leaveReport(number);
        reports++;
        delivered++;
        return answer;
    }

    /** Mostly short, sometimes long enough for another thread to get this core. */
    private void lingerABit() {
        if (nextRandom(YIELD_ONE_IN) == 0) {
            Thread.yield();
        } else {
            for (int i = nextRandom(MAX_SPINS); i > 0; i--) {
                Thread.onSpinWait();
            }
        }
    }
}
