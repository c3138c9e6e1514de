package dev.steward.strategy;

import static dev.steward.engine.smmu.Attachment.NOT_ATTACHED;
import static dev.steward.engine.smmu.Attachment.UNKNOWN_STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.AttachmentGuard.Reader;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.engine.stream.StreamTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every guard owes its callers, one thread at a time. What happens between threads: the torture. */
class AttachmentGuardContractTest {
    private static final int STREAM = 0x42;
    private static final int NEIGHBOUR = 0x43;

    private final StreamTable table = Streams.table();
    private final RecordingSink sink = new RecordingSink(0);

    @AfterEach
    void closeTable() {
        table.close();
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotKnowStreamThatWasNeverCommitted(LockStrategy strategy) {
        try (AttachmentGuard guard = guard(strategy); Reader reader = guard.registerReader()) {
            for (int streamId : new int[] {STREAM, Streams.HIGHEST, Streams.WITHOUT_BLOCK}) {
                assertThat(reader.translate(streamId)).isEqualTo(UNKNOWN_STREAM);
                assertThat(reader.report(streamId, sink)).isEqualTo(ReportSink.UNKNOWN_STREAM);
            }
            assertThat(sink.attachments).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldKnowStreamButNotCallSinkWhenDetached(LockStrategy strategy) {
        try (AttachmentGuard guard = guard(strategy); Reader reader = guard.registerReader()) {
            guard.commit(STREAM, NOT_ATTACHED);
            assertDetached(reader);
            guard.commit(STREAM, Attachment.of(7, 9));
            guard.commit(STREAM, NOT_ATTACHED);
            assertDetached(reader);
            assertThat(sink.attachments).isEmpty();
        }
    }

    private AttachmentGuard guard(LockStrategy strategy) {
        return Streams.guard(strategy::create, table);
    }

    private void assertDetached(Reader reader) {
        assertThat(reader.translate(STREAM)).isEqualTo(NOT_ATTACHED);
        assertThat(reader.report(STREAM, sink)).isEqualTo(ReportSink.NOT_ATTACHED);
    }

    @ParameterizedTest
    @EnumSource
    void shouldForgetStreamWhenCommittedAsUnknown(LockStrategy strategy) {
        try (AttachmentGuard guard = guard(strategy); Reader reader = guard.registerReader()) {
            guard.commit(STREAM, Attachment.of(7, 9));
            guard.commit(STREAM, UNKNOWN_STREAM);
            assertThat(reader.translate(STREAM)).isEqualTo(UNKNOWN_STREAM);
            assertThat(reader.report(STREAM, sink)).isEqualTo(ReportSink.UNKNOWN_STREAM);
            assertThat(sink.attachments).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldReportToNewViommuOnlyWhenReplaced(LockStrategy strategy) {
        try (AttachmentGuard guard = guard(strategy); Reader reader = guard.registerReader()) {
            guard.commit(STREAM, Attachment.of(7, 9));
            guard.commit(STREAM, Attachment.of(8, 10));
            assertThat(reader.translate(STREAM)).isEqualTo(Attachment.of(8, 10));
            reader.report(STREAM, sink);
            assertThat(sink.attachments).containsExactly(Attachment.of(8, 10));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldCarryAllBitsOfStreamIdsAndViommuIds(LockStrategy strategy) {
        try (AttachmentGuard guard = guard(strategy); Reader reader = guard.registerReader()) {
            List<Long> expected = new ArrayList<>();
            for (int viommuId : new int[] {1, 2, Integer.MAX_VALUE}) {
                for (int streamId : Streams.corners()) {
                    for (int virtualStreamId : Streams.corners()) {
                        long attachment = Attachment.of(viommuId, virtualStreamId);
                        guard.commit(streamId, attachment);
                        assertThat(reader.translate(streamId)).isEqualTo(attachment);
                        assertThat(reader.report(streamId, sink)).isZero();
                        expected.add(attachment);
                    }
                }
            }
            assertThat(sink.attachments).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepAllOtherStreamsWhenOneChanges(LockStrategy strategy) {
        int streams = 256;
        try (AttachmentGuard guard = guard(strategy); Reader reader = guard.registerReader()) {
            for (int streamId = 0; streamId < streams; streamId++) {
                guard.commit(streamId, Attachment.of(streamId + 1, ~streamId));
            }
            for (int round = 0; round < 5; round++) {
                guard.commit(NEIGHBOUR, NOT_ATTACHED);
                guard.commit(STREAM, Attachment.of(1000 + round, round));
            }
            for (int streamId = 0; streamId < streams; streamId++) {
                long expected = streamId == NEIGHBOUR ? NOT_ATTACHED
                    : streamId == STREAM ? Attachment.of(1004, 4) : Attachment.of(streamId + 1, ~streamId);
                assertThat(reader.translate(streamId)).as("stream %d", streamId).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldCallSinkOnceAndReturnItsResult(LockStrategy strategy) {
        try (AttachmentGuard guard = guard(strategy); Reader reader = guard.registerReader()) {
            guard.commit(STREAM, Attachment.of(7, 9));
            for (int result : new int[] {0, 1, Integer.MAX_VALUE, -1, -95, ReportSink.UNKNOWN_STREAM + 1}) {
                RecordingSink answering = new RecordingSink(result);
                assertThat(reader.report(STREAM, answering)).isEqualTo(result);
                assertThat(answering.attachments).containsExactly(Attachment.of(7, 9));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldStayUsableWhenSinkThrows(LockStrategy strategy) throws Exception {
        try (AttachmentGuard guard = guard(strategy); Reader reader = guard.registerReader()) {
            guard.commit(STREAM, Attachment.of(7, 9));
            RuntimeException thrown = new IllegalStateException("from the sink");
            assertThatThrownBy(() -> reader.report(STREAM, (viommuId, virtualStreamId) -> {
                throw thrown;
            })).isSameAs(thrown);

            Threads.runElsewhere(() -> guard.commit(STREAM, Attachment.of(8, 10)));
            assertThat(reader.report(STREAM, sink)).isZero();
            assertThat(sink.attachments).containsExactly(Attachment.of(8, 10));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseCommitOutsideTableAndStayUsable(LockStrategy strategy) throws Exception {
        try (AttachmentGuard guard = guard(strategy); Reader reader = guard.registerReader()) {
            assertThatIllegalArgumentException()
                .isThrownBy(() -> guard.commit(Streams.WITHOUT_BLOCK, NOT_ATTACHED))
                .withMessageContaining("0x40000000");
            Threads.runElsewhere(() -> guard.commit(STREAM, Attachment.of(8, 10)));
            assertThat(reader.translate(STREAM)).isEqualTo(Attachment.of(8, 10));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotReturnFromCommitWhileReportForOldViommuRuns(LockStrategy strategy) throws Exception {
        assumeTrue(strategy.info().ranked(), "promises no quiescence");
        try (AttachmentGuard guard = guard(strategy); Reader reader = guard.registerReader()) {
            guard.commit(STREAM, Attachment.of(7, 9));
            AtomicBoolean inside = new AtomicBoolean();
            AtomicBoolean insideAfterCommit = new AtomicBoolean(true);
            Thread[] committer = new Thread[1];
            reader.report(STREAM, (viommuId, virtualStreamId) -> {
                inside.set(true);
                committer[0] = Threads.start(() -> {
                    guard.commit(STREAM, NOT_ATTACHED);
                    insideAfterCommit.set(inside.get());
                });
                assertThat(Threads.awaitWaitingOrEnd(committer[0])).as("the commit waits").isTrue();
                inside.set(false);
                return 0;
            });
            Threads.awaitEnd(committer[0]);
            assertThat(insideAfterCommit).isFalse();
            assertThat(reader.translate(STREAM)).isEqualTo(NOT_ATTACHED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldStillWaitWhenCommitterIsInterrupted(LockStrategy strategy) throws Exception {
        assumeTrue(strategy.info().ranked(), "promises no quiescence");
        try (AttachmentGuard guard = guard(strategy); Reader reader = guard.registerReader()) {
            guard.commit(STREAM, Attachment.of(7, 9));
            AtomicBoolean inside = new AtomicBoolean();
            AtomicBoolean insideAfterCommit = new AtomicBoolean(true);
            AtomicBoolean stillInterrupted = new AtomicBoolean();
            Thread[] committer = new Thread[1];
            reader.report(STREAM, (viommuId, virtualStreamId) -> {
                inside.set(true);
                committer[0] = Threads.start(() -> {
                    guard.commit(STREAM, NOT_ATTACHED);
                    insideAfterCommit.set(inside.get());
                    stillInterrupted.set(Thread.currentThread().isInterrupted());
                });
                Threads.awaitWaitingOrEnd(committer[0]);
                committer[0].interrupt();
                for (int i = 0; i < 100; i++) {
                    Thread.yield();
                }
                assertThat(committer[0].isAlive()).isTrue();
                inside.set(false);
                return 0;
            });
            Threads.awaitEnd(committer[0]);
            assertThat(insideAfterCommit).isFalse();
            assertThat(stillInterrupted).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldServeAsManyReadersAsAskedFor(LockStrategy strategy) throws Exception {
        try (AttachmentGuard guard = guard(strategy)) {
            guard.commit(STREAM, Attachment.of(7, 9));
            Reader first = guard.registerReader();
            for (int i = 1; i < Streams.READERS; i++) {
                Threads.runElsewhere(() -> {
                    try (Reader reader = guard.registerReader()) {
                        assertThat(reader.report(STREAM, (viommuId, virtualStreamId) -> viommuId)).isEqualTo(7);
                    }
                });
            }
            assertThat(first.translate(STREAM)).isEqualTo(Attachment.of(7, 9));
            first.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseReaderOverLimitAndTakeItWhenAnotherLeft(LockStrategy strategy) {
        try (AttachmentGuard guard = guard(strategy)) {
            List<Reader> readers = new ArrayList<>();
            for (int i = 0; i < Streams.READERS; i++) {
                readers.add(guard.registerReader());
            }
            assertThatIllegalStateException().isThrownBy(guard::registerReader).withMessageContaining("3");
            for (int i = 0; i < Streams.READERS; i++) {
                readers.get(i).close();
                Reader next = guard.registerReader();
                guard.commit(STREAM, Attachment.of(7 + i, 9));
                assertThat(next.translate(STREAM)).isEqualTo(Attachment.of(7 + i, 9));
                readers.set(i, next);
            }
            readers.forEach(Reader::close);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldCountNothingButGracePeriodsWhenUncontended(LockStrategy strategy) {
        try (AttachmentGuard guard = guard(strategy); Reader reader = guard.registerReader()) {
            for (int i = 1; i <= 10; i++) {
                guard.commit(STREAM, Attachment.of(i, i));
                reader.report(STREAM, sink);
            }
            GuardStatistics statistics = guard.statistics();
            long gracePeriods = strategy == LockStrategy.RCU_PAGE ? 10 : 0;
            long recordBytes = 64L * table.capacity();
            assertThat(statistics).isEqualTo(
                new GuardStatistics(0, 0, 0, gracePeriods, 0, statistics.footprintBytes()));
            assertThat(statistics.footprintBytes()).isBetween(recordBytes, recordBytes + 8192);
        }
    }
}
