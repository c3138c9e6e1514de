package dev.steward.design;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.iommufd.Errno;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The windows of docs/domain.md, 5.4, each design in each: where an event goes that is handled at that very moment. W8
 * is about stalled faults, which go another way.
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
