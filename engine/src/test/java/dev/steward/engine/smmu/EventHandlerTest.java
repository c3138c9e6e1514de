package dev.steward.engine.smmu;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.steward.engine.event.EventId;
import dev.steward.engine.event.EventRecord;
import dev.steward.engine.event.EventRecordLayout;
import dev.steward.engine.iommufd.BoundDevice;
import dev.steward.engine.iommufd.Errno;
import dev.steward.engine.iommufd.VEventQueue;
import dev.steward.engine.iommufd.VIommu;
import dev.steward.engine.stream.StreamTable;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventHandlerTest {
    /** Domain reference 11.2: F_TRANSLATION, SID 0x100, read, CLASS 2, terminated. */
    private static final long WORD_0 = 0x0000_0100_0000_0010L;
    private static final long WORD_1 = 0x0000_0208_0000_0000L;
    private static final long STALL = 1L << 31;
    private static final long S2 = 1L << 39;
    private static final int UNOWNED_STREAM = 0x00;
    private static final int ROUNDS = 50_000;

    private final Machine machine = new Machine(StreamTable.linear(10));
    private final BoundDevice device = machine.probed(1, 0x100);
    private final VIommu viommu = machine.viommu(device);
    private final RecordingProbe probe = new RecordingProbe();
    private final EventHandler handler = machine.smmu.openHandler(probe);

    @AfterEach
    void close() {
        handler.close();
        machine.close();
    }

    @Test
    void shouldQueueWithVirtualStreamIdAndLeaveOtherBitsAlone() {
        VEventQueue queue = machine.veventq(viommu, 4);
        attach(Machine.VIRTUAL_STREAM);
        assertThat(handler.handle(event(WORD_0, WORD_1))).isEqualTo(EventOutcome.QUEUED);
        List<Long> words = new ArrayList<>();
        queue.poll((flags, sequence, w0, w1, w2, w3, intendedNs, startNs) ->
            words.addAll(List.of(w0, w1, w2, w3, intendedNs, startNs)), 1);
        assertThat(words).containsExactly(0x0000_0008_0000_0010L, WORD_1, 0x22L, 0x33L, 44L, 55L);
    }

    @Test
    void shouldCallProbesInOrderWhenQueued() {
        machine.veventq(viommu, 4);
        attach(0xffff_ffff);
        handler.handle(event(WORD_0, WORD_1));
        assertThat(probe.calls).containsExactly(
            "taken", "asking", "entered", "inside " + viommu.id() + ":ffffffff", "reported", "done QUEUED");
    }

    @Test
    void shouldCountLostWhenVeventqIsFull() {
        VEventQueue queue = machine.veventq(viommu, 1);
        attach(8);
        assertThat(handler.handle(event(WORD_0, WORD_1))).isEqualTo(EventOutcome.QUEUED);
        assertThat(handler.handle(event(WORD_0, WORD_1))).isEqualTo(EventOutcome.LOST_IN_VEVENTQ);
        assertThat(handler.handle(event(WORD_0, WORD_1))).isEqualTo(EventOutcome.LOST_IN_VEVENTQ);
        assertThat(queue.lost()).isEqualTo(2);
        assertThat(ledger(EventOutcome.LOST_IN_VEVENTQ)).isEqualTo(2);
        assertThat(machine.smmu.ledger().total()).isEqualTo(3);
    }

    @Test
    void shouldNotForwardWhenNothingIsAttached() {
        assertOutcome(event(WORD_0, WORD_1), EventOutcome.UNATTACHED, "taken", "asking", "entered", "done UNATTACHED");
    }

    @Test
    void shouldNotForwardWhenNoMasterOwnsStream() {
        assertOutcome(event(EventRecordLayout.withStreamId(WORD_0, 0xffff_ffff), WORD_1), EventOutcome.UNKNOWN_STREAM,
            "taken", "asking", "entered", "done UNKNOWN_STREAM");
        machine.smmu.release(device.host());
        assertThat(handler.handle(event(WORD_0, WORD_1))).isEqualTo(EventOutcome.UNKNOWN_STREAM);
    }

    @ParameterizedTest
    @EnumSource
    void shouldForwardByIdOnly(EventId id) {
        machine.veventq(viommu, 4);
        attach(8);
        EventRecord event = event(EventRecordLayout.word0(id.code(), 0x100), 0);
        assertThat(handler.handle(event))
            .isEqualTo(id.forwarded() ? EventOutcome.QUEUED : EventOutcome.NOT_FORWARDED);
        if (!id.forwarded()) {
            assertThat(probe.calls).containsExactly("taken", "done NOT_FORWARDED");
        }
    }

    @Test
    void shouldKeepStage2FaultForHost() {
        machine.veventq(viommu, 4);
        attach(8);
        // Domain reference 11.2: F_PERMISSION, write, stage 2. It leaves after the second look-up, under the guard.
        assertOutcome(event(0x0000_0100_0000_0013L, 0x0000_0280_0000_0000L), EventOutcome.NOT_FORWARDED,
            "taken", "asking", "entered", "done NOT_FORWARDED");
        machine.guard.commit(0x100, Attachment.NOT_ATTACHED);
        assertThat(handler.handle(event(WORD_0, WORD_1 | S2))).isEqualTo(EventOutcome.NOT_FORWARDED);
        assertThat(handler.handle(event(EventRecordLayout.withStreamId(WORD_0, UNOWNED_STREAM), WORD_1 | S2)))
            .isEqualTo(EventOutcome.UNKNOWN_STREAM);
    }

    @Test
    void shouldAbortStalledFaultOfKnownStreamAndQueueNothing() {
        VEventQueue queue = machine.veventq(viommu, 4);
        attach(8);
        assertOutcome(event(WORD_0, WORD_1 | STALL), EventOutcome.STALL_ABORTED, "taken", "asking",
            "insideStall", "reported", "done STALL_ABORTED");
        assertThat(handler.handle(event(WORD_0, WORD_1 | STALL | S2))).isEqualTo(EventOutcome.STALL_ABORTED);
        assertThat(handler.handle(event(EventRecordLayout.withStreamId(WORD_0, UNOWNED_STREAM), WORD_1 | STALL)))
            .isEqualTo(EventOutcome.UNKNOWN_STREAM);
        assertThat(handler.handle(event(EventRecordLayout.word0(EventId.F_UUT.code(), 0x100), STALL)))
            .as("the id is looked at first").isEqualTo(EventOutcome.NOT_FORWARDED);
        assertThat(queue.queued() + queue.lost()).isZero();
    }

    @Test
    void shouldAskForMasterOnlyWhenFaultStalls() {
        recordAnswers();
        assertOutcome(event(WORD_0, WORD_1 | STALL), EventOutcome.STALL_ABORTED,
            "taken", "asking", "insideStall", "reported", "done STALL_ABORTED", "resumed");
        handler.handle(event(EventRecordLayout.withStreamId(WORD_0, UNOWNED_STREAM), WORD_1 | STALL));
        assertThat(probe.calls).containsExactly("taken", "asking", "done UNKNOWN_STREAM");
    }

    @Test
    void shouldSayWhenViommuHasNoVeventq() {
        attach(8);
        assertThat(handler.handle(event(WORD_0, WORD_1))).isEqualTo(EventOutcome.NO_VEVENTQ);
        assertThat(probe.calls).hasSize(6).last().isEqualTo("done NO_VEVENTQ");
    }

    @Test
    void shouldNoticeViommuThatIsGone() {
        attach(8);
        assertThat(machine.context.destroy(viommu.id())).isZero();
        assertThat(handler.handle(event(WORD_0, WORD_1))).isEqualTo(EventOutcome.DESTROYED_VIOMMU);
        machine.guard.commit(0x100, Attachment.of(Integer.MAX_VALUE, 8));
        assertThat(handler.handle(event(WORD_0, WORD_1))).as("no such object").isEqualTo(EventOutcome.DESTROYED_VIOMMU);
        assertThat(ledger(EventOutcome.DESTROYED_VIOMMU)).isEqualTo(2);
    }

    @Test
    void shouldNotTakeOutcomeOfEarlierEventForLaterOne() {
        machine.veventq(viommu, 4);
        attach(8);
        handler.handle(event(WORD_0, WORD_1));
        machine.guard.commit(0x100, Attachment.NOT_ATTACHED);
        assertThat(handler.handle(event(WORD_0, WORD_1))).isEqualTo(EventOutcome.UNATTACHED);
        for (EventOutcome outcome : EventOutcome.values()) {
            assertThat(ledger(outcome)).as("%s", outcome)
                .isEqualTo(outcome == EventOutcome.QUEUED || outcome == EventOutcome.UNATTACHED ? 1 : 0);
        }
    }

    @Test
    void shouldNotTakeOutcomeOfEarlierEventFromGuardThatDoesNotCallTheSink() {
        machine.veventq(viommu, 4);
        attach(8);
        AtomicBoolean skips = new AtomicBoolean();
        AttachmentGuard skipping = new ForwardingGuard(machine.guard) {
            @Override
            public Reader registerReader() {
                return new ForwardingReader(super.registerReader()) {
                    @Override
                    public int report(int streamId, ReportSink sink) {
                        return skips.get() ? -Errno.EINVAL : super.report(streamId, sink);
                    }

                    @Override
                    public int reportStall(int streamId, StallSink sink) {
                        return skips.get() ? -Errno.EINVAL : super.reportStall(streamId, sink);
                    }
                };
            }
        };
        FaultPath faults = faultPath();
        faults.listener((streamId, tag, response, stamp) -> probe.calls.add("resumed"));
        EventHandler other = new EventHandler(machine.iommufd, skipping, faults, probe, new EventLedger());

        assertThat(other.handle(event(WORD_0, WORD_1))).isEqualTo(EventOutcome.QUEUED);
        skips.set(true);
        assertThat(other.handle(event(WORD_0, WORD_1 | STALL))).isEqualTo(EventOutcome.STALL_ABORTED);
        assertThat(probe.calls).last().isEqualTo("resumed");
        assertThat(other.handle(event(WORD_0, WORD_1))).isEqualTo(EventOutcome.DESTROYED_VIOMMU);
        other.close();
    }

    @Test
    void shouldRegisterWithGuardForItsLife() {
        assertThat(machine.guard.readers()).isOne();
        EventHandler second = machine.smmu.openHandler(EventProbe.NONE);
        assertThat(machine.guard.readers()).isEqualTo(2);
        second.close();
        assertThat(machine.guard.readers()).isOne();
    }

    @Test
    void shouldNotAllocatePerEvent() {
        machine.veventq(viommu, 1);
        attach(8);
        EventRecord[] events = {
            event(WORD_0, WORD_1), event(WORD_0, WORD_1 | STALL), event(WORD_0, WORD_1 | S2), event(0x1, 0)};
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        EventHandler silent =
            new EventHandler(machine.iommufd, new ConstantGuard(viommu.id()), faultPath(),
                EventProbe.NONE, new EventLedger());
        long fewest = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 10 && fewest != 0; attempt++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < ROUNDS; i++) {
                silent.handle(events[i & 3]);
            }
            fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
        }
        silent.close();
        assertThat(fewest).isZero();
    }

    private FaultPath faultPath() {
        return new FaultPath(machine.smmu.table(), machine.smmu.eventQueue(), FaultFence.NONE);
    }

    private void recordAnswers() {
        machine.smmu.onResume((streamId, tag, response, stamp) -> probe.calls.add("resumed"));
    }

    private void assertOutcome(EventRecord event, EventOutcome outcome, String... calls) {
        assertThat(handler.handle(event)).isEqualTo(outcome);
        assertThat(probe.calls).containsExactly(calls);
        assertThat(ledger(outcome)).isOne();
        assertThat(machine.smmu.ledger().total()).isOne();
    }

    private long ledger(EventOutcome outcome) {
        return machine.smmu.ledger().of(outcome);
    }

    private void attach(int virtualStreamId) {
        machine.guard.commit(0x100, Attachment.of(viommu.id(), virtualStreamId));
    }

    private static EventRecord event(long word0, long word1) {
        EventRecord event = new EventRecord();
        event.word0 = word0;
        event.word1 = word1;
        event.word2 = 0x22;
        event.word3 = 0x33;
        event.intendedNs = 44;
        event.startNs = 55;
        return event;
    }

    private static final class RecordingProbe implements EventProbe {
        private final List<String> calls = new ArrayList<>();

        @Override
        public void taken(EventRecord event) {
            calls.clear();
            calls.add("taken");
        }

        @Override
        public void asking(EventRecord event) {
            calls.add("asking");
        }

        @Override
        public void entered(EventRecord event) {
            calls.add("entered");
        }

        @Override
        public void inside(EventRecord event, int viommuId, int virtualStreamId) {
            calls.add("inside " + viommuId + ":" + Integer.toHexString(virtualStreamId));
        }

        @Override
        public void insideStall(EventRecord event) {
            calls.add("insideStall");
        }

        @Override
        public void reported(EventRecord event) {
            calls.add("reported");
        }

        @Override
        public void done(EventRecord event, EventOutcome outcome) {
            calls.add("done " + outcome);
        }
    }

    /** Does not box, unlike the map of the other one. */
    private record ConstantGuard(int viommuId) implements AttachmentGuard, AttachmentGuard.Reader {
        @Override
        public Reader registerReader() {
            return this;
        }

        @Override
        public long translate(int streamId) {
            return Attachment.of(viommuId, 8);
        }

        @Override
        public int report(int streamId, ReportSink sink) {
            return sink.report(viommuId, 8);
        }

        @Override
        public void commit(int streamId, long attachment) {
            throw new UnsupportedOperationException();
        }

        @Override
        public GuardStatistics statistics() {
            return GuardStatistics.ofFootprint(0);
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
