package dev.steward.engine.iommufd;

/**
 * The virtual StreamID of one device on one vIOMMU. Pins the vIOMMU, and holds a short reference on the device, which
 * makes an unbind destroy it first (Linux 6.17).
 */
public final class VDevice extends IommufdObject {
    private static final long MAX_VIRTUAL_ID = 0xffff_ffffL;

    private final VIommu viommu;
    private final BoundDevice device;
    private final int virtualStreamId;

    private VDevice(Context context, int id, VIommu viommu, BoundDevice device, int virtualStreamId) {
        super(context, id);
        this.viommu = viommu;
        this.device = device;
        this.virtualStreamId = virtualStreamId;
    }

    static VDevice allocate(Context context, int viommuId, int deviceId, long virtualId) {
        VIommu viommu = context.acquire(viommuId, VIommu.class);
        try {
            // Own limit in the place of ULONG_MAX: an id is a StreamID, 32 bits.
            if (Long.compareUnsigned(virtualId, MAX_VIRTUAL_ID) > 0) {
                throw new IommufdException(Errno.EINVAL, "virtual id " + Long.toUnsignedString(virtualId));
            }
            BoundDevice device = context.acquire(deviceId, BoundDevice.class);
            try {
                if (viommu.smmuId() != device.smmuId()) {
                    throw new IommufdException(Errno.EINVAL, viommu + " is not on the SMMU of " + device);
                }
                return allocateLocked(context, viommu, device, (int) virtualId);
            } finally {
                device.release();
            }
        } finally {
            viommu.release();
        }
    }

    private static VDevice allocateLocked(Context context, VIommu viommu, BoundDevice device, int virtualId) {
        device.group().lock();
        try {
            if (device.destroying()) {
                throw new IommufdException(Errno.ENOENT, device + " is being destroyed");
            }
            if (device.vdevice() != null) {
                throw new IommufdException(Errno.EEXIST, device + " already has a vDEVICE");
            }
            return context.publish(Allocation.VDEVICE, id -> {
                VDevice created = new VDevice(context, id, viommu, device, virtualId);
                if (!viommu.addVdevice(created)) {
                    throw new IommufdException(Errno.EEXIST,
                        "virtual id " + Integer.toUnsignedString(virtualId) + " is taken");
                }
                int result = device.driver().initVdevice(created);
                if (result < 0) {
                    viommu.removeVdevice(created);
                    throw new IommufdException(-result, "the driver refuses " + created);
                }
                viommu.pin(1);
                device.addWaiter();
                device.vdevice(created);
                return created;
            });
        } finally {
            device.group().unlock();
        }
    }

    /** {@return the vIOMMU that this vDEVICE belongs to, never null, alive as long as this vDEVICE} */
    public VIommu viommu() {
        return viommu;
    }

    /** {@return the device behind this vDEVICE} */
    public BoundDevice device() {
        return device;
    }

    /** {@return the StreamID that the guest sees for the device, 32 raw bits} */
    public int virtualStreamId() {
        return virtualStreamId;
    }

    @Override
    void onDestroy() {
        device.group().lock();
        try {
            device.driver().destroyVdevice(this);
            viommu.removeVdevice(this);
            viommu.unpin();
            device.vdevice(null);
            device.removeWaiter();
        } finally {
            device.group().unlock();
        }
    }
}
