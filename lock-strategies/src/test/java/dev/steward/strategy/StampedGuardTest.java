package dev.steward.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.AttachmentGuard.Reader;
import dev.steward.engine.smmu.GracePeriodListener;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.stream.StreamIndex;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StampedGuardTest {
    private static final int STREAM = 5;
    private static final int OTHER = 6;
    private static final int TRIES = 4;

    private final CommittingIndex index = new CommittingIndex();
    private final GuardContext context = new GuardContext(index, 2, GracePeriodListener.NONE);
    private final StampedGuard guard = new StampedGuard(context);
    private final Reader reader = guard.registerReader();
    private final RecordingSink sink = new RecordingSink(0);

    @AfterEach
    void close() {
        reader.close();
        guard.close();
    }

    @Test
    void shouldRepeatReportUntilNoCommitCameBetween() {
        guard.commit(STREAM, Attachment.of(1, 1));
        index.disturbances = TRIES - 1;
        assertThat(reader.report(STREAM, sink)).isZero();
        assertThat(sink.attachments).containsExactly(Attachment.of(100 + TRIES - 1, 0));
        assertThat(guard.statistics()).returns((long) TRIES - 1, GuardStatistics::retries)
            .returns(0L, GuardStatistics::fallbacks);
        assertThat(context.contention().retriedReads()).as("one read, repeated three times")
            .containsExactly(0, 1, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void shouldTakeReadLockWhenOptimisticReportFailedTooOften() throws Exception {
        guard.commit(STREAM, Attachment.of(1, 1));
        index.disturbances = TRIES;
        assertThat(reader.report(STREAM, sink)).isZero();
        assertThat(sink.attachments).as("once, in spite of four tries").containsExactly(Attachment.of(104, 0));
        assertThat(guard.statistics()).returns((long) TRIES, GuardStatistics::retries)
            .returns(1L, GuardStatistics::fallbacks)
            .returns(0L, GuardStatistics::readerWaits);
        Threads.runElsewhere(() -> guard.commit(STREAM, Attachment.NOT_ATTACHED));
    }

    @Test
    void shouldTakeReadLockWhenOptimisticTranslateFailedTooOften() throws Exception {
        guard.commit(STREAM, Attachment.of(1, 1));
        index.disturbances = TRIES;
        assertThat(reader.translate(STREAM)).isEqualTo(Attachment.of(104, 0));
        assertThat(guard.statistics()).returns((long) TRIES, GuardStatistics::retries)
            .returns(1L, GuardStatistics::fallbacks);
        Threads.runElsewhere(() -> guard.commit(STREAM, Attachment.NOT_ATTACHED));
    }

    @Test
    void shouldNotTrustDetachedStateThatFailedValidation() {
        guard.commit(STREAM, Attachment.NOT_ATTACHED);
        index.disturbances = 1;
        assertThat(reader.report(STREAM, sink)).isZero();
        assertThat(sink.attachments).containsExactly(Attachment.of(101, 0));
    }

    @Test
    void shouldHoldReadLockOverReportWhenFallenBack() throws InterruptedException {
        guard.commit(STREAM, Attachment.of(1, 1));
        index.disturbances = TRIES;
        Thread[] committer = new Thread[1];
        reader.report(STREAM, (viommuId, virtualStreamId) -> {
            committer[0] = Threads.start(() -> guard.commit(OTHER, Attachment.of(2, 2)));
            assertThat(Threads.awaitWaitingOrEnd(committer[0])).isTrue();
            return 0;
        });
        Threads.awaitEnd(committer[0]);
    }

    @Test
    void shouldNotWaitForReportOnOtherStream() {
        guard.commit(STREAM, Attachment.of(1, 1));
        guard.commit(OTHER, Attachment.of(2, 2));
        int result = reader.report(STREAM, (viommuId, virtualStreamId) -> {
            try {
                Threads.runElsewhere(() -> guard.commit(OTHER, Attachment.of(3, 3)));
                return 1;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        assertThat(result).isOne();
        assertThat(guard.statistics().readerWaits()).isZero();
    }

    @Test
    void shouldCountCommitThatWaitedForReport() throws InterruptedException {
        guard.commit(STREAM, Attachment.of(1, 1));
        Thread[] committer = new Thread[1];
        reader.report(STREAM, (viommuId, virtualStreamId) -> {
            committer[0] = Threads.start(() -> guard.commit(STREAM, Attachment.of(2, 2)));
            assertThat(Threads.awaitWaitingOrEnd(committer[0])).isTrue();
            return 0;
        });
        Threads.awaitEnd(committer[0]);
        assertThat(guard.statistics().readerWaits()).isOne();
    }

    /** Lets commits of the same stream come between the stamp and the validation of an optimistic read. */
    private final class CommittingIndex implements StreamIndex {
        private int disturbances;
        private int done;
        private boolean inside;

        @Override
        public int indexOf(int streamId) {
            if (!inside && done < disturbances) {
                inside = true;
                done++;
                guard.commit(streamId, Attachment.of(100 + done, 0));
                inside = false;
            }
            return streamId;
        }

        @Override
        public int capacity() {
            return 8;
        }
    }
}
