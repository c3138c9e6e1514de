package dev.steward.engine.iommufd;

/**
 * The driver under iommufd: what the core calls to move a device from one domain to another.
 *
 * <p>The attach operations run under the lock of the device's group, one at a time for a group, at the same time for
 * different groups. When one returns, no event may still be on its way to the vIOMMU of the domain that was there
 * before: the core drops the pin on that domain right after (rule 2 of the lifetimes). A driver that defers that wait
 * does it in {@link #destroyViommu}. An operation that fails has changed nothing.
 */
public interface IommuDriver {
    /**
     * Installs a nested domain for every stream of a device.
     *
     * @param device device to attach; it keeps what was attached if this fails.
     * @param domain pinned for the length of the call.
     * @return 0, or a negative errno: -EINVAL if the vIOMMU is on another SMMU, -EBUSY if substreams are in use,
     *         -EOPNOTSUPP if the domain takes faults and the device has several streams,
     *         -ENOENT if the vIOMMU has no vDEVICE for this device, -ENOMEM if there is no memory for it.
     */
    int attachNested(BoundDevice device, NestedDomain domain);

    /**
     * Installs the blocking domain for every stream of a device, so that it can no longer cause events of a guest.
     *
     * @param device device to block.
     * @return 0; the core cannot handle a failure and throws.
     */
    int attachBlocked(BoundDevice device);

    /**
     * Answers whether a vIOMMU can be made on this device's SMMU (the kernel asks for its size, 0 means no).
     *
     * @param device device whose SMMU is asked.
     * @param type   requested type, not {@link VIommu#TYPE_DEFAULT}.
     * @return false makes the allocation fail with -EOPNOTSUPP.
     */
    default boolean supportsViommu(BoundDevice device, int type) {
        return type == VIommu.TYPE_ARM_SMMUV3;
    }

    /**
     * Told that an attach handle was erased or replaced, which the core frees right after. A driver with a fence waits
     * until no fault path uses it; those released do not (docs/domain.md, 5.5).
     */
    default void drainFaults() {
        // a driver without stalled faults
    }

    /**
     * Answers a stalled transaction, exactly once for each.
     *
     * @param streamId of the transaction, 32 raw bits.
     * @param group    number of the page request group: the stall tag.
     * @param code     {@link FaultLayout#SUCCESS} or {@link FaultLayout#INVALID}.
     * @param stamp    sideband of the report.
     */
    default void respond(int streamId, int group, int code, long stamp) {
        // a driver without stalled faults
    }

    /**
     * Told that a vIOMMU is about to be destroyed: no attachment pins it any more. When this returns, no event may be
     * on its way to it, also where attach operations left such events to be waited for.
     *
     * @param viommu whose memory goes right after.
     */
    default void destroyViommu(VIommu viommu) {
        // attach has waited
    }

    /**
     * Checks the guest's stream table entry when a nested domain is made.
     *
     * @param viommu  vIOMMU that the domain will pin.
     * @param steWord0 first guest word.
     * @param steWord1 second guest word.
     * @return 0, or -EIO for bits that a guest may not set, or -EOPNOTSUPP if the driver cannot nest.
     */
    default int checkNestedDomain(VIommu viommu, long steWord0, long steWord1) {
        return 0;
    }

    /**
     * Told of a new vDEVICE (the driver's vdevice_init), under the lock of the device's group, after its id has been
     * taken in its vIOMMU.
     *
     * @param vdevice of a device of this driver.
     * @return 0, or a negative errno with nothing changed, which makes the allocation fail with it.
     */
    default int initVdevice(VDevice vdevice) {
        return 0;
    }

    /**
     * Told that a vDEVICE is about to leave its vIOMMU, under the lock of the device's group.
     *
     * @param vdevice for which {@link #initVdevice} answered 0.
     */
    default void destroyVdevice(VDevice vdevice) {
        // holds nothing for a vDEVICE
    }
}
