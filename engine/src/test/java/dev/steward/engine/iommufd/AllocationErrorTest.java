package dev.steward.engine.iommufd;

import static dev.steward.engine.iommufd.Machine.SMMU;
import static dev.steward.engine.iommufd.Machine.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The error column of "who pins whom", row by row. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AllocationErrorTest {
    private final Machine machine = new Machine();
    private final Context context = machine.context;
    private final BoundDevice device = machine.device;

    @Nested
    class Bind {
        @Test
        void shouldRefuseDeviceThatIsNotCoherent() {
            assertRefused(Errno.EINVAL, () -> context.bind(new HostDevice(1, SMMU, false, true, 1), machine.driver));
        }

        @Test
        void shouldRefuseDeviceWithoutGroup() {
            assertRefused(Errno.ENODEV,
                () -> context.bind(new HostDevice(HostDevice.NO_GROUP, SMMU, 1), machine.driver));
        }

        @Test
        void shouldRefuseDeviceWhoseInterruptsAreNotIsolated() {
            assertRefused(Errno.EPERM, () -> context.bind(new HostDevice(1, SMMU, true, false, 1), machine.driver));
        }

        /** A bind that fails midway must leave the group to whoever binds it next. */
        @Test
        void shouldLeaveGroupToOthersWhenBindFails() {
            Function<DeviceGroup, BoundDevice> failing = group -> {
                throw new IommufdException(Errno.ENOSPC, "fails");
            };
            assertRefused(Errno.ENOSPC, () -> context.joinGroup(9, failing));
            HostDevice host = new HostDevice(9, SMMU, 0x43);
            assertThat(machine.iommufd.open().bind(host, machine.driver).host()).isSameAs(host);

            assertRefused(Errno.ENOSPC, () -> context.joinGroup(device.host().groupId(), failing));
            assertRefused(Errno.EPERM, () -> machine.iommufd.open().bind(device.host(), machine.driver));
        }

        @Test
        void shouldShareGroupWhenGroupIdIsSame() {
            assertThat(machine.bind(7, 0x41).group()).isSameAs(device.group());
            assertThat(machine.bind(8, 0x42).group()).isNotSameAs(device.group());
        }

        @Test
        void shouldMakeNewGroupWhenLastDeviceOfOldOneIsGone() {
            BoundDevice first = machine.bind(8, 0x42);
            DeviceGroup old = first.group();
            assertThat(first.unbind(WaitLimit.NEVER)).isZero();
            assertThat(machine.bind(8, 0x42).group()).isNotSameAs(old);
        }
    }

    @Nested
    class Parent {
        @Test
        void shouldRefuseFaultIdTogetherWithNestParent() {
            assertRefused(Errno.EOPNOTSUPP, () -> context.allocateParentDomain(device.id(), machine.ioas.id(),
                ParentDomain.FLAG_NEST_PARENT | NestedDomain.FLAG_FAULT_ID_VALID));
        }

        @Test
        void shouldRefuseUnknownIdAndWrongType() {
            assertRefused(Errno.ENOENT, () -> context.allocateParentDomain(device.id(), 12345, 0));
            assertRefused(Errno.ENOENT, () -> context.allocateParentDomain(device.id(), device.id(), 0));
            assertRefused(Errno.ENOENT, () -> context.allocateParentDomain(machine.ioas.id(), machine.ioas.id(), 0));
        }
    }

    @Nested
    class Viommu {
        @Test
        void shouldRefuseFlagsAndDefaultType() {
            int parent = machine.parent.id();
            assertRefused(Errno.EOPNOTSUPP,
                () -> context.allocateViommu(device.id(), parent, VIommu.TYPE_ARM_SMMUV3, 1));
            assertRefused(Errno.EOPNOTSUPP,
                () -> context.allocateViommu(device.id(), parent, VIommu.TYPE_DEFAULT, 0));
        }

        @Test
        void shouldRefuseWhenDriverOffersNone() {
            machine.driver.viommusSupported = false;
            assertRefused(Errno.EOPNOTSUPP, machine::viommu);
        }

        @Test
        void shouldRefuseParentThatIsNoNestParent() {
            ParentDomain plain = context.allocateParentDomain(device.id(), machine.ioas.id(), 0);
            assertRefused(Errno.EINVAL,
                () -> context.allocateViommu(device.id(), plain.id(), VIommu.TYPE_ARM_SMMUV3, 0));
        }

        @Test
        void shouldRefuseParentOnOtherSmmu() {
            BoundDevice other = machine.bindOnOtherSmmu(9, 1);
            assertRefused(Errno.EINVAL,
                () -> context.allocateViommu(other.id(), machine.parent.id(), VIommu.TYPE_ARM_SMMUV3, 0));
        }
    }

    @Nested
    class NestedHwpt {
        @Test
        void shouldRefuseFlagsAndEmptyData() {
            int viommu = machine.viommu.id();
            assertRefused(Errno.EOPNOTSUPP, () -> context.allocateNestedDomain(device.id(), viommu, 1, 0, 0));
            assertRefused(Errno.EOPNOTSUPP, () -> context.allocateNestedDomain(device.id(), viommu, 0));
            assertRefused(Errno.EINVAL, () -> context.allocateNestedDomain(device.id(), viommu, 0, 1));
            assertThat(context.allocateNestedDomain(device.id(), viommu, NestedDomain.FLAG_PASID, 5, 6))
                .returns(5L, NestedDomain::steWord0).returns(6L, NestedDomain::steWord1);
        }

        @Test
        void shouldRefuseDeviceOnOtherSmmu() {
            BoundDevice other = machine.bindOnOtherSmmu(9, 1);
            assertRefused(Errno.EINVAL,
                () -> context.allocateNestedDomain(other.id(), machine.viommu.id(), 0, 1, 2));
        }

        @Test
        void shouldPassOnWhatDriverSaysOfGuestWordsWithoutTrace() {
            int objects = context.objects();
            int users = machine.viommu.users();
            machine.driver.checkResult = -Errno.EIO;
            assertRefused(Errno.EIO, machine::nested);
            machine.driver.checkResult = -Errno.EOPNOTSUPP;
            assertRefused(Errno.EOPNOTSUPP, machine::nested);
            assertThat(context.objects()).isEqualTo(objects);
            assertThat(machine.viommu.users()).isEqualTo(users);
        }
    }

    @Nested
    class Vdevice {
        @Test
        void shouldRefuseIdsBeyondStreamIds() {
            assertRefused(Errno.EINVAL, () -> context.allocateVdevice(machine.viommu.id(), device.id(), 1L << 32));
            assertRefused(Errno.EINVAL, () -> context.allocateVdevice(machine.viommu.id(), device.id(), -1L));
            assertThat(context.allocateVdevice(machine.viommu.id(), device.id(), 0xffff_ffffL).virtualStreamId())
                .isEqualTo(-1);
        }

        @Test
        void shouldRefuseDeviceOnOtherSmmu() {
            BoundDevice other = machine.bindOnOtherSmmu(9, 1);
            assertRefused(Errno.EINVAL, () -> context.allocateVdevice(machine.viommu.id(), other.id(), 1));
        }

        @Test
        void shouldRefuseSecondVdeviceOfDevice() {
            context.allocateVdevice(machine.viommu.id(), device.id(), 1);
            assertRefused(Errno.EEXIST, () -> context.allocateVdevice(machine.viommu.id(), device.id(), 2));
            assertRefused(Errno.EEXIST, () -> context.allocateVdevice(machine.viommu().id(), device.id(), 2));
        }

        @Test
        void shouldRefuseTakenVirtualIdWithoutTrace() {
            context.allocateVdevice(machine.viommu.id(), device.id(), 1);
            BoundDevice other = machine.bind(8, 0x41);
            int users = machine.viommu.users();
            assertRefused(Errno.EEXIST, () -> context.allocateVdevice(machine.viommu.id(), other.id(), 1));
            assertThat(machine.viommu.users()).isEqualTo(users);
            assertThat(other.waiters()).isEqualTo(1);
            assertThat(context.allocateVdevice(machine.viommu.id(), other.id(), 2).device()).isSameAs(other);
        }

        @Test
        void shouldRefuseDeviceThatIsBeingDestroyed() {
            device.addWaiter();
            assertThat(device.unbind(() -> true)).isEqualTo(-Errno.EBUSY);
            assertRefused(Errno.ENOENT, () -> context.allocateVdevice(machine.viommu.id(), device.id(), 1));
        }
    }

    @Nested
    class Veventq {
        @Test
        void shouldRefuseFlagsTypeAndDepth() {
            int viommu = machine.viommu.id();
            int arm = VEventLayout.TYPE_ARM_SMMUV3;
            assertRefused(Errno.EOPNOTSUPP, () -> context.allocateVeventq(viommu, arm, 4, 1, Waker.NONE));
            assertRefused(Errno.EOPNOTSUPP,
                () -> context.allocateVeventq(viommu, VEventLayout.TYPE_DEFAULT, 4, 0, Waker.NONE));
            assertRefused(Errno.EOPNOTSUPP, () -> context.allocateVeventq(viommu, 77, 4, 0, Waker.NONE));
            assertRefused(Errno.EINVAL, () -> context.allocateVeventq(viommu, arm, 0, 0, Waker.NONE));
            assertRefused(Errno.ENOMEM, () -> context.allocateVeventq(viommu, arm, -1, 0, Waker.NONE));
        }

        @Test
        void shouldRefuseSecondOfSameTypeButGrantOtherType() {
            machine.veventq(1);
            int objects = context.objects();
            assertRefused(Errno.EEXIST, () -> machine.veventq(1));
            assertThat(context.objects()).isEqualTo(objects);
            VEventQueue other = context.allocateVeventq(
                machine.viommu.id(), VEventLayout.TYPE_TEGRA241_CMDQV, 1, 0, Waker.NONE);
            assertThat(machine.viommu.veventq(VEventLayout.TYPE_TEGRA241_CMDQV)).isSameAs(other);
        }
    }

    @Test
    void shouldRefuseEverythingWhenFileIsClosed() {
        context.close();
        context.close();
        assertRefused(Errno.EBADF, context::allocateIoas);
        assertThat(context.destroy(machine.viommu.id())).isEqualTo(-Errno.EBADF);
    }
}
