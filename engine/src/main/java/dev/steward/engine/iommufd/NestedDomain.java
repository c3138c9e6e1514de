package dev.steward.engine.iommufd;

/**
 * A nested domain (hwpt_nested): the guest's stream table entry on top of the VM's stage 2. Pins its vIOMMU and is
 * itself pinned by each attached device, which is why "STE to domain to vIOMMU" cannot dangle while the STE points
 * here. A domain that names a fault queue pins that, too, and lets stalled transactions wait there.
 */
public final class NestedDomain extends IommufdObject {
    /** Allocation flag: a fault queue is named (IOMMU_HWPT_FAULT_ID_VALID). */
    public static final int FLAG_FAULT_ID_VALID = 1 << 2;

    /** Allocation flag: the domain is for use with substreams (IOMMU_HWPT_ALLOC_PASID). */
    public static final int FLAG_PASID = 1 << 3;

    private static final int STE_WORDS = 2;

    private final VIommu viommu;
    private final long steWord0;
    private final long steWord1;
    private final FaultQueue faultQueue;

    private NestedDomain(
        Context context, int id, VIommu viommu, FaultQueue faultQueue, long steWord0, long steWord1) {
        super(context, id);
        this.viommu = viommu;
        this.steWord0 = steWord0;
        this.steWord1 = steWord1;
        this.faultQueue = faultQueue;
        viommu.pin(1);
        if (faultQueue != null) {
            faultQueue.pin(1);
        }
    }

    static NestedDomain allocate(
        Context context, int deviceId, int viommuId, int flags, int faultQueueId, long... steWords) {
        if ((flags & ~(FLAG_PASID | FLAG_FAULT_ID_VALID)) != 0 || steWords.length == 0) {
            throw new IommufdException(Errno.EOPNOTSUPP, "flags 0x" + Integer.toHexString(flags) + " with "
                + steWords.length + " guest STE words");
        }
        if (steWords.length != STE_WORDS) {
            throw new IommufdException(Errno.EINVAL, "the guest STE has " + STE_WORDS + " words");
        }
        BoundDevice device = context.acquire(deviceId, BoundDevice.class);
        try {
            VIommu viommu = context.acquire(viommuId, VIommu.class);
            try {
                if (viommu.smmuId() != device.smmuId()) {
                    throw new IommufdException(Errno.EINVAL, viommu + " is not on the SMMU of " + device);
                }
                int result = device.driver().checkNestedDomain(viommu, steWords[0], steWords[1]);
                if (result < 0) {
                    throw new IommufdException(-result, "the driver refuses the guest STE");
                }
                return (flags & FLAG_FAULT_ID_VALID) == 0
                    ? publish(context, viommu, null, steWords)
                    : publishFaultable(context, viommu, faultQueueId, steWords);
            } finally {
                viommu.release();
            }
        } finally {
            device.release();
        }
    }

    private static NestedDomain publishFaultable(Context context, VIommu viommu, int faultQueueId, long[] steWords) {
        FaultQueue faultQueue = context.acquire(faultQueueId, FaultQueue.class);
        try {
            return publish(context, viommu, faultQueue, steWords);
        } finally {
            faultQueue.release();
        }
    }

    private static NestedDomain publish(Context context, VIommu viommu, FaultQueue faultQueue, long[] steWords) {
        return context.publish(id -> new NestedDomain(context, id, viommu, faultQueue, steWords[0], steWords[1]));
    }

    /** {@return the vIOMMU that this domain pins, never null, alive as long as this domain} */
    public VIommu viommu() {
        return viommu;
    }

    /** {@return where stalled faults of attached devices go; null if the domain named none: such faults are aborted} */
    public FaultQueue faultQueue() {
        return faultQueue;
    }

    /** {@return first word of the guest's stream table entry, opaque here; 64 raw bits} */
    public long steWord0() {
        return steWord0;
    }

    /** {@return second word of the guest's stream table entry, opaque here; 64 raw bits} */
    public long steWord1() {
        return steWord1;
    }

    @Override
    void onDestroy() {
        if (faultQueue != null) {
            faultQueue.unpin();
        }
        viommu.unpin();
    }
}
