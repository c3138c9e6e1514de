package dev.steward.design;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.catalog.Strategies;
import dev.steward.engine.iommufd.KernelVersion;
import dev.steward.engine.smmu.GracePeriodListener;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.strategy.LockStrategy;
import dev.steward.strategy.SectionLock;
import dev.steward.strategy.Strategy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Invariant I9 under every design, through attach, event, vDEVICE and probe operations; and that it can be broken. */
class LockOrderTest {
    private static final GuardContext ALONE = new GuardContext(null, 1, GracePeriodListener.NONE);

    private final LockOrder order = new LockOrder();
    private final Recording recording = new Recording(order);

    @ParameterizedTest
    @EnumSource
    void shouldKeepDocumentedOrderAndSleepOnlyWhereAllowed(KernelDesign design) {
        order.expect(Recording.GROUP, Recording.ASID, Recording.VDEVS);
        order.expect(Recording.ASID, DesignParts.STREAMS, DesignParts.MASTER);
        order.expect(Recording.GROUP, DesignParts.MASTER, Recording.VDEVS);
        order.expect(DesignParts.MASTER, Recording.VEVENTQS, Recording.VEVENTQ);
        runAllOperations(design);
        boolean clean = design.promises().contains(Promise.SLEEPS_WHERE_ALLOWED);
        assertThat(order.complaints().isEmpty()).as("%s", order.complaints()).isEqualTo(clean);
        assertThat(order.complaints()).allSatisfy(complaint ->
            assertThat(complaint).containsPattern("^(veventqs_rwsem|fault_param.lock) may sleep inside"));
        assertThat(order.saw(Recording.GROUP, Recording.ASID)).isTrue();
        assertThat(order.saw(Recording.VEVENTQS, Recording.VEVENTQ)).isTrue();
    }

    private void runAllOperations(KernelDesign design) {
        try (Bench bench = new Bench(context -> design.create(recording.context(context), recording::lock),
            KernelVersion.NEWEST, recording.asidLock(), recording::driver, recording.probe())) {
            for (int round = 0; round < 2; round++) {
                assertThat(bench.fault()).isEqualTo("UNATTACHED");
                bench.attachTo(bench.a, Bench.ID_ON_A);
                bench.onSync = bench::fault;
                assertThat(bench.fault()).isEqualTo("A:8");
                assertThat(bench.stall()).isEqualTo("STALL_ABORTED");
                Bench.check(bench.device.replace(bench.otherDomain(bench.a)));
                bench.moveVdevice(bench.b, Bench.ID_ON_B);
                Bench.check(bench.device.replace(bench.domain(bench.b)));
                assertThat(bench.fault()).isEqualTo("B:9");
                bench.dropVdevice();
                bench.fault();
                Bench.check(bench.device.detach());
            }
            bench.release();
            assertThat(bench.fault()).isEqualTo("UNKNOWN_STREAM");
        }
    }

    /** What covers a stalled fault: the lock of the tree, and in v2 of the rwsem design that of the master, too. */
    @ParameterizedTest
    @CsvSource({"streams-mutex, false", "vmaster-rwsem, false", "vmaster-rwsem:v2, true"})
    void shouldReportStallInsideStreamsLockAndInV2InsideMasterLock(String name, boolean insideMaster) {
        Strategy strategy = Strategies.byName(name).orElseThrow();
        try (Bench bench = new Bench(context -> ReadersTest.create(strategy, context, recording::lock),
            KernelVersion.NEWEST, recording.asidLock(), recording::driver, recording.probe())) {
            bench.stall();
        }
        assertThat(order.complaints()).isEmpty();
        assertThat(order.saw(DesignParts.STREAMS, Recording.FAULT_PARAM)).isTrue();
        assertThat(order.saw(DesignParts.MASTER, Recording.FAULT_PARAM)).isEqualTo(insideMaster);
    }

    @ParameterizedTest
    @EnumSource(names = {"V1_VDEV_OPS", "DRAFT_RWSEM_LOOKUP", "VMASTER_RWSEM"})
    void shouldSeeLockInsideLock(KernelDesign design) {
        runAllOperations(design);
        assertThat(order.saw(DesignParts.STREAMS, DesignParts.MASTER)).isTrue();
        assertThat(order.saw(DesignParts.MASTER, Recording.VEVENTQS)).isTrue();
        assertThat(order.saw(DesignParts.MASTER, Recording.VDEVS))
            .isEqualTo(design == KernelDesign.DRAFT_RWSEM_LOOKUP);
    }

    /** The control: a design whose attach has the lock of its master and wants that of the tree. */
    @Test
    void shouldReportFirstInversionWithBothPlaces() {
        SectionLock streams = recording.lock(DesignParts.STREAMS, LockStrategy.MUTEX, ALONE);
        SectionLock master = recording.lock(DesignParts.MASTER, LockStrategy.RWSEM, ALONE);
        eventWay(streams, master);
        assertThat(order.complaints()).isEmpty();
        attachTheWrongWay(streams, master);
        assertThat(order.complaints()).singleElement().asString()
            .startsWith("streams inside master").contains("attachTheWrongWay")
            .contains("but before: streams > master").contains("eventWay");
    }

    private static void eventWay(SectionLock streams, SectionLock master) {
        long outer = streams.lockShared(0);
        long inner = master.lockShared(0);
        master.unlockShared(0, inner);
        streams.unlockShared(0, outer);
    }

    private static void attachTheWrongWay(SectionLock streams, SectionLock master) {
        long outer = master.lockExclusive();
        long inner = streams.lockExclusive();
        streams.unlockExclusive(inner);
        master.unlockExclusive(outer);
    }

    @Test
    void shouldReportInversionOverThirdLock() {
        nest("a", "b");
        nest("b", "c");
        nest("c", "a");
        assertThat(order.complaints()).singleElement().asString()
            .startsWith("a inside c").contains("but before: a > b > c");
    }

    private void nest(String outer, String inner) {
        order.acquire(outer, LockOrder.Kind.SLEEPS);
        order.acquire(inner, LockOrder.Kind.SLEEPS);
        order.release(inner);
        order.release(outer);
    }

    @Test
    void shouldReportLockOfSameClassInsideItself() {
        nest("a", "a");
        assertThat(order.complaints()).singleElement().asString().startsWith("a taken twice");
    }

    @Test
    void shouldReportSleepingLockInsideSpinningOne() {
        SectionLock table = recording.lock(DesignParts.STREAMS, LockStrategy.RWLOCK_SPIN, ALONE);
        long token = table.lockShared(0);
        order.acquire(Recording.VEVENTQS, LockOrder.Kind.SLEEPS);
        assertThat(order.complaints()).singleElement().asString()
            .startsWith("veventqs_rwsem may sleep inside streams, which spins");
        order.release(Recording.VEVENTQS);
        table.unlockShared(0, token);
        assertThat(List.of(order.saw("streams", Recording.VEVENTQS))).containsExactly(true);
    }
}
