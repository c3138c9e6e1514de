package dev.steward.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.steward.engine.iommufd.Errno;
import dev.steward.engine.iommufd.HostDevice;
import dev.steward.engine.iommufd.IommufdException;
import dev.steward.engine.iommufd.NestedDomain;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a VMM and a bus driver are answered (docs/domain.md, 1.2, 1.3, 5.2), and that a refusal changes nothing. */
class ErrorCodeTest {
    @ParameterizedTest
    @EnumSource
    void shouldRefuseWrongOrdersOfAttach(KernelDesign design) {
        try (Bench bench = new Bench(design::create)) {
            bench.moveVdevice(bench.a, Bench.ID_ON_A);
            NestedDomain domain = bench.domain(bench.a);
            assertThat(bench.device.replace(domain)).as("nothing to replace").isEqualTo(-Errno.EINVAL);
            assertThat(bench.fault()).isEqualTo("UNATTACHED");
            assertThat(bench.device.attach(domain)).isZero();
            assertThat(bench.device.attach(domain)).as("twice").isEqualTo(-Errno.EBUSY);
            assertThat(bench.device.replace(domain)).as("by itself").isZero();
            assertThat(bench.device.attach(bench.domain(bench.b))).isEqualTo(-Errno.EBUSY);
            assertThat(bench.fault()).isEqualTo("A:8");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseBadGuestEntryAndSecondVdevice(KernelDesign design) {
        try (Bench bench = new Bench(design::create)) {
            bench.attachTo(bench.a, Bench.ID_ON_A);
            assertRefused(Errno.EIO,
                () -> bench.context.allocateNestedDomain(bench.device.id(), bench.a.id(), 0, 0xfL, 0L));
            assertRefused(Errno.EEXIST,
                () -> bench.context.allocateVdevice(bench.b.id(), bench.device.id(), Bench.ID_ON_B));
            assertRefused(Errno.EINVAL,
                () -> bench.context.allocateVdevice(bench.a.id(), bench.device.id(), 1L << 32));
            assertThat(bench.fault()).as("none of these has touched anything").isEqualTo("A:8");
        }
    }

    /** An id that is taken is refused before the design hears of the vDEVICE. */
    @ParameterizedTest
    @EnumSource
    void shouldRefuseIdThatIsTakenWithoutTellingDesign(KernelDesign design) {
        try (Bench bench = new Bench(design::create)) {
            HostDevice second = new HostDevice(2, Bench.SMMU, Bench.STREAM + 1);
            Bench.check(bench.smmu.probe(second));
            int secondId = bench.context.bind(second, bench.driver).id();
            bench.context.allocateVdevice(bench.b.id(), secondId, Bench.ID_ON_B);
            assertRefused(Errno.EEXIST, () -> bench.moveVdevice(bench.b, Bench.ID_ON_B));
            bench.attachTo(bench.a, Bench.ID_ON_A);
            assertThat(bench.fault()).isEqualTo("A:8");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseProbeOutsideTableOrOfStreamThatIsTaken(KernelDesign design) {
        try (Bench bench = new Bench(design::create)) {
            bench.attachTo(bench.a, Bench.ID_ON_A);
            assertThat(bench.smmu.probe(new HostDevice(3, Bench.SMMU, 0x100))).isEqualTo(-Errno.ERANGE);
            assertThat(bench.smmu.probe(new HostDevice(4, Bench.SMMU, Bench.STREAM))).isEqualTo(-Errno.ENODEV);
            Bench.check(bench.smmu.probe(bench.host));
            assertThat(bench.fault()).as("probed again, it stays attached").isEqualTo("A:8");
        }
    }

    private static void assertRefused(int errno, Runnable operation) {
        assertThatExceptionOfType(IommufdException.class).isThrownBy(operation::run)
            .returns(errno, IommufdException::errno);
    }
}
