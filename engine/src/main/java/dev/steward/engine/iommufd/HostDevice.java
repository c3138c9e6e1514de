package dev.steward.engine.iommufd;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A physical device behind one SMMU, as far as iommufd asks: its iommu group, its StreamIDs and the two properties that
 * a bind checks. Immutable; two binds of the same device pass the same instance.
 */
public final class HostDevice {
    /** Group id of a device that has no iommu group. */
    public static final int NO_GROUP = -1;

    private final int groupId;
    private final int smmuId;
    private final int[] streamIds;
    private final Lock faultParam = new ReentrantLock();
    private final boolean cacheCoherent;
    private final boolean interruptsIsolated;

    /**
     * Describes a device whose memory accesses are cache-coherent and whose interrupts are isolated.
     *
     * @param groupId   iommu group, 0 or more, or {@link #NO_GROUP}.
     * @param smmuId    number of the SMMU that it is behind.
     * @param streamIds the ids that it puts on its transactions, at least one.
     */
    public HostDevice(int groupId, int smmuId, int... streamIds) {
        this(groupId, smmuId, true, true, streamIds);
    }

    /**
     * Describes a device.
     *
     * @param groupId            iommu group, 0 or more, or {@link #NO_GROUP}.
     * @param smmuId             number of the SMMU that it is behind.
     * @param cacheCoherent      false makes every bind fail with -EINVAL.
     * @param interruptsIsolated false makes every bind fail with -EPERM.
     * @param streamIds          the ids that it puts on its transactions, at least one.
     */
    public HostDevice(int groupId, int smmuId, boolean cacheCoherent, boolean interruptsIsolated, int... streamIds) {
        if (streamIds.length == 0) {
            throw new IllegalArgumentException("a device behind an SMMU has at least one StreamID");
        }
        this.groupId = groupId;
        this.smmuId = smmuId;
        this.cacheCoherent = cacheCoherent;
        this.interruptsIsolated = interruptsIsolated;
        this.streamIds = streamIds.clone();
    }

    /** The mutex of the device's fault parameters: its list of faults that wait for an answer (io-pgfault.c). */
    Lock faultParam() {
        return faultParam;
    }

    /** {@return the iommu group, 0 or more, or {@link #NO_GROUP}} */
    public int groupId() {
        return groupId;
    }

    /** {@return the SMMU that this device is behind} */
    public int smmuId() {
        return smmuId;
    }

    /** {@return whether memory accesses of this device are cache-coherent; else it cannot be bound} */
    public boolean cacheCoherent() {
        return cacheCoherent;
    }

    /** {@return whether message signalled interrupts of this device are isolated; else it cannot be bound} */
    public boolean interruptsIsolated() {
        return interruptsIsolated;
    }

    /** {@return all StreamIDs, a copy, at least one, 32 raw bits each} */
    public int[] streamIds() {
        return streamIds.clone();
    }

    /** {@return the first StreamID, 32 raw bits, which converted invalidation commands use (arm-smmu-v3-iommufd.c)} */
    public int firstStreamId() {
        return streamIds[0];
    }
}
