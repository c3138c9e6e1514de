package dev.steward.engine.iommufd;

/**
 * A device bound to iommufd (idev). Made by the driver that binds it, not by the user: a user's destroy of its id
 * answers -EBUSY, since the binding driver holds a pin until {@link #unbind(WaitLimit)}.
 *
 * <p>Attach operations of one group exclude each other; those of different groups run at the same time.
 */
public final class BoundDevice extends IommufdObject {
    private final HostDevice host;
    private final IommuDriver driver;
    private final DeviceGroup group;

    // Under the lock of the group.
    private VDevice vdevice;
    private boolean destroying;

    private BoundDevice(Context context, int id, HostDevice host, IommuDriver driver, DeviceGroup group) {
        super(context, id);
        this.host = host;
        this.driver = driver;
        this.group = group;
        pin(1);
        context.addReference();
    }

    static BoundDevice bind(Context context, HostDevice host, IommuDriver driver) {
        if (!host.cacheCoherent()) {
            throw new IommufdException(Errno.EINVAL, "the device is not cache-coherent");
        }
        if (host.groupId() == HostDevice.NO_GROUP) {
            throw new IommufdException(Errno.ENODEV, "the device has no iommu group");
        }
        if (!host.interruptsIsolated()) {
            throw new IommufdException(Errno.EPERM, "the interrupts of the device are not isolated");
        }
        return context.publish(id -> context.joinGroup(host.groupId(),
            group -> new BoundDevice(context, id, host, driver, group)));
    }

    /**
     * Asks memory for the attach or replace of this device that is under way. For the driver, too, under the lock of
     * the group, before it changes anything.
     *
     * @return false if there is none, and the answer is -ENOMEM.
     */
    public boolean allocatesToAttach() {
        return context().costs().allocation(group.isAttached(this) ? Allocation.REPLACE : Allocation.ATTACH);
    }

    /**
     * Attaches the group of this device to a nested domain; the first attach of a group moves all its bound devices.
     *
     * @param domain nested domain of the same context.
     * @return 0; -EBUSY if this device is attached already; -EINVAL if the group is attached to another domain; -ENOENT
     *         if the domain is being destroyed or of another context; -ENODEV if this device is being unbound
     *         (own rule: the kernel does not ask); or what the driver answered, with nothing changed.
     */
    public int attach(NestedDomain domain) {
        return group.attach(this, domain);
    }

    /**
     * Moves the group of this device from its domain to another one.
     *
     * @param domain nested domain of the same context.
     * @return 0, also without work if it is the same domain; -EINVAL if this device is not attached; -ENOENT if the
     *         domain is being destroyed or of another context; or what the driver answered, with nothing changed.
     */
    public int replace(NestedDomain domain) {
        return group.replace(this, domain);
    }

    /**
     * Detaches this device; the last one of its group takes the group to the blocking domain.
     *
     * @return 0, also if nothing was attached.
     * @throws IllegalStateException if the driver could not block.
     */
    public int detach() {
        return group.detach(this);
    }

    /**
     * Kernel-driven destroy. The vDEVICE goes first and leaves a tombstone, since its id must not be taken anew while
     * the guest may still name it; then short references are waited for.
     *
     * @param limit ends the wait, see {@link WaitLimit}.
     * @return 0; -EBUSY if the device is attached (own rule: the kernel warns), or if the limit came first. After the
     *         latter the device gets no more vDEVICE or attachment, and the call may be repeated; -ENODEV if it is
     *         gone.
     */
    public int unbind(WaitLimit limit) {
        if (destroyed()) {
            return -Errno.ENODEV;
        }
        VDevice pinnedVdevice;
        group.lock();
        try {
            if (group.isAttached(this)) {
                return -Errno.EBUSY;
            }
            destroying = true;
            // Not listed means that a user destroys it just now; the wait below covers that.
            pinnedVdevice = vdevice != null && context().pinIfListed(vdevice) ? vdevice : null;
        } finally {
            group.unlock();
        }
        if (pinnedVdevice != null) {
            int result = context().destroyPinned(pinnedVdevice, true, limit);
            if (result < 0) {
                pinnedVdevice.unpin();
                return result;
            }
        }
        return context().destroyPinned(this, false, limit);
    }

    /** {@return the physical device} */
    public HostDevice host() {
        return host;
    }

    /** {@return the SMMU that this device is behind} */
    public int smmuId() {
        return host.smmuId();
    }

    /** {@return all StreamIDs of the device, a copy, at least one, 32 raw bits each} */
    public int[] streamIds() {
        return host.streamIds();
    }

    /** {@return the group, with the attach handle} */
    public DeviceGroup group() {
        return group;
    }

    IommuDriver driver() {
        return driver;
    }

    VDevice vdevice() {
        return vdevice;
    }

    void vdevice(VDevice newVdevice) {
        vdevice = newVdevice;
    }

    boolean destroying() {
        return destroying;
    }

    @Override
    void onDestroy() {
        context().leaveGroup(group, this);
        context().dropReference();
    }
}
