package dev.steward.engine.iommufd;

import dev.steward.engine.stream.CommandLayout;
import java.util.Arrays;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Supplier;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The slice of one physical SMMU that one VM owns: its vDEVICEs by virtual id, its vEVENTQs by type. Pins its S2
 * parent.
 *
 * <p>The physical SMMU is a number and is not counted, since it cannot be unplugged.
 *
 * <p>Locks, in the kernel's order: the {@code vdevs} spinlock (xa_lock) stands alone; the {@code veventqs} read-write
 * lock is taken before the spinlock of a queue. The read-write lock is a {@link StampedLock}, which needs no per-thread
 * state: a report takes the read side without allocation unless a queue is being added or removed at that moment.
 *
 * <p>A report to a destroyed vIOMMU is a use after free in the kernel. Here it is an answer of its own and is counted.
 */
public final class VIommu extends IommufdObject {
    /** Type 0 of the uAPI; an allocation refuses it. */
    public static final int TYPE_DEFAULT = 0;

    /** A virtual SMMUv3. */
    public static final int TYPE_ARM_SMMUV3 = 1;

    /** A virtual SMMUv3 with the Tegra241 command queue extension. */
    public static final int TYPE_TEGRA241_CMDQV = 2;

    /** Result of a report that met a destroyed vIOMMU. Below every errno. */
    public static final int USE_AFTER_DESTROY = -Errno.MAX_ERRNO - 1;

    private static final VEventQueue[] NO_QUEUES = {};

    private final IommuDriver driver;
    private final ParentDomain parent;
    private final int type;
    private final int smmuId;
    private final UnsafeBuffer block;
    private final SpinLock vdevsLock;
    private final VDeviceMap vdevices = new VDeviceMap();
    private final StampedLock veventqsLock = new StampedLock();
    private VEventQueue[] veventqs = NO_QUEUES;

    private VIommu(Context context, int id, IommuDriver driver, ParentDomain parent, int type) {
        super(context, id);
        this.driver = driver;
        this.parent = parent;
        this.type = type;
        this.smmuId = parent.smmuId();
        block = ObjectMemory.allocate(VIommuLayout.BLOCK_LENGTH, "a vIOMMU");
        block.putLongVolatile(VIommuLayout.CANARY_OFFSET, ObjectMemory.ALIVE);
        vdevsLock = new SpinLock(block, VIommuLayout.VDEVS_LOCK_OFFSET);
        parent.pin(1);
    }

    static VIommu allocate(Context context, int deviceId, int parentId, int type, int flags) {
        if (flags != 0 || type == TYPE_DEFAULT) {
            throw new IommufdException(Errno.EOPNOTSUPP, "vIOMMU type " + type + ", flags " + flags);
        }
        BoundDevice device = context.acquire(deviceId, BoundDevice.class);
        try {
            if (!device.driver().supportsViommu(device, type)) {
                throw new IommufdException(Errno.EOPNOTSUPP, "the driver has no vIOMMU of type " + type);
            }
            ParentDomain parent = context.acquire(parentId, ParentDomain.class);
            try {
                if (!parent.nestParent() || parent.smmuId() != device.smmuId()) {
                    throw new IommufdException(Errno.EINVAL, parent + " is no nest parent on the SMMU of " + device);
                }
                VIommu viommu = context.publish(id -> new VIommu(context, id, device.driver(), parent, type));
                context.track(viommu);
                return viommu;
            } finally {
                parent.release();
            }
        } finally {
            device.release();
        }
    }

    /**
     * Queues an event for the VM: the list of vEVENTQs is searched by type under the read side of the list's lock,
     * which stays held to the end. Any number of threads; no allocation; waits only for a spinlock of a few stores and
     * for a queue that is being added or removed.
     *
     * @param eventType type of the vEVENTQ, see {@link VEventLayout}.
     * @param event     copied.
     * @return {@link VEventQueue#QUEUED}, {@link VEventQueue#LOST}, -ENOMEM for one that is lost for want of memory,
     *         -EOPNOTSUPP if there is no vEVENTQ of this type, or {@link #USE_AFTER_DESTROY}.
     */
    public int report(int eventType, VEvent event) {
        if (block.getLongVolatile(VIommuLayout.CANARY_OFFSET) != ObjectMemory.ALIVE) {
            block.getAndAddLong(VIommuLayout.REPORTS_AFTER_DESTROY_OFFSET, 1);
            return USE_AFTER_DESTROY;
        }
        StampedLock lock = veventqsLock;
        long stamp = lock.readLock();
        int result;
        try {
            VEventQueue queue = findVeventq(eventType);
            result = queue == null ? -Errno.EOPNOTSUPP : queue.report(event);
        } finally {
            lock.unlockRead(stamp);
        }
        // The event is where it is, so the result stands for the ledger; but no guard may let this happen either.
        if (block.getLongVolatile(VIommuLayout.CANARY_OFFSET) != ObjectMemory.ALIVE) {
            block.getAndAddLong(VIommuLayout.REPORTS_OVERLAPPED_OFFSET, 1);
        }
        return result;
    }

    /**
     * Virtual StreamID of a device: a linear scan in the order of the virtual ids, O(number of vDEVICEs), with the
     * {@code vdevs} lock held, as the driver does it at attach (iommufd_viommu_get_vdev_id). No allocation.
     *
     * @param device device to look for.
     * @return 0 to 2^32 - 1, or -ENOENT.
     */
    public long virtualStreamIdOf(BoundDevice device) {
        return virtualStreamIdOf(device.host());
    }

    /**
     * As {@link #virtualStreamIdOf(BoundDevice)}, for the event path, which knows the physical device only.
     *
     * @param host device to look for.
     * @return 0 to 2^32 - 1, or -ENOENT.
     */
    public long virtualStreamIdOf(HostDevice host) {
        vdevsLock.lock();
        try {
            return virtualStreamIdLocked(host);
        } finally {
            vdevsLock.unlock();
        }
    }

    /** Takes the {@code vdevs} lock, for callers that scan and use the answer before the vDEVICE may go. */
    public void lockVdevices() {
        vdevsLock.lock();
    }

    /** Gives the {@code vdevs} lock back. */
    public void unlockVdevices() {
        vdevsLock.unlock();
    }

    /**
     * The scan alone, with the {@code vdevs} lock held by the caller.
     *
     * @param host device to look for.
     * @return 0 to 2^32 - 1, or -ENOENT.
     */
    public long virtualStreamIdLocked(HostDevice host) {
        VDevice vdevice = vdevices.findFirstOf(host);
        return vdevice == null ? -Errno.ENOENT : vdevice.virtualStreamId() & 0xffff_ffffL;
    }

    /**
     * The other direction, for commands of the guest: O(log n) under the {@code vdevs} lock, no allocation.
     *
     * @param virtualStreamId StreamID that the guest named, 32 raw bits.
     * @return first physical StreamID of the device, 0 to 2^32 - 1, or -EIO if the guest has no such device.
     */
    public long physicalStreamIdOf(int virtualStreamId) {
        vdevsLock.lock();
        try {
            VDevice vdevice = vdevices.find(virtualStreamId);
            return vdevice == null ? -Errno.EIO : vdevice.device().host().firstStreamId() & 0xffff_ffffL;
        } finally {
            vdevsLock.unlock();
        }
    }

    /**
     * Converts a command of the guest's invalidation array in place: the device that the guest names is looked up and
     * the first StreamID of its master put in, both under the {@code vdevs} lock, which keeps the vDEVICE alive
     * (docs/domain.md, 6.1). For the commands that name a stream: ATC_INV, CFGI_CD, CFGI_CD_ALL. No allocation; any
     * thread that {@linkplain #tryPin() pins} this vIOMMU meanwhile.
     *
     * @param commands words of the commands, two each.
     * @param word     index of word 0 of the command.
     * @return 0, or -EIO for another opcode or a StreamID that the guest does not have: then nothing has changed.
     */
    public int convertCommand(long[] commands, int word) {
        long word0 = commands[word];
        if (!namesStream(CommandLayout.opcode(word0))) {
            return -Errno.EIO;
        }
        vdevsLock.lock();
        try {
            VDevice vdevice = vdevices.find(CommandLayout.streamId(word0));
            if (vdevice == null) {
                return -Errno.EIO;
            }
            commands[word] = CommandLayout.withStreamId(word0, vdevice.device().host().firstStreamId());
            return 0;
        } finally {
            vdevsLock.unlock();
        }
    }

    private static boolean namesStream(int opcode) {
        return opcode == CommandLayout.OP_ATC_INV || opcode == CommandLayout.OP_CFGI_CD
            || opcode == CommandLayout.OP_CFGI_CD_ALL;
    }

    /** Device behind a virtual StreamID, or null; for tests. Out of date when it arrives. */
    BoundDevice deviceOf(int virtualStreamId) {
        vdevsLock.lock();
        try {
            VDevice vdevice = vdevices.find(virtualStreamId);
            return vdevice == null ? null : vdevice.device();
        } finally {
            vdevsLock.unlock();
        }
    }

    /**
     * The vEVENTQ of a type.
     *
     * @param eventType see {@link VEventLayout}.
     * @return the queue, or null.
     */
    public VEventQueue veventq(int eventType) {
        long stamp = veventqsLock.readLock();
        try {
            return findVeventq(eventType);
        } finally {
            veventqsLock.unlockRead(stamp);
        }
    }

    /** {@return number of vDEVICEs now} */
    public int vdevices() {
        vdevsLock.lock();
        try {
            return vdevices.size();
        } finally {
            vdevsLock.unlock();
        }
    }

    /** {@return the S2 parent that this vIOMMU pins} */
    public ParentDomain parent() {
        return parent;
    }

    /** {@return type of this vIOMMU, {@link #TYPE_ARM_SMMUV3} or another one that the driver supports} */
    public int type() {
        return type;
    }

    /** {@return the physical SMMU that this is a slice of} */
    public int smmuId() {
        return smmuId;
    }

    /** {@return reports begun after the destroy: use after free, the invariant I1 broken; 0 for a correct guard} */
    public long reportsAfterDestroy() {
        return block.getLongVolatile(VIommuLayout.REPORTS_AFTER_DESTROY_OFFSET);
    }

    /** {@return reports still running when the destroy happened, the invariant I2 broken; 0 for a correct guard} */
    public long reportsOverlappedByDestroy() {
        return block.getLongVolatile(VIommuLayout.REPORTS_OVERLAPPED_OFFSET);
    }

    boolean addVdevice(VDevice vdevice) {
        vdevsLock.lock();
        try {
            return vdevices.putIfAbsent(vdevice.virtualStreamId(), vdevice);
        } finally {
            vdevsLock.unlock();
        }
    }

    void removeVdevice(VDevice vdevice) {
        vdevsLock.lock();
        try {
            vdevices.remove(vdevice.virtualStreamId(), vdevice);
        } finally {
            vdevsLock.unlock();
        }
    }

    /** Adds under the write side what the factory makes there, unless a queue of the type exists. */
    VEventQueue addVeventq(int eventType, Supplier<VEventQueue> factory) {
        long stamp = veventqsLock.writeLock();
        try {
            if (findVeventq(eventType) != null) {
                throw new IommufdException(Errno.EEXIST, this + " already has a vEVENTQ of type " + eventType);
            }
            VEventQueue created = factory.get();
            VEventQueue[] longer = Arrays.copyOf(veventqs, veventqs.length + 1);
            longer[veventqs.length] = created;
            veventqs = longer;
            return created;
        } finally {
            veventqsLock.unlockWrite(stamp);
        }
    }

    void removeVeventq(VEventQueue queue) {
        long stamp = veventqsLock.writeLock();
        try {
            veventqs = Arrays.stream(veventqs).filter(q -> q != queue).toArray(VEventQueue[]::new);
        } finally {
            veventqsLock.unlockWrite(stamp);
        }
    }

    private VEventQueue findVeventq(int eventType) {
        for (VEventQueue queue : veventqs) {
            if (queue.type() == eventType) {
                return queue;
            }
        }
        return null;
    }

    @Override
    void onDestroy() {
        driver.destroyViommu(this);
        block.putLongVolatile(VIommuLayout.CANARY_OFFSET, ObjectMemory.POISON);
        parent.unpin();
    }
}
