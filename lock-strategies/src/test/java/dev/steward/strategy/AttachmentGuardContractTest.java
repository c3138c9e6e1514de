package dev.steward.strategy;

import static dev.steward.engine.smmu.Attachment.NOT_ATTACHED;
import static dev.steward.engine.smmu.Attachment.UNKNOWN_STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.AttachmentGuard.Reader;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.engine.smmu.StallSink;
import dev.steward.engine.stream.StreamTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
    @MethodSource("dev.steward.catalog.AllVariants#all")
    void shouldNotKnowStreamThatWasNeverCommitted(Strategy strategy) {
        try (AttachmentGuard guard = guard(strategy); Reader reader = guard.registerReader()) {
            for (int streamId : new int[] {STREAM, Streams.HIGHEST, Streams.WITHOUT_BLOCK}) {
                assertThat(reader.translate(streamId)).isEqualTo(UNKNOWN_STREAM);
                assertThat(reader.report(streamId, sink)).isEqualTo(ReportSink.UNKNOWN_STREAM);
            }
            assertThat(sink.attachments).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.steward.catalog.AllVariants#all")
    void shouldKnowStreamButNotCallSinkWhenDetached(Strategy strategy) {
        try (AttachmentGuard guard = guard(strategy); Reader reader = guard.registerReader()) {
            commit(guard, reader, STREAM, NOT_ATTACHED);
            assertDetached(reader);
            commit(guard, reader, STREAM, Attachment.of(7, 9));
            commit(guard, reader, STREAM, NOT_ATTACHED);
            assertDetached(reader);
            assertThat(sink.attachments).isEmpty();
        }
    }

    /** A reader may hold up commits until its batch ends, also those of its own thread. */
    private static void commit(AttachmentGuard guard, Reader reader, int streamId, long attachment) {
        reader.quiesce();
        attach(guard, streamId, attachment);
    }

    /** As a VMM does it: the vDEVICE first. */
    private static void attach(AttachmentGuard guard, int streamId, long attachment) {
        if (Attachment.isAttached(attachment)) {
            guard.vdeviceSet(streamId, attachment);
        }
        guard.commit(streamId, attachment);
    }

    private AttachmentGuard guard(Strategy strategy) {
        return Streams.guard(strategy::create, table);
    }

    private void assertDetached(Reader reader) {
        assertThat(reader.translate(STREAM)).isEqualTo(NOT_ATTACHED);
        assertThat(reader.report(STREAM, sink)).isEqualTo(ReportSink.NOT_ATTACHED);
    }

    @ParameterizedTest
    @MethodSource("dev.steward.catalog.AllVariants#all")
    void shouldForgetStreamWhenCommittedAsUnknown(Strategy strategy) {
        try (AttachmentGuard guard = guard(strategy); Reader reader = guard.registerReader()) {
            commit(guard, reader, STREAM, Attachment.of(7, 9));
            commit(guard, reader, STREAM, UNKNOWN_STREAM);
            assertThat(reader.translate(STREAM)).isEqualTo(UNKNOWN_STREAM);
            assertThat(reader.report(STREAM, sink)).isEqualTo(ReportSink.UNKNOWN_STREAM);
            assertThat(sink.attachments).isEmpty();
        }
    }

    /** No vmaster is asked: W3 and W4 are no windows of a stalled fault, W7 is. */
    @ParameterizedTest
    @MethodSource("dev.steward.catalog.AllVariants#all")
    void shouldReportStallOnceWhereverKnownStreamIsAttached(Strategy strategy) {
        int[] reported = new int[1];
        StallSink stalls = () -> 40 + ++reported[0];
        try (AttachmentGuard guard = guard(strategy); Reader reader = guard.registerReader()) {
            for (int streamId : new int[] {STREAM, Streams.HIGHEST, Streams.WITHOUT_BLOCK}) {
                assertThat(reader.reportStall(streamId, stalls)).isEqualTo(ReportSink.UNKNOWN_STREAM);
            }
            commit(guard, reader, STREAM, NOT_ATTACHED);
            assertThat(reader.reportStall(STREAM, stalls)).isEqualTo(41);
            commit(guard, reader, STREAM, Attachment.of(7, 9));
            assertThat(reader.reportStall(STREAM, stalls)).isEqualTo(42);
            commit(guard, reader, STREAM, UNKNOWN_STREAM);
            assertThat(reader.reportStall(STREAM, stalls)).isEqualTo(ReportSink.UNKNOWN_STREAM);
            assertThat(reported[0]).isEqualTo(2);
            commit(guard, reader, STREAM, Attachment.of(7, 9));
            assertThat(reader.reportStall(STREAM, () -> -5)).isEqualTo(-5);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.steward.catalog.AllVariants#all")
    void shouldReportToNewViommuOnlyWhenReplaced(Strategy strategy) {
        try (AttachmentGuard guard = guard(strategy); Reader reader = guard.registerReader()) {
            commit(guard, reader, STREAM, Attachment.of(7, 9));
            commit(guard, reader, STREAM, Attachment.of(8, 10));
            assertThat(reader.translate(STREAM)).isEqualTo(Attachment.of(8, 10));
            reader.report(STREAM, sink);
            assertThat(sink.attachments).containsExactly(Attachment.of(8, 10));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.steward.catalog.AllVariants#all")
    void shouldCarryAllBitsOfStreamIdsAndViommuIds(Strategy strategy) {
        try (AttachmentGuard guard = guard(strategy); Reader reader = guard.registerReader()) {
            List<Long> expected = new ArrayList<>();
            for (int viommuId : new int[] {1, 2, Integer.MAX_VALUE}) {
                for (int streamId : Streams.corners()) {
                    for (int virtualStreamId : Streams.corners()) {
                        long attachment = Attachment.of(viommuId, virtualStreamId);
                        commit(guard, reader, streamId, attachment);
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
    @MethodSource("dev.steward.catalog.AllVariants#all")
    void shouldKeepAllOtherStreamsWhenOneChanges(Strategy strategy) {
        int streams = 256;
        try (AttachmentGuard guard = guard(strategy); Reader reader = guard.registerReader()) {
            for (int streamId = 0; streamId < streams; streamId++) {
                commit(guard, reader, streamId, Attachment.of(streamId + 1, ~streamId));
            }
            for (int round = 0; round < 5; round++) {
                commit(guard, reader, NEIGHBOUR, NOT_ATTACHED);
                commit(guard, reader, STREAM, Attachment.of(1000 + round, round));
            }
            for (int streamId = 0; streamId < streams; streamId++) {
                long expected = streamId == NEIGHBOUR ? NOT_ATTACHED
                    : streamId == STREAM ? Attachment.of(1004, 4) : Attachment.of(streamId + 1, ~streamId);
                assertThat(reader.translate(streamId)).as("stream %d", streamId).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.steward.catalog.AllVariants#all")
    void shouldCallSinkOnceAndReturnItsResult(Strategy strategy) {
        try (AttachmentGuard guard = guard(strategy); Reader reader = guard.registerReader()) {
            commit(guard, reader, STREAM, Attachment.of(7, 9));
            for (int result : new int[] {0, 1, Integer.MAX_VALUE, -1, -95, ReportSink.NO_VDEVICE + 1}) {
                RecordingSink answering = new RecordingSink(result);
                assertThat(reader.report(STREAM, answering)).isEqualTo(result);
                assertThat(answering.attachments).containsExactly(Attachment.of(7, 9));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.steward.catalog.AllVariants#all")
    void shouldStayUsableWhenSinkThrows(Strategy strategy) throws Exception {
        try (AttachmentGuard guard = guard(strategy); Reader reader = guard.registerReader()) {
            commit(guard, reader, STREAM, Attachment.of(7, 9));
            RuntimeException thrown = new IllegalStateException("from the sink");
            assertThatThrownBy(() -> reader.report(STREAM, (viommuId, virtualStreamId) -> {
                throw thrown;
            })).isSameAs(thrown);

            reader.quiesce();
            Threads.runElsewhere(() -> attach(guard, STREAM, Attachment.of(8, 10)));
            assertThat(reader.report(STREAM, sink)).isZero();
            assertThat(sink.attachments).containsExactly(Attachment.of(8, 10));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.steward.catalog.AllVariants#all")
    void shouldRefuseCommitOutsideTableAndStayUsable(Strategy strategy) throws Exception {
        try (AttachmentGuard guard = guard(strategy); Reader reader = guard.registerReader()) {
            assertThatIllegalArgumentException()
                .isThrownBy(() -> guard.commit(Streams.WITHOUT_BLOCK, NOT_ATTACHED))
                .withMessageContaining("0x40000000");
            reader.quiesce();
            Threads.runElsewhere(() -> attach(guard, STREAM, Attachment.of(8, 10)));
            assertThat(reader.translate(STREAM)).isEqualTo(Attachment.of(8, 10));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.steward.catalog.AllVariants#all")
    void shouldNotReturnFromCommitWhileReportForOldViommuRuns(Strategy strategy) throws Exception {
        assumeTrue(strategy.description().quiescence() == Quiescence.AT_COMMIT, "promises it later or never");
        try (AttachmentGuard guard = guard(strategy); Reader reader = guard.registerReader()) {
            commit(guard, reader, STREAM, Attachment.of(7, 9));
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
            reader.quiesce();
            Threads.awaitEnd(committer[0]);
            assertThat(insideAfterCommit).isFalse();
            assertThat(reader.translate(STREAM)).isEqualTo(NOT_ATTACHED);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.steward.catalog.AllVariants#all")
    void shouldStillWaitWhenCommitterIsInterrupted(Strategy strategy) throws Exception {
        assumeTrue(strategy.description().quiescence() == Quiescence.AT_COMMIT, "promises it later or never");
        try (AttachmentGuard guard = guard(strategy); Reader reader = guard.registerReader()) {
            commit(guard, reader, STREAM, Attachment.of(7, 9));
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
            reader.quiesce();
            Threads.awaitEnd(committer[0]);
            assertThat(insideAfterCommit).isFalse();
            assertThat(stillInterrupted).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.steward.catalog.AllVariants#all")
    void shouldServeAsManyReadersAsAskedFor(Strategy strategy) throws Exception {
        try (AttachmentGuard guard = guard(strategy)) {
            attach(guard, STREAM, Attachment.of(7, 9));
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
    @MethodSource("dev.steward.catalog.AllVariants#all")
    void shouldRefuseReaderOverLimitAndTakeItWhenAnotherLeft(Strategy strategy) {
        try (AttachmentGuard guard = guard(strategy)) {
            List<Reader> readers = new ArrayList<>();
            for (int i = 0; i < Streams.READERS; i++) {
                readers.add(guard.registerReader());
            }
            assertThatIllegalStateException().isThrownBy(guard::registerReader).withMessageContaining("3");
            for (int i = 0; i < Streams.READERS; i++) {
                readers.get(i).close();
                Reader next = guard.registerReader();
                commit(guard, next, STREAM, Attachment.of(7 + i, 9));
                assertThat(next.translate(STREAM)).isEqualTo(Attachment.of(7 + i, 9));
                next.quiesce();
                readers.set(i, next);
            }
            readers.forEach(Reader::close);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.steward.catalog.AllVariants#all")
    void shouldWaitInSynchronizeWhereCommitLeavesTheWaitToLater(Strategy strategy) throws Exception {
        assumeTrue(strategy.description().quiescence() == Quiescence.AT_DESTROY, "waits at once or never");
        try (AttachmentGuard guard = guard(strategy); Reader reader = guard.registerReader()) {
            commit(guard, reader, STREAM, Attachment.of(7, 9));
            AtomicBoolean inside = new AtomicBoolean();
            AtomicBoolean insideAfterSynchronize = new AtomicBoolean(true);
            Thread[] destroyer = new Thread[1];
            reader.report(STREAM, (viommuId, virtualStreamId) -> {
                inside.set(true);
                Thread committer = Threads.start(() -> guard.commit(STREAM, NOT_ATTACHED));
                Threads.joinUninterruptibly(committer);
                assertThat(guard.statistics().deferredPeakBytes()).isPositive();
                destroyer[0] = Threads.start(() -> {
                    guard.synchronize();
                    insideAfterSynchronize.set(inside.get());
                });
                assertThat(Threads.awaitWaitingOrEnd(destroyer[0])).as("the destroy waits").isTrue();
                inside.set(false);
                return 0;
            });
            reader.quiesce();
            Threads.awaitEnd(destroyer[0]);
            assertThat(insideAfterSynchronize).isFalse();
            assertThat(reader.translate(STREAM)).isEqualTo(NOT_ATTACHED);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.steward.catalog.AllVariants#all")
    void shouldRunOutOfSparesWithoutLosingAnything(Strategy strategy) throws Exception {
        try (AttachmentGuard guard = guard(strategy); Reader reader = guard.registerReader()) {
            for (int i = 1; i <= 3_000; i++) {
                attach(guard, i & 0xff, Attachment.of(i, ~i));
            }
            guard.synchronize();
            for (int i = 3_000 - 255; i <= 3_000; i++) {
                assertThat(reader.translate(i & 0xff)).isEqualTo(Attachment.of(i, ~i));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.steward.catalog.AllVariants#all")
    void shouldCountNoRetriesAndFallbacksWhenUncontended(Strategy strategy) {
        try (AttachmentGuard guard = guard(strategy); Reader reader = guard.registerReader()) {
            for (int i = 1; i <= 10; i++) {
                commit(guard, reader, STREAM, Attachment.of(i, i));
                reader.report(STREAM, sink);
            }
            GuardStatistics statistics = guard.statistics();
            boolean waitsForGracePeriods = strategy.description().quiescence() == Quiescence.AT_COMMIT
                && strategy.description().usage().attachWait() == AttachWait.GRACE_PERIOD;
            assertThat(statistics.retries()).isZero();
            assertThat(statistics.fallbacks()).isZero();
            // The first attach replaces nothing, so a design that sees that has nothing to wait for; a design with a
            // tree takes its lock to insert the master.
            assertThat(statistics.gracePeriods()).isBetween(
                waitsForGracePeriods ? 9L : 0L, waitsForGracePeriods ? 11L : 0L);
            assertThat(statistics.deferredPeakBytes() > 0)
                .isEqualTo(strategy.description().quiescence() == Quiescence.AT_DESTROY);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.steward.catalog.AllVariants#all")
    void shouldStateFootprintOfItsRecords(Strategy strategy) {
        try (AttachmentGuard guard = guard(strategy); Reader reader = guard.registerReader()) {
            commit(guard, reader, STREAM, Attachment.of(7, 9));
            // A design keeps something for each master, a strategy a record for each entry of the table.
            int kept = strategy.description().allocationFree() ? table.capacity() : 1;
            assertThat(guard.statistics().footprintBytes()).isGreaterThanOrEqualTo(32L * kept);
        }
    }
}
