package dev.steward.strategy.torture;

import dev.steward.engine.smmu.Attachment;
import java.util.Arrays;
import java.util.stream.Stream;

/** Attaches and detaches; owns every n-th hot stream, so that a stream has one committer. */
final class TortureCommitter extends TortureHand {
    private static final int YIELD_ONE_IN = 32;
    private static final int SYNCHRONIZE_ONE_IN = 16;
    private static final int AGAIN_ONE_IN = 16;

    private final int number;
    private final TortureReader events;
    private final int[] commitsOf = new int[GuardTorture.STREAMS];

    TortureCommitter(GuardTorture torture, int number) {
        super(torture, number);
        this.number = number;
        events = new TortureReader(torture, torture.settings.readers() + number);
        Arrays.fill(commitsOf, GuardTorture.FIRST_COMMIT);
    }

    @Override
    public void run() {
        events.open();
        try {
            repeat(this::step);
        } finally {
            events.close();
        }
    }

    /**
     * In few streams commits follow each other as fast as they can. In many, where most streams are settled and each
     * event has to reach the sink, some events follow each commit: how a machine shares its time does not matter then.
     */
    private void step() {
        int committers = torture.settings.committers();
        int own = torture.settings.hotStreams() / committers;
        int streamId = torture.streamId(nextRandom(own) * committers + number);
        long startNs = begin();
        commit(streamId);
        if (!torture.deferred) {
            retire(streamId);
        }
        end(TortureStep.Operation.COMMIT, streamId, commitsOf[streamId], startNs);
        if (torture.deferred && nextRandom(SYNCHRONIZE_ONE_IN) == 0) {
            startNs = begin();
            torture.guard.synchronize();
            countSynchronize();
            for (int i = 0; i < own; i++) {
                retire(torture.streamId(i * committers + number));
            }
            end(TortureStep.Operation.SYNCHRONIZE, streamId, commitsOf[streamId], startNs);
        }
        if (torture.manyStreams()) {
            events.batch();
        } else if (torture.settings.stepBack() && nextRandom(YIELD_ONE_IN) == 0) {
            Thread.yield();
        }
    }

    @Override
    TortureTally tally() {
        return super.tally().plus(events.tally());
    }

    @Override
    Stream<TortureStep> steps() {
        return Stream.concat(super.steps(), events.steps());
    }

    private void commit(int streamId) {
        int commit = ++commitsOf[streamId];
        // Some designs deliver to a vDEVICE from the moment on that it is there.
        torture.commitBegins(streamId, commit);
        if (GuardTorture.detaches(commit)) {
            commit(streamId, Attachment.NOT_ATTACHED);
        } else {
            if (GuardTorture.detaches(commit - 1)) {
                // A VMM makes a vDEVICE anew. Not sooner, since a guard may wait here for what its detach let through.
                torture.guard.vdeviceCleared(streamId);
            }
            long attachment = Attachment.of(
                torture.viommuId(streamId, commit), GuardTorture.virtualStreamId(streamId, commit));
            torture.guard.vdeviceSet(streamId, attachment);
            commit(streamId, attachment);
            if (nextRandom(AGAIN_ONE_IN) == 0) {
                commit(streamId, attachment);
            }
        }
        torture.commitReturned(streamId, commit);
    }

    private void commit(int streamId, long attachment) {
        long startNs = torture.settings.nanoClock().getAsLong();
        torture.guard.commit(streamId, attachment);
        commitTook(torture.settings.nanoClock().getAsLong() - startNs);
        countCommit();
    }

    private void retire(int streamId) {
        int current = commitsOf[streamId];
        torture.retire(streamId, current - 1L);
        countLate(torture.reportsBefore(streamId, current));
    }
}
