package dev.steward.jmh.cmdqv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.steward.engine.iommufd.BoundDevice;
import dev.steward.engine.iommufd.Context;
import dev.steward.engine.iommufd.Errno;
import dev.steward.engine.iommufd.HostDevice;
import dev.steward.engine.iommufd.Iommufd;
import dev.steward.engine.iommufd.IommuDriver;
import dev.steward.engine.iommufd.IommufdException;
import dev.steward.engine.iommufd.NestedDomain;
import dev.steward.engine.iommufd.ParentDomain;
import dev.steward.engine.iommufd.VDevice;
import dev.steward.engine.iommufd.VIommu;
import dev.steward.engine.stream.CommandLayout;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CmdqvDriverTest {
    private static final int SMMU = 3;
    private static final int OP_CFGI_STE = 0x03;

    private final List<String> asked = new ArrayList<>();
    private final CmdqvDriver driver =
        new CmdqvDriver(new Underneath(), CmdqvLayout.param(4, 1, 2), RegisterWatch.NONE);
    private final Iommufd iommufd = new Iommufd();
    private final Context context = iommufd.open();
    private final BoundDevice device = bind(0x100);
    private final int parentId =
        context.allocateParentDomain(device.id(), context.allocateIoas().id(), ParentDomain.FLAG_NEST_PARENT).id();
    private final VIommu viommu = viommu(VIommu.TYPE_TEGRA241_CMDQV);

    private BoundDevice bind(int streamId) {
        return context.bind(new HostDevice(streamId, SMMU, streamId), driver);
    }

    private VIommu viommu(int type) {
        return context.allocateViommu(device.id(), parentId, type, 0);
    }

    @Test
    void shouldTranslateInHardwareForLifeOfVdevice() {
        VDevice vdevice = context.allocateVdevice(viommu.id(), device.id(), 8);
        GuestCommands commands = new GuestCommands(viommu, driver.vintf(viommu));
        assertThat(commands.issue(CommandLayout.invalidateAtcWord0(8))).isEqualTo(GuestCommands.BY_HARDWARE);
        assertThat(commands.issued()).isEqualTo(CommandLayout.invalidateAtcWord0(0x100));
        context.destroy(vdevice.id());
        assertThat(driver.vintf(viommu).physicalStreamIdOf(8)).isEqualTo(Vintf.MISS);
        assertThat(commands.issue(CommandLayout.invalidateAtcWord0(8))).isEqualTo(-Errno.EIO);
        assertThat(asked).containsExactly("init 8", "destroy 8");
    }

    @Test
    void shouldTrapWhatTheQueueOfTheGuestCannotDo() {
        context.allocateVdevice(viommu.id(), device.id(), 8);
        GuestCommands commands = new GuestCommands(viommu, driver.vintf(viommu));
        assertThat(commands.issue(GuestCommands.OP_TLBI_NH_VA)).isEqualTo(GuestCommands.BY_HARDWARE);
        assertThat(commands.issue(GuestCommands.OP_TLBI_NH_ASID)).isEqualTo(GuestCommands.BY_HARDWARE);
        long configuration = CommandLayout.withStreamId(OP_CFGI_STE, 8);
        assertThat(commands.issue(configuration)).isEqualTo(GuestCommands.TRAPPED);
        assertThat(commands.issued()).isEqualTo(CommandLayout.withStreamId(OP_CFGI_STE, 0x100));
        assertThat(commands.issue(CommandLayout.withStreamId(OP_CFGI_STE, 9))).isEqualTo(-Errno.EIO);
    }

    @Test
    void shouldRefuseVdeviceWithoutSlotAndLeaveNothingBehind() {
        for (int i = 0; i < CmdqvLayout.MAX_SLOTS; i++) {
            context.allocateVdevice(viommu.id(), bind(0x200 + i).id(), i);
        }
        asked.clear();
        assertThatExceptionOfType(IommufdException.class)
            .isThrownBy(() -> context.allocateVdevice(viommu.id(), device.id(), 0x20))
            .returns(Errno.ENOSPC, IommufdException::errno);
        assertThat(asked).containsExactly("init 20", "destroy 20");
        assertThat(viommu.vdevices()).isEqualTo(CmdqvLayout.MAX_SLOTS);
        assertThat(viommu.users()).isEqualTo(1 + CmdqvLayout.MAX_SLOTS);
        assertThat(context.destroy(device.id())).as("only its driver pins it").isEqualTo(-Errno.EBUSY);
    }

    /** The VM that has more devices than slots gives the extension up: everything traps, and works. */
    @Test
    void shouldServeEveryDeviceByTrapOnPlainViommu() {
        VIommu plain = viommu(VIommu.TYPE_ARM_SMMUV3);
        for (int i = 0; i <= CmdqvLayout.MAX_SLOTS; i++) {
            context.allocateVdevice(plain.id(), bind(0x200 + i).id(), i);
        }
        assertThat(driver.vintf(plain)).isNull();
        GuestCommands commands = new GuestCommands(plain, null);
        for (int i = 0; i <= CmdqvLayout.MAX_SLOTS; i++) {
            assertThat(commands.issue(CommandLayout.invalidateAtcWord0(i))).isEqualTo(GuestCommands.TRAPPED);
            assertThat(commands.issued()).isEqualTo(CommandLayout.invalidateAtcWord0(0x200 + i));
        }
        assertThat(commands.issue(GuestCommands.OP_TLBI_NH_VA)).isEqualTo(GuestCommands.TRAPPED);
        assertThat(commands.issue(CommandLayout.invalidateAtcWord0(0x99))).isEqualTo(-Errno.EIO);
    }

    @Test
    void shouldRunOutOfInterfacesAndGiveThemBackWithTheirViommu() {
        VIommu second = viommu(VIommu.TYPE_TEGRA241_CMDQV);
        VIommu third = viommu(VIommu.TYPE_TEGRA241_CMDQV);
        context.allocateVdevice(viommu.id(), device.id(), 8);
        VDevice last = context.allocateVdevice(second.id(), bind(0x101).id(), 8);
        BoundDevice other = bind(0x102);
        assertThat(driver.vintf(second).index()).isOne();
        assertThatExceptionOfType(IommufdException.class)
            .isThrownBy(() -> context.allocateVdevice(third.id(), other.id(), 8))
            .returns(Errno.ENOSPC, IommufdException::errno);
        context.destroy(last.id());
        assertThat(context.destroy(second.id())).isZero();
        context.allocateVdevice(third.id(), other.id(), 8);
        assertThat(driver.vintf(third).index()).isOne();
    }

    @Test
    void shouldRefuseIdOver32BitsBeforeAnySlotIsTaken() {
        assertThatExceptionOfType(IommufdException.class)
            .isThrownBy(() -> context.allocateVdevice(viommu.id(), device.id(), 1L << 32))
            .returns(Errno.EINVAL, IommufdException::errno);
        assertThat(driver.vintf(viommu)).isNull();
    }

    /** A method that is added to the interface must not get lost on the way. */
    @Test
    void shouldPassOnEveryOperation() {
        assertThat(Arrays.stream(IommuDriver.class.getDeclaredMethods())
            .filter(method -> !method.isSynthetic() && !Modifier.isStatic(method.getModifiers())))
            .isNotEmpty().allSatisfy(CmdqvDriverTest::assertOverridden);
    }

    private static void assertOverridden(Method method) throws NoSuchMethodException {
        assertThat(CmdqvDriver.class.getMethod(method.getName(), method.getParameterTypes()).getDeclaringClass())
            .as("%s", method).isEqualTo(CmdqvDriver.class);
    }

    private final class Underneath implements IommuDriver {
        @Override
        public int attachNested(BoundDevice attached, NestedDomain domain) {
            return 0;
        }

        @Override
        public int attachBlocked(BoundDevice blocked) {
            return 0;
        }

        @Override
        public int initVdevice(VDevice vdevice) {
            asked.add("init " + Integer.toHexString(vdevice.virtualStreamId()));
            return 0;
        }

        @Override
        public void destroyVdevice(VDevice vdevice) {
            asked.add("destroy " + Integer.toHexString(vdevice.virtualStreamId()));
        }
    }
}
