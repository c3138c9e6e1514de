package dev.steward.engine.iommufd;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.IntArrayList;

/**
 * One open file of iommufd (ictx): the ids of its objects, the groups of its devices, and the operations of user space.
 *
 * <p>Allocations throw an {@link IommufdException} with the errno of the ioctl, for instance -ENOENT for an id that is
 * unknown, of the wrong type or not yet finalised; then nothing has changed. Safe for any number of threads.
 *
 * <p>The file, each bound device and each open vEVENTQ or fault queue hold a reference on the context. With the last
 * one all objects that are left are destroyed, those that pin before those that they pin.
 */
public final class Context implements AutoCloseable {
    private final Iommufd iommufd;
    private final ObjectTable objects = new ObjectTable();
    private final Int2ObjectHashMap<DeviceGroup> groups = new Int2ObjectHashMap<>();
    private final IntArrayList viommuIds = new IntArrayList();
    private final AtomicInteger references = new AtomicInteger(1);
    private final AtomicBoolean fileClosed = new AtomicBoolean();

    Context(Iommufd iommufd) {
        this.iommufd = iommufd;
    }

    /**
     * Binds a device, for the driver that owns it (VFIO), not for the user.
     *
     * @param host   device to bind.
     * @param driver driver of the device's SMMU.
     * @return the bound device, pinned for its driver.
     * @throws IommufdException EINVAL if not cache-coherent, ENODEV without group, EPERM without interrupt isolation or
     *                          while the group is bound in another context.
     */
    public BoundDevice bind(HostDevice host, IommuDriver driver) {
        return BoundDevice.bind(this, host, driver);
    }

    /** Makes an I/O address space (IOAS_ALLOC). */
    public Ioas allocateIoas() {
        return publish(id -> new Ioas(this, id));
    }

    /**
     * Makes a stage-2 paging domain (HWPT_ALLOC on an address space).
     *
     * @param deviceId bound device that names the SMMU.
     * @param ioasId   address space.
     * @param flags    0 or {@link ParentDomain#FLAG_NEST_PARENT}.
     * @return the new object.
     * @throws IommufdException EOPNOTSUPP for other flags, a fault id with or without NEST_PARENT among them.
     */
    public ParentDomain allocateParentDomain(int deviceId, int ioasId, int flags) {
        return ParentDomain.allocate(this, deviceId, ioasId, flags);
    }

    /**
     * Makes a vIOMMU (VIOMMU_ALLOC).
     *
     * @param deviceId bound device that names the SMMU.
     * @param parentId S2 parent.
     * @param type     {@link VIommu#TYPE_ARM_SMMUV3} or another type that the driver supports.
     * @param flags    must be 0.
     * @return the new object.
     * @throws IommufdException EOPNOTSUPP for flags, the default type or a type that the driver has not; EINVAL if the
     *                          domain is no nest parent or belongs to another SMMU.
     */
    public VIommu allocateViommu(int deviceId, int parentId, int type, int flags) {
        return VIommu.allocate(this, deviceId, parentId, type, flags);
    }

    /**
     * Makes a vDEVICE (VDEVICE_ALLOC).
     *
     * @param viommuId  vIOMMU.
     * @param deviceId  bound device.
     * @param virtualId StreamID that the guest sees, 0 to 2^32 - 1.
     * @return the new object.
     * @throws IommufdException EINVAL for a larger virtual id or a device on another SMMU; ENOENT if the device is
     *                          being destroyed; EEXIST if it has a vDEVICE or the virtual id is taken.
     */
    public VDevice allocateVdevice(int viommuId, int deviceId, long virtualId) {
        return VDevice.allocate(this, viommuId, deviceId, virtualId);
    }

    /**
     * Makes a nested domain on a vIOMMU (HWPT_ALLOC with the id of a vIOMMU).
     *
     * @param deviceId bound device.
     * @param viommuId vIOMMU, which the domain will pin.
     * @param flags    0 or {@link NestedDomain#FLAG_PASID}; a fault queue is named by {@link #allocateFaultableDomain}.
     * @param steWords the two words of the guest's stream table entry.
     * @return the new object.
     * @throws IommufdException EOPNOTSUPP for other flags or no words; EINVAL for a device on another SMMU; what the
     *                          driver answers to the words, EIO for forbidden bits.
     */
    public NestedDomain allocateNestedDomain(int deviceId, int viommuId, int flags, long... steWords) {
        if ((flags & NestedDomain.FLAG_FAULT_ID_VALID) != 0) {
            throw new IommufdException(Errno.EINVAL, "a fault id is announced, but not given");
        }
        return NestedDomain.allocate(this, deviceId, viommuId, flags, 0, steWords);
    }

    /**
     * Makes a nested domain whose stalled faults wait in a fault queue (HWPT_ALLOC with a fault id).
     *
     * @param deviceId     bound device.
     * @param viommuId     vIOMMU, which the domain will pin.
     * @param faultQueueId fault queue, which the domain will pin.
     * @param steWords     the two words of the guest's stream table entry.
     * @return the new object.
     * @throws IommufdException as for {@link #allocateNestedDomain}; ENOENT if there is no such fault queue.
     */
    public NestedDomain allocateFaultableDomain(int deviceId, int viommuId, int faultQueueId, long... steWords) {
        return NestedDomain.allocate(
            this, deviceId, viommuId, NestedDomain.FLAG_FAULT_ID_VALID, faultQueueId, steWords);
    }

    /**
     * Makes a fault queue and opens its file (FAULT_QUEUE_ALLOC).
     *
     * @param flags must be 0.
     * @param waker told when the queue gets its first unread fault, by the thread that reports it: must be quick and
     *              must not call the queue.
     * @return the new object, open.
     * @throws IommufdException EOPNOTSUPP for flags.
     */
    public FaultQueue allocateFaultQueue(int flags, Runnable waker) {
        return FaultQueue.allocate(this, flags, waker);
    }

    /**
     * Makes a vEVENTQ and opens its file (VEVENTQ_ALLOC). Its first sequence is 0.
     *
     * @param viommuId vIOMMU.
     * @param type     type of the events, see {@link VEventLayout}; one queue of a type for a vIOMMU.
     * @param depth    most unread events, above 0.
     * @param flags    must be 0.
     * @param waker    told when the queue becomes readable.
     * @return the new object, open.
     * @throws IommufdException EOPNOTSUPP for flags, the default type or one without known record; EINVAL for depth 0;
     *                          EEXIST for a second of the same type; ENOMEM for a depth that does not fit memory.
     */
    public VEventQueue allocateVeventq(int viommuId, int type, int depth, int flags, Waker waker) {
        return allocateVeventq(viommuId, type, depth, flags, 0, waker);
    }

    /** As the public one, with a first sequence near the wrap. */
    VEventQueue allocateVeventq(int viommuId, int type, int depth, int flags, int firstSequence, Waker waker) {
        return VEventQueue.allocate(this, viommuId, type, depth, flags, firstSequence, waker);
    }

    /**
     * User-driven destroy (IOMMU_DESTROY): the object goes if nobody but itself pins it, in one step.
     *
     * @param id object id.
     * @return 0; -ENOENT for an id that is unknown, not finalised or a tombstone; -EBUSY if pinned; -EBADF after close.
     */
    public int destroy(int id) {
        return fileClosed.get() ? -Errno.EBADF : objects.destroy(id);
    }

    /**
     * Finds an object by id and type, without a pin.
     *
     * @param id   object id.
     * @param type class of the object.
     * @param <T>  class of the object.
     * @return the object; it may be destroyed by the time the caller uses it.
     * @throws IommufdException ENOENT.
     */
    public <T extends IommufdObject> T find(int id, Class<T> type) {
        T object = acquire(id, type);
        object.release();
        return object;
    }

    /** Objects that are alive or being made; for tests of lifetimes. */
    int objects() {
        return objects.size();
    }

    /** Ids reserved until this file is closed, since their vDEVICE went with its device; for tests of lifetimes. */
    int tombstones() {
        return objects.tombstones();
    }

    /**
     * Closes the file. What is left is destroyed when the last bound device and the last open vEVENTQ are gone, too.
     * Closing twice has no effect.
     */
    @Override
    public void close() {
        if (fileClosed.compareAndSet(false, true)) {
            dropReference();
        }
    }

    void addReference() {
        references.getAndIncrement();
    }

    void dropReference() {
        if (references.decrementAndGet() == 0) {
            objects.destroyAll();
            synchronized (viommuIds) {
                viommuIds.forEachInt(iommufd.viommus()::remove);
                viommuIds.clear();
            }
        }
    }

    <T extends IommufdObject> T acquire(int id, Class<T> type) {
        return objects.acquire(id, type);
    }

    /** The order of every allocation: reserve the id, make the object, let look-ups see it. */
    <T extends IommufdObject> T publish(IntFunction<T> factory) {
        return publish(Allocation.OBJECT, factory);
    }

    <T extends IommufdObject> T publish(Allocation of, IntFunction<T> factory) {
        if (fileClosed.get()) {
            throw new IommufdException(Errno.EBADF, "the context is closed");
        }
        if (!costs().allocation(of)) {
            throw new IommufdException(Errno.ENOMEM, "no memory for an object");
        }
        int id = iommufd.nextId();
        objects.reserve(id);
        boolean made = false;
        try {
            T object = factory.apply(id);
            objects.finalise(object);
            made = true;
            return object;
        } finally {
            if (!made) {
                objects.abort(id);
            }
        }
    }

    boolean pinIfListed(IommufdObject object) {
        return objects.pinIfListed(object);
    }

    int destroyPinned(IommufdObject object, boolean leaveTombstone, WaitLimit limit) {
        return objects.destroyPinned(object, leaveTombstone, limit);
    }

    /** Makes a vIOMMU findable for event threads until this context is released. */
    void track(VIommu viommu) {
        synchronized (viommuIds) {
            viommuIds.addInt(viommu.id());
            iommufd.viommus().add(viommu);
        }
    }

    /** The kernel whose steps are taken. */
    KernelVersion kernel() {
        return iommufd.kernel();
    }

    /** What the steps of a report take. */
    ReportCosts costs() {
        return iommufd.costs();
    }

    /** Creates a device as member of its group; the first member creates the group. */
    BoundDevice joinGroup(int groupId, Function<DeviceGroup, BoundDevice> factory) {
        synchronized (groups) {
            iommufd.claimDma(groupId, this);
            DeviceGroup known = groups.get(groupId);
            DeviceGroup group = known != null ? known : new DeviceGroup(groupId, kernel());
            boolean joined = false;
            try {
                BoundDevice device = factory.apply(group);
                group.addBound(device);
                groups.put(groupId, group);
                joined = true;
                return device;
            } finally {
                if (!joined && known == null) {
                    iommufd.releaseDma(groupId);
                }
            }
        }
    }

    void leaveGroup(DeviceGroup group, BoundDevice device) {
        synchronized (groups) {
            if (group.removeBound(device)) {
                groups.remove(group.groupId());
                iommufd.releaseDma(group.groupId());
            }
        }
    }
}
