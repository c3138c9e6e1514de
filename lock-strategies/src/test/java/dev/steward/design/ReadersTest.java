package dev.steward.design;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.catalog.Strategies;
import dev.steward.engine.event.EventId;
import dev.steward.engine.event.EventRecord;
import dev.steward.engine.event.EventRecordLayout;
import dev.steward.engine.iommufd.BoundDevice;
import dev.steward.engine.iommufd.Context;
import dev.steward.engine.iommufd.HostDevice;
import dev.steward.engine.iommufd.Iommufd;
import dev.steward.engine.smmu.AttachProbe;
import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.AttachmentGuard.Reader;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.EventHandler;
import dev.steward.engine.smmu.EventOutcome;
import dev.steward.engine.smmu.EventProbe;
import dev.steward.engine.smmu.FaultFence;
import dev.steward.engine.smmu.ForwardingGuard;
import dev.steward.engine.smmu.GracePeriodListener;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.smmu.Smmu;
import dev.steward.engine.smmu.SmmuConfig;
import dev.steward.engine.stream.StreamTable;
import dev.steward.strategy.LockStrategy;
import dev.steward.strategy.SectionLock;
import dev.steward.strategy.Strategy;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Several event sources of one SMMU, and one streams lock for several SMMUs. */
class ReadersTest {
    /** A second source in the middle of the report of a first: beside it, or behind it. */
    @ParameterizedTest
    @CsvSource({
        "STREAMS_MUTEX, false", "STREAMS_RWSEM, true", "TABLE_RWLOCK, true", "VMASTER_RWSEM, false",
        "V1_VDEV_OPS, false", "RCU_SYNC, true", "RCU_DEFERRED, true", "RCU_REFERENCE, true", "STREAMS_PERCPU, true"})
    void shouldLetSecondReaderReportBesideFirstOnlyWhereReadersShare(KernelDesign design, boolean shares)
        throws Exception {
        try (StreamTable table = StreamTable.linear(4);
            AttachmentGuard guard = design.create(new GuardContext(table, 2, GracePeriodListener.NONE))) {
            for (int streamId = 1; streamId <= 2; streamId++) {
                guard.vdeviceSet(streamId, Attachment.of(streamId, streamId));
                guard.commit(streamId, Attachment.of(streamId, streamId));
            }
            assertThat(secondReportsDuringFirst(guard, guard, shares)).isEqualTo(shares);
        }
    }

    @ParameterizedTest
    @CsvSource({"streams-mutex, true", "streams-mutex:shared, false", "vmaster-rwsem:shared, false",
        "streams-rwsem:shared, true"})
    void shouldKeepSmmusApartUnlessTheyShareTheStreamsLock(String name, boolean apart) throws Exception {
        Strategy strategy = Strategies.byName(name).orElseThrow();
        try (StreamTable table = StreamTable.linear(4);
            AttachmentGuard first = strategy.create(new GuardContext(table, 1, GracePeriodListener.NONE));
            AttachmentGuard second = strategy.create(new GuardContext(table, 1, GracePeriodListener.NONE))) {
            first.commit(1, Attachment.of(1, 1));
            second.commit(2, Attachment.of(2, 2));
            assertThat(secondReportsDuringFirst(first, second, apart)).isEqualTo(apart);
        }
    }

    /** The merged driver has its mutex over a stalled fault as well; v2 of the rwsem design had its semaphore there. */
    @ParameterizedTest
    @CsvSource({
        "streams-mutex, true", "streams-rwsem, true", "table-rwlock, true", "vmaster-rwsem, false",
        "vmaster-rwsem:v2, true", "rcu-sync, false", "mutex, true", "rwlock-spin, true", "monitor, true",
        "seqlock-ste, false"})
    void shouldHoldOffAttachDuringStallOnlyWhereItsLockIsHeld(String name, boolean waits) throws Exception {
        try (StreamTable table = StreamTable.linear(4);
            AttachmentGuard guard = Strategies.byName(name).orElseThrow().create(
                new GuardContext(table, 1, GracePeriodListener.NONE))) {
            guard.commit(1, Attachment.of(1, 1));
            Thread attach = new Thread(() -> guard.commit(1, Attachment.of(2, 2)), "attach");
            attach.setDaemon(true);
            boolean[] waited = new boolean[1];
            try (Reader reader = guard.registerReader()) {
                reader.reportStall(1, () -> {
                    attach.start();
                    waited[0] = Waiting.waits(attach, waits);
                    return 0;
                });
            }
            Waiting.awaitEnd(attach);
            assertThat(waited[0]).isEqualTo(waits);
        }
    }

    private static boolean secondReportsDuringFirst(
        AttachmentGuard first, AttachmentGuard second, boolean expected) throws InterruptedException {
        boolean[] during = new boolean[1];
        Thread other = new Thread(() -> {
            try (Reader reader = second.registerReader()) {
                reader.report(2, (viommuId, virtualStreamId) -> 0);
            }
        }, "second source");
        other.setDaemon(true);
        try (Reader reader = first.registerReader()) {
            reader.report(1, (viommuId, virtualStreamId) -> {
                other.start();
                during[0] = !Waiting.waits(other, !expected);
                return 0;
            });
        }
        Waiting.awaitEnd(other);
        return during[0];
    }

    @Test
    void shouldSumUpWhatHandlersOfOneSmmuDid() {
        Iommufd iommufd = new Iommufd();
        Smmu smmu = new Smmu(new SmmuConfig(0, StreamTable.linear(4), 4, 1, iommufd,
            KernelDesign.STREAMS_RWSEM::create, GracePeriodListener.NONE, AttachProbe.NONE, streamId -> { },
            new ReentrantLock(), FaultFence.NONE), 2);
        HostDevice host = new HostDevice(1, 0, 3);
        smmu.probe(host);
        EventRecord event = new EventRecord();
        event.word0 = EventRecordLayout.word0(EventId.F_TRANSLATION.code(), 3);
        try (EventHandler first = smmu.openHandler(EventProbe.NONE);
            EventHandler second = smmu.openHandler(EventProbe.NONE)) {
            first.handle(event);
            second.handle(event);
            event.word0 = EventRecordLayout.word0(EventId.F_TRANSLATION.code(), 4);
            second.handle(event);
        }
        assertThat(smmu.ledger().of(EventOutcome.UNATTACHED)).isEqualTo(2);
        assertThat(smmu.ledger().of(EventOutcome.UNKNOWN_STREAM)).isOne();
        assertThat(smmu.ledger().total()).isEqualTo(3);
        smmu.close();
    }

    /** Locks that one event takes: the merged handler its one lock twice, the earlier ones a lock in a lock. */
    @ParameterizedTest
    @CsvSource({
        "streams-mutex, 2", "streams-mutex:one-lookup, 1", "streams-rwsem, 2", "streams-percpu, 2",
        "vmaster-rwsem, 3", "vmaster-rwsem:v2, 2", "draft-rwsem-lookup, 2", "v1-vdev-ops, 2",
        "v1-vdev-ops:two-lookups, 3", "table-rwlock, 1", "rcu-sync, 0", "rcu-reference, 0"})
    void shouldTakeLocksPerEventAsDesigned(String name, int locks) {
        Counting counting = new Counting(new LockOrder());
        Strategy strategy = Strategies.byName(name).orElseThrow();
        try (Bench bench = new Bench(context -> create(strategy, context, counting::lock))) {
            bench.attachTo(bench.a, Bench.ID_ON_A);
            int before = counting.taken;
            assertThat(bench.fault()).isEqualTo("A:8");
            assertThat(counting.taken - before).isEqualTo(locks);
        }
    }

    static AttachmentGuard create(Strategy strategy, GuardContext context, DesignParts.Locks locks) {
        return strategy instanceof DesignVariant variant
            ? variant.create(context, locks) : ((KernelDesign) strategy).create(context, locks);
    }

    /** Counts what is taken. */
    private static final class Counting {
        private final Recording recording;
        private int taken;

        Counting(LockOrder order) {
            recording = new Recording(order);
        }

        SectionLock lock(String lockClass, LockStrategy lock, GuardContext context) {
            SectionLock inner = recording.lock(lockClass, lock, context);
            return new SectionLock() {
                @Override
                public long lockShared(int reader) {
                    taken++;
                    return inner.lockShared(reader);
                }

                @Override
                public void unlockShared(int reader, long token) {
                    inner.unlockShared(reader, token);
                }

                @Override
                public long lockExclusive() {
                    return inner.lockExclusive();
                }

                @Override
                public void unlockExclusive(long token) {
                    inner.unlockExclusive(token);
                }

                @Override
                public GuardStatistics statistics() {
                    return inner.statistics();
                }
            };
        }
    }

    /** A vmaster is the device's: the guard is told once, and each stream follows. */
    @ParameterizedTest
    @MethodSource("dev.steward.catalog.AllVariants#all")
    void shouldMoveAllStreamsOfDeviceByOneCommit(Strategy strategy) {
        int[] commits = new int[1];
        try (Bench bench = new Bench(context -> new ForwardingGuard(strategy.create(context)) {
            @Override
            public void commit(int streamId, long attachment) {
                commits[0]++;
                super.commit(streamId, attachment);
            }
        })) {
            HostDevice wide = new HostDevice(7, Bench.SMMU, 0x50, 0x51, 0xc3);
            bench.smmu.probe(wide);
            BoundDevice device = bench.context.bind(wide, bench.driver);
            bench.context.allocateVdevice(bench.a.id(), device.id(), 0x22);
            commits[0] = 0;
            Bench.check(device.attach(
                bench.context.allocateNestedDomain(device.id(), bench.a.id(), 0, 0xbL, 0)));
            assertThat(commits[0]).isOne();
            for (int streamId : wide.streamIds()) {
                assertThat(bench.fault(streamId)).isEqualTo("A:34");
            }
            device.detach();
            for (int streamId : wide.streamIds()) {
                assertThat(bench.fault(streamId)).isEqualTo("UNATTACHED");
            }
            assertThat(commits[0]).isEqualTo(2);
            bench.smmu.release(wide);
            for (int streamId : wide.streamIds()) {
                assertThat(bench.fault(streamId)).isEqualTo("UNKNOWN_STREAM");
            }
        }
    }

    /** The scan is for a device and not for a StreamID: the ids of all its streams are one. */
    @Test
    void shouldScanForDeviceOfAnyOfItsStreams() {
        try (Bench bench = new Bench(KernelDesign.DRAFT_RWSEM_LOOKUP::create)) {
            Context context = bench.context;
            HostDevice wide = new HostDevice(7, Bench.SMMU, 0x50, 0x51);
            bench.smmu.probe(wide);
            BoundDevice device = context.bind(wide, bench.driver);
            context.allocateVdevice(bench.a.id(), device.id(), 0x22);
            assertThat(device.attach(context.allocateNestedDomain(device.id(), bench.a.id(), 0, 0xbL, 0))).isZero();
            EventRecord event = new EventRecord();
            event.word0 = EventRecordLayout.word0(EventId.F_TRANSLATION.code(), 0x51);
            int[] seen = new int[1];
            bench.handler.close();
            EventProbe probe = new EventProbe() {
                @Override
                public void inside(EventRecord inside, int viommuId, int virtualStreamId) {
                    seen[0] = virtualStreamId;
                }
            };
            try (EventHandler handler = bench.smmu.openHandler(probe)) {
                assertThat(handler.handle(event)).isEqualTo(EventOutcome.QUEUED);
            }
            assertThat(seen[0]).isEqualTo(0x22);
        }
    }
}
