package dev.steward.jmh;

import dev.steward.jmh.cmdqv.CmdqvDriver;
import dev.steward.jmh.cmdqv.CmdqvLayout;
import dev.steward.jmh.cmdqv.RegisterWatch;
import dev.steward.jmh.cmdqv.Vintf;
import dev.steward.engine.iommufd.BoundDevice;
import dev.steward.engine.iommufd.Context;
import dev.steward.engine.iommufd.Errno;
import dev.steward.engine.iommufd.HostDevice;
import dev.steward.engine.iommufd.IommuDriver;
import dev.steward.engine.iommufd.Iommufd;
import dev.steward.engine.iommufd.IommufdException;
import dev.steward.engine.iommufd.NestedDomain;
import dev.steward.engine.iommufd.ParentDomain;
import dev.steward.engine.iommufd.VDevice;
import dev.steward.engine.iommufd.VIommu;
import dev.steward.engine.iommufd.WaitLimit;

/**
 * A VM with n vDEVICEs behind one SMMU, with slots for their StreamIDs or without. Virtual ids are those of single
 * function devices, 8 apart; physical ones begin at 2^16.
 *
 * <p>A VM that asks for slots and has more vDEVICEs than there are meets -ENOSPC at the first one too many. Then it is
 * built anew on a plain vIOMMU: the extension serves all devices of a VM or is not given to it.
 */
final class CommandedVm implements AutoCloseable {
    private static final int SMMU = 0;
    private static final int FIRST_PHYSICAL_ID = 1 << 16;
    private static final int VIRTUAL_ID_SHIFT = 3;
    private static final int PARAM = CmdqvLayout.param(4, 6, 7);

    private final Context context = new Iommufd().open();
    private final CmdqvDriver driver;
    private final BoundDevice[] devices;
    private final VIommu viommu;
    private VDevice last;

    private CommandedVm(int type, int vdevices, RegisterWatch watch) {
        driver = new CmdqvDriver(new NothingBelow(), PARAM, watch);
        devices = new BoundDevice[vdevices];
        for (int i = 0; i < vdevices; i++) {
            devices[i] = context.bind(new HostDevice(i, SMMU, FIRST_PHYSICAL_ID + i), driver);
        }
        int first = devices[0].id();
        ParentDomain parent =
            context.allocateParentDomain(first, context.allocateIoas().id(), ParentDomain.FLAG_NEST_PARENT);
        viommu = context.allocateViommu(first, parent.id(), type, 0);
    }

    /** Asks for slots, with a watch on their registers, or not; what came of it is {@link #slots()}. */
    static CommandedVm boot(boolean slots, int vdevices, RegisterWatch watch) {
        if (slots) {
            CommandedVm vm = new CommandedVm(VIommu.TYPE_TEGRA241_CMDQV, vdevices, watch);
            try {
                vm.allocateVdevices();
                return vm;
            } catch (IommufdException e) {
                vm.close();
                if (e.errno() != Errno.ENOSPC) {
                    throw e;
                }
            }
        }
        CommandedVm vm = new CommandedVm(VIommu.TYPE_ARM_SMMUV3, vdevices, watch);
        vm.allocateVdevices();
        return vm;
    }

    private void allocateVdevices() {
        for (int i = 0; i < devices.length; i++) {
            last = context.allocateVdevice(viommu.id(), devices[i].id(), virtualStreamId(i));
        }
    }

    static int virtualStreamId(int index) {
        return index << VIRTUAL_ID_SHIFT;
    }

    static int physicalStreamId(int index) {
        return FIRST_PHYSICAL_ID + index;
    }

    VIommu viommu() {
        return viommu;
    }

    /** The interface with the slots; null if commands are trapped. */
    Vintf slots() {
        return driver.vintf(viommu);
    }

    /**
     * Destroys the vDEVICE with the highest id and makes it anew, as when its device is replugged. One thread at a
     * time, as for any one device.
     */
    synchronized VDevice replug() {
        int result = context.destroy(last.id());
        if (result != 0) {
            throw new IllegalStateException(last + " was not destroyed but " + result);
        }
        int index = devices.length - 1;
        last = context.allocateVdevice(viommu.id(), devices[index].id(), virtualStreamId(index));
        return last;
    }

    /** Unbinds the devices, which takes their vDEVICEs along, and frees the rest. */
    @Override
    public void close() {
        for (BoundDevice device : devices) {
            int result = device.unbind(WaitLimit.NEVER);
            if (result != 0) {
                throw new IllegalStateException(device + " was not unbound but " + result);
            }
        }
        context.close();
    }

    /** A driver that has nothing to do for a vDEVICE, so that what is measured is the core's and the slots'. */
    private static final class NothingBelow implements IommuDriver {
        @Override
        public int attachNested(BoundDevice device, NestedDomain domain) {
            return 0;
        }

        @Override
        public int attachBlocked(BoundDevice device) {
            return 0;
        }
    }
}
