package dev.steward.strategy.torture;

import dev.steward.engine.smmu.Attachment;

/** Attaches and detaches; owns every n-th hot stream, so that a stream has one committer. */
final class TortureCommitter extends TortureHand {
    private static final int YIELD_ONE_IN = 32;
    private static final int SYNCHRONIZE_ONE_IN = 16;

    private final int number;
    private final int[] commitsOf = new int[GuardTorture.STREAMS];

    TortureCommitter(GuardTorture torture, int number) {
        super(torture, number);
        this.number = number;
    }

    @Override
    public void run() {
        int committers = torture.settings.committers();
        int own = torture.settings.hotStreams() / committers;
        while (!torture.stopping) {
            int streamId = torture.streamId(nextRandom(own) * committers + number);
            long startNs = begin();
            commit(streamId);
            if (!torture.deferred) {
                retire(streamId);
                end(TortureStep.Operation.COMMIT, streamId, commitsOf[streamId], startNs);
            } else if (nextRandom(SYNCHRONIZE_ONE_IN) == 0) {
                end(TortureStep.Operation.COMMIT, streamId, commitsOf[streamId], startNs);
                startNs = begin();
                torture.guard.synchronize();
                countSynchronize();
                for (int i = 0; i < own; i++) {
                    retire(torture.streamId(i * committers + number));
                }
                end(TortureStep.Operation.SYNCHRONIZE, streamId, commitsOf[streamId], startNs);
            } else {
                end(TortureStep.Operation.COMMIT, streamId, commitsOf[streamId], startNs);
            }
            if (torture.settings.stepBack() && nextRandom(YIELD_ONE_IN) == 0) {
                Thread.yield();
            }
        }
    }

    private void commit(int streamId) {
        int commit = ++commitsOf[streamId];
        int viommuId = torture.viommuId(streamId, commit);
        long attachment = GuardTorture.detaches(commit)
            ? Attachment.NOT_ATTACHED : Attachment.of(viommuId, GuardTorture.virtualStreamId(streamId, viommuId));
        // Some designs deliver to a vDEVICE from the moment on that it is there.
        torture.commitBegins(streamId, commit);
        if (Attachment.isAttached(attachment)) {
            torture.guard.vdeviceSet(streamId, attachment);
        }
        long startNs = torture.settings.nanoClock().getAsLong();
        torture.guard.commit(streamId, attachment);
        commitTook(torture.settings.nanoClock().getAsLong() - startNs);
        torture.commitReturned(streamId, commit);
        commits++;
    }

    private void retire(int streamId) {
        int current = torture.viommuId(streamId, commitsOf[streamId]);
        torture.retire(streamId, current - 1L);
        countLate(torture.reportsBefore(streamId, current));
    }
}
