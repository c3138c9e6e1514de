package dev.steward.engine.iommufd;

/**
 * A stage-2 paging domain of a VM (hwpt_paging). Pins its {@link Ioas}; only one allocated as nest parent can carry
 * vIOMMUs. Automatic domains are not modelled.
 */
public final class ParentDomain extends IommufdObject {
    /** Allocation flag: the domain may be the stage-2 parent of nested ones (IOMMU_HWPT_ALLOC_NEST_PARENT). */
    public static final int FLAG_NEST_PARENT = 1;

    private final Ioas ioas;
    private final int smmuId;
    private final boolean nestParent;

    private ParentDomain(Context context, int id, Ioas ioas, BoundDevice device, boolean nestParent) {
        super(context, id);
        this.ioas = ioas;
        this.smmuId = device.smmuId();
        this.nestParent = nestParent;
        ioas.pin(1);
    }

    static ParentDomain allocate(Context context, int deviceId, int ioasId, int flags) {
        // Covers the kernel's refusal of a fault id together with NEST_PARENT, too.
        if ((flags & ~FLAG_NEST_PARENT) != 0) {
            throw new IommufdException(Errno.EOPNOTSUPP, "hwpt flags 0x" + Integer.toHexString(flags));
        }
        BoundDevice device = context.acquire(deviceId, BoundDevice.class);
        try {
            Ioas ioas = context.acquire(ioasId, Ioas.class);
            try {
                return context.publish(id ->
                    new ParentDomain(context, id, ioas, device, (flags & FLAG_NEST_PARENT) != 0));
            } finally {
                ioas.release();
            }
        } finally {
            device.release();
        }
    }

    /** {@return whether vIOMMUs may be made on this domain, by {@link #FLAG_NEST_PARENT}} */
    public boolean nestParent() {
        return nestParent;
    }

    /** {@return the SMMU that this domain was made for} */
    public int smmuId() {
        return smmuId;
    }

    @Override
    void onDestroy() {
        ioas.unpin();
    }
}
