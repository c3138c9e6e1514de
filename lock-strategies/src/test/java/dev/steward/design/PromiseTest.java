package dev.steward.design;

import static dev.steward.design.Bench.check;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.iommufd.Errno;
import dev.steward.engine.iommufd.NestedDomain;
import dev.steward.engine.iommufd.VEventLayout;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.ForwardingGuard;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.strategy.Quiescence;
import java.util.Locale;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pin rules of docs/domain.md, 1.4 under each design: what it promises holds, the rest is shown broken. */
class PromiseTest {
    private Thread other;
    private boolean otherWaited;

    @ParameterizedTest
    @EnumSource
    void shouldSayOfItselfWhatItPromises(KernelDesign design) {
        boolean quiescent = design.promises().contains(Promise.QUIESCENT_ATTACH);
        assertThat(design.description().quiescence() == Quiescence.AT_COMMIT).isEqualTo(quiescent);
        assertThat(design.description().ranked()).isEqualTo(design != KernelDesign.V1_VDEV_OPS);
        assertThat(design.promises()).contains(Promise.VIOMMU_ALIVE);
        assertThat(design.name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .isEqualTo(design.description().name());
        assertThat(design.variants()).allSatisfy(variant ->
            assertThat(design.variant(variant).description().name())
                .isEqualTo(design.description().name() + ":" + variant));
    }

    /** Rule 2: an event inside the report, a detach at the same time. */
    @ParameterizedTest
    @EnumSource
    void shouldReturnFromDetachWhenReportIsOverOrEarlierIfItSaysSo(KernelDesign design) throws Exception {
        try (Bench bench = new Bench(design::create)) {
            bench.attachTo(bench.a, Bench.ID_ON_A);
            boolean waits = design.promises().contains(Promise.QUIESCENT_ATTACH);
            during(bench, waits, () -> bench.device.detach());
            assertThat(bench.fault()).isEqualTo("UNATTACHED");
            assertThat(otherWaited).as("the detach waited for the report").isEqualTo(waits);
            assertUntouchedByDestroy(bench);
        }
    }

    /** Rule 1 and invariant I1: detach, then destroy everything up to the vIOMMU, all during one report. */
    @ParameterizedTest
    @EnumSource
    void shouldNotDestroyViommuDuringReport(KernelDesign design) throws Exception {
        try (Bench bench = new Bench(design::create)) {
            bench.moveVdevice(bench.a, Bench.ID_ON_A);
            NestedDomain domain = bench.domain(bench.a);
            check(bench.device.attach(domain));
            assertThat(bench.context.destroy(bench.a.id())).isEqualTo(-Errno.EBUSY);
            assertThat(bench.context.destroy(domain.id())).isEqualTo(-Errno.EBUSY);
            during(bench, true, () -> destroyAll(bench, domain));
            assertThat(otherWaited).isTrue();
            assertThat(bench.a.destroyed()).isTrue();
            assertUntouchedByDestroy(bench);
        }
    }

    /** The control: asynchronous free, and nobody waits before the vIOMMU goes. */
    @ParameterizedTest
    @EnumSource(names = {"RCU_DEFERRED", "RCU_REFERENCE"})
    void shouldMeetDestroyedViommuWhenNobodyWaits(KernelDesign design) throws Exception {
        Function<GuardContext, AttachmentGuard> impatient = context -> new ForwardingGuard(design.create(context)) {
            @Override
            public void synchronize() {
                // the wait before a destroy, forgotten
            }
        };
        try (Bench bench = new Bench(impatient)) {
            bench.moveVdevice(bench.a, Bench.ID_ON_A);
            NestedDomain domain = bench.domain(bench.a);
            check(bench.device.attach(domain));
            during(bench, false, () -> destroyAll(bench, domain));
            assertThat(otherWaited).isFalse();
            assertThat(bench.a.reportsAfterDestroy()).isOne();
        }
    }

    private static void destroyAll(Bench bench, NestedDomain domain) {
        check(bench.context.destroy(bench.a.veventq(VEventLayout.TYPE_ARM_SMMUV3).id()));
        bench.device.detach();
        check(bench.context.destroy(domain.id()));
        bench.dropVdevice();
        check(bench.context.destroy(bench.a.id()));
    }

    private static void assertUntouchedByDestroy(Bench bench) {
        assertThat(bench.a.reportsAfterDestroy()).isZero();
        assertThat(bench.a.reportsOverlappedByDestroy()).isZero();
    }

    /** Handles an event; inside its report another thread goes as far as it gets. */
    private void during(Bench bench, boolean expected, Runnable action) throws InterruptedException {
        bench.onReport = () -> {
            bench.onReport = () -> { };
            other = new Thread(action, "other");
            other.setDaemon(true);
            other.start();
            otherWaited = Waiting.waits(other, expected);
        };
        bench.fault();
        Waiting.awaitEnd(other);
    }
}
