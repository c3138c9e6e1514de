package dev.steward.design;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.iommufd.Errno;
import dev.steward.engine.iommufd.FaultQueue;
import dev.steward.engine.iommufd.KernelVersion;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The windows of docs/domain.md, 5.4, each design in each: where an event goes that is handled at that very moment, and
 * where a stalled fault goes, which asks the attach handle.
 */
class WindowTest {
    private final List<String> during = new ArrayList<>();

    private static boolean follows(KernelDesign design) {
        return design.promises().contains(Promise.ONE_LINK);
    }

    private static boolean forgets(KernelDesign design) {
        return design.promises().contains(Promise.FORGETS_VDEVICE);
    }

    /** What a design says of an attachment to A whose vDEVICE is gone. */
    private static String withoutVdevice(KernelDesign design) {
        return forgets(design) ? "NO_VDEVICE" : "A:8";
    }

    @ParameterizedTest
    @EnumSource
    void w1ShouldGoToOldGuestWhileEntryIsNewAlready(KernelDesign design) {
        try (Bench bench = new Bench(design::create)) {
            bench.attachTo(bench.a, Bench.ID_ON_A);
            bench.moveVdevice(bench.b, Bench.ID_ON_B);
            bench.onSync = () -> during.add(bench.fault());
            Bench.check(bench.device.replace(bench.domain(bench.b)));
            assertThat(during).isNotEmpty().containsOnly(follows(design) ? withoutVdevice(design) : "B:9");
        }
    }

    @ParameterizedTest
    @EnumSource
    void w2ShouldGoToNewGuestWhenHandledAfterAttach(KernelDesign design) {
        try (Bench bench = new Bench(design::create)) {
            bench.attachTo(bench.a, Bench.ID_ON_A);
            bench.moveVdevice(bench.b, Bench.ID_ON_B);
            Bench.check(bench.device.replace(bench.domain(bench.b)));
            assertThat(bench.fault()).as("raised by A's entry, taken from the queue now").isEqualTo("B:9");
        }
    }

    @ParameterizedTest
    @EnumSource
    void w3ShouldGoToNobodyWhileEntryIsStillActive(KernelDesign design) {
        try (Bench bench = new Bench(design::create)) {
            bench.attachTo(bench.a, Bench.ID_ON_A);
            assertThat(bench.fault()).isEqualTo("A:8");
            bench.onSync = () -> during.add(bench.fault());
            bench.device.detach();
            assertThat(during).isNotEmpty().containsOnly("UNATTACHED");
        }
    }

    @ParameterizedTest
    @EnumSource
    void w4ShouldGoToNobodyWhileVmasterIsNotSet(KernelDesign design) {
        try (Bench bench = new Bench(design::create)) {
            bench.onSync = () -> during.add(bench.fault());
            bench.attachTo(bench.a, Bench.ID_ON_A);
            assertThat(during).isNotEmpty().containsOnly("UNATTACHED");
            assertThat(bench.fault()).isEqualTo("A:8");
        }
    }

    @ParameterizedTest
    @EnumSource
    void w5ShouldReportOldIdOrNothingWhenVdeviceIsGone(KernelDesign design) {
        try (Bench bench = new Bench(design::create)) {
            bench.attachTo(bench.a, Bench.ID_ON_A);
            bench.dropVdevice();
            assertThat(bench.fault()).isEqualTo(withoutVdevice(design));
        }
    }

    @ParameterizedTest
    @EnumSource
    void w6ShouldForwardBadEntryOfDisruptiveUpdate(KernelDesign design) {
        try (Bench bench = new Bench(design::create)) {
            bench.attachTo(bench.a, Bench.ID_ON_A);
            bench.onSync = () -> {
                if (!bench.entryValid()) {
                    during.add(bench.badEntry());
                }
            };
            Bench.check(bench.device.replace(bench.otherDomain(bench.a)));
            assertThat(during).isNotEmpty().containsOnly("A:8");
        }
    }

    @ParameterizedTest
    @EnumSource
    void w7ShouldNotKnowStreamOfReleasedMaster(KernelDesign design) {
        try (Bench bench = new Bench(design::create)) {
            bench.attachTo(bench.a, Bench.ID_ON_A);
            bench.device.detach();
            bench.release();
            assertThat(bench.fault()).isEqualTo("UNKNOWN_STREAM");
            Bench.check(bench.smmu.probe(bench.host));
            assertThat(bench.fault()).as("plugged again").isEqualTo("UNATTACHED");
        }
    }

    /** Of a stalled fault no vmaster is asked, so between entry and commit it goes where the attach handle says. */
    @ParameterizedTest
    @EnumSource
    void w1ShouldQueueStallByOldHandleWhileEntryIsNewAlready(KernelDesign design) {
        try (Bench bench = new Bench(design::create)) {
            FaultQueue ofA = bench.context.allocateFaultQueue(0, () -> { });
            FaultQueue ofB = bench.context.allocateFaultQueue(0, () -> { });
            bench.moveVdevice(bench.a, Bench.ID_ON_A);
            Bench.check(bench.device.attach(bench.faultable(bench.a, ofA)));
            bench.moveVdevice(bench.b, Bench.ID_ON_B);
            bench.onSync = () -> during.add(bench.stall());
            Bench.check(bench.device.replace(bench.faultable(bench.b, ofB)));
            assertThat(during).isNotEmpty().containsOnly("STALL_QUEUED");
            assertThat(ofA.answeredAutomatically()).as("W8").isEqualTo(during.size());
            assertThat(ofB.reported()).isZero();
        }
    }

    /** The vmaster is gone, the handle is not: queued, and answered when the handle goes. */
    @ParameterizedTest
    @EnumSource
    void w3ShouldQueueStallWhileEntryIsStillActive(KernelDesign design) {
        try (Bench bench = new Bench(design::create)) {
            FaultQueue queue = bench.context.allocateFaultQueue(0, () -> { });
            bench.moveVdevice(bench.a, Bench.ID_ON_A);
            Bench.check(bench.device.attach(bench.faultable(bench.a, queue)));
            bench.onSync = () -> during.add(bench.stall());
            bench.device.detach();
            assertThat(during).isNotEmpty().containsOnly("STALL_QUEUED");
            assertThat(queue.answeredAutomatically()).as("W8").isEqualTo(during.size());
            assertThat(bench.stall()).as("no handle").isEqualTo("STALL_ABORTED");
        }
    }

    /** Not the vmaster decides but the handle, which is stored after the driver operation since v6.15. */
    @ParameterizedTest
    @EnumSource
    void w4ShouldAnswerStallUntilHandleIsStored(KernelDesign design) {
        assertThat(stallsDuringFirstAttach(design, KernelVersion.V6_15)).isNotEmpty().containsOnly("STALL_ABORTED");
        during.clear();
        assertThat(stallsDuringFirstAttach(design, KernelVersion.V6_11)).isNotEmpty().containsOnly("STALL_QUEUED");
    }

    private List<String> stallsDuringFirstAttach(KernelDesign design, KernelVersion kernel) {
        try (Bench bench = new Bench(design::create, kernel)) {
            FaultQueue queue = bench.context.allocateFaultQueue(0, () -> { });
            bench.moveVdevice(bench.a, Bench.ID_ON_A);
            bench.onSync = () -> during.add(bench.stall());
            Bench.check(bench.device.attach(bench.faultable(bench.a, queue)));
            assertThat(bench.stall()).as("attached").isEqualTo("STALL_QUEUED");
            return during;
        }
    }

    @ParameterizedTest
    @EnumSource
    void w7ShouldNotKnowStreamOfStallWhenMasterIsReleased(KernelDesign design) {
        try (Bench bench = new Bench(design::create)) {
            assertThat(bench.stall()).isEqualTo("STALL_ABORTED");
            bench.release();
            assertThat(bench.stall()).isEqualTo("UNKNOWN_STREAM");
        }
    }

    /** The two links of design a, inconsistent for as long as the user likes. */
    @ParameterizedTest
    @EnumSource
    void shouldFollowLastAttachOrTheVdevice(KernelDesign design) {
        try (Bench bench = new Bench(design::create)) {
            bench.attachTo(bench.a, Bench.ID_ON_A);
            bench.moveVdevice(bench.b, Bench.ID_ON_B);
            assertThat(bench.fault()).as("the domain of A is installed")
                .isEqualTo(follows(design) ? withoutVdevice(design) : "B:9");
            bench.dropVdevice();
            assertThat(bench.fault()).isEqualTo(withoutVdevice(design));
            bench.moveVdevice(bench.a, Bench.ID_ON_A + 2);
            assertThat(bench.fault()).as("another id on the same guest")
                .isEqualTo(forgets(design) ? "A:10" : "A:8");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseAttachWithoutVdeviceOrForwardNothing(KernelDesign design) {
        try (Bench bench = new Bench(design::create)) {
            boolean refuses = design.promises().contains(Promise.REFUSES_WITHOUT_VDEVICE);
            assertThat(bench.device.attach(bench.domain(bench.a))).isEqualTo(refuses ? -Errno.ENOENT : 0);
            assertThat(bench.fault()).isEqualTo(refuses ? "UNATTACHED" : "NO_VDEVICE");
            bench.moveVdevice(bench.a, Bench.ID_ON_A);
            assertThat(bench.device.attach(bench.domain(bench.a)))
                .isEqualTo(refuses ? 0 : -Errno.EBUSY);
            assertThat(bench.fault()).isEqualTo("A:8");
        }
    }
}
