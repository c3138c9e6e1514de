package dev.steward.engine.iommufd;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An iommu group inside a context (igroup): owner of the attach lock, of the attach record and of the attach handle.
 *
 * <p>One {@link ReentrantLock} plays both {@code igroup.lock} and the {@code group.mutex} below it, which the kernel
 * never holds apart on this path. Substreams are not modelled: there is one attach record, that of no PASID.
 *
 * <p>Order of handle and driver operation (iommu.c at 5e9f822c9c68; docs/domain.md, 5.2):
 * <pre>
 *   attach    driver op, store handle, users + 1
 *   replace   driver op, store new handle, fence if any, free old handle, automatic answers, move users
 *   detach    driver op (blocking), erase handle, fence if any, free handle, automatic answers, users - 1
 * </pre>
 * Before v6.15 an attach stored its handle first. A fault could then be queued for an attach that failed after that:
 * its handle was freed, and nobody answered the fault but the VMM.
 *
 * <p>The kernel frees the memory of the handle last. Here a handle counts as freed from the fence on (own): a fault
 * that still comes through it shows that none was there, also if the automatic answers have passed by already.
 *
 * <p>The automatic answers go to the queue of the handle's own domain; a replace that took the queue of the new one
 * would leave stalls without an answer, as the kernel once did (docs/domain.md, 4.4).
 *
 * <p>The pins on a domain always fall after the driver operation has returned.
 */
public final class DeviceGroup {
    private static final VarHandle HANDLE;

    static {
        try {
            HANDLE = MethodHandles.lookup().findVarHandle(DeviceGroup.class, "handle", AttachHandle.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int groupId;
    private final KernelVersion kernel;
    private final ReentrantLock lock = new ReentrantLock();

    // All below under the lock; the handle is also read without it.
    private final List<BoundDevice> bound = new ArrayList<>();
    private final List<BoundDevice> installed = new ArrayList<>();
    private final List<BoundDevice> attached = new ArrayList<>();
    private NestedDomain domain;
    private AttachHandle handle;

    DeviceGroup(int groupId, KernelVersion kernel) {
        this.groupId = groupId;
        this.kernel = kernel;
    }

    /** {@return number of the iommu group, 0 or more} */
    public int groupId() {
        return groupId;
    }

    /**
     * The attach handle as the fault path finds it: an acquire load, no lock, no pin. What it names may be detached
     * meanwhile, unless the caller is fenced by the driver.
     *
     * @return the handle, or null if nothing is attached.
     */
    public AttachHandle handle() {
        return (AttachHandle) HANDLE.getAcquire(this);
    }

    int attach(BoundDevice device, NestedDomain newDomain) {
        if (newDomain.context() != device.context() || !newDomain.acquire()) {
            return -Errno.ENOENT;
        }
        lock.lock();
        try {
            if (device.destroying()) {
                // (own) The kernel has no such test here, only in the allocation of a vDEVICE.
                return -Errno.ENODEV;
            }
            if (attached.contains(device)) {
                return -Errno.EBUSY;
            }
            if (domain != null && domain != newDomain) {
                return -Errno.EINVAL;
            }
            int result = domain == null ? attachFirst(device, newDomain) : attachFurther(device);
            if (result == 0) {
                attached.add(device);
                newDomain.pin(1);
            }
            return result;
        } finally {
            lock.unlock();
            newDomain.release();
        }
    }

    private int attachFirst(BoundDevice device, NestedDomain newDomain) {
        if (!device.allocatesToAttach()) {
            return -Errno.ENOMEM;
        }
        AttachHandle newHandle = new AttachHandle(device, newDomain);
        boolean published = kernel.handleBeforeDriver();
        if (published) {
            HANDLE.setRelease(this, newHandle);
        }
        int result = installAll(bound, newDomain);
        if (result < 0) {
            if (published) {
                HANDLE.setRelease(this, null);
                newHandle.free();
            }
            return result;
        }
        HANDLE.setRelease(this, newHandle);
        installed.addAll(bound);
        domain = newDomain;
        return 0;
    }

    /** The first attach has already moved all devices of the group, but for one that was bound later (own). */
    private int attachFurther(BoundDevice device) {
        if (installed.contains(device)) {
            return 0;
        }
        int result = device.driver().attachNested(device, domain);
        if (result == 0) {
            installed.add(device);
        }
        return result;
    }

    int replace(BoundDevice device, NestedDomain newDomain) {
        if (newDomain.context() != device.context() || !newDomain.acquire()) {
            return -Errno.ENOENT;
        }
        lock.lock();
        try {
            if (!attached.contains(device)) {
                return -Errno.EINVAL;
            }
            NestedDomain oldDomain = domain;
            if (oldDomain == newDomain) {
                return 0;
            }
            if (!device.allocatesToAttach()) {
                return -Errno.ENOMEM;
            }
            AttachHandle newHandle = new AttachHandle(device, newDomain);
            int result = installAll(installed, newDomain);
            if (result < 0) {
                return result;
            }
            AttachHandle oldHandle = handle;
            HANDLE.setRelease(this, newHandle);
            retire(oldHandle);
            domain = newDomain;
            newDomain.pin(attached.size());
            oldDomain.unpin(attached.size());
            return 0;
        } finally {
            lock.unlock();
            newDomain.release();
        }
    }

    int detach(BoundDevice device) {
        lock.lock();
        try {
            if (!attached.remove(device)) {
                return 0;
            }
            NestedDomain oldDomain = domain;
            if (attached.isEmpty()) {
                for (BoundDevice each : installed) {
                    block(each);
                }
                installed.clear();
                AttachHandle oldHandle = handle;
                HANDLE.setRelease(this, null);
                retire(oldHandle);
                domain = null;
            }
            oldDomain.unpin();
            return 0;
        } finally {
            lock.unlock();
        }
    }

    /** All devices or none: those already moved go back to what the group had. */
    private int installAll(List<BoundDevice> devices, NestedDomain newDomain) {
        for (int i = 0; i < devices.size(); i++) {
            BoundDevice device = devices.get(i);
            int result = device.driver().attachNested(device, newDomain);
            if (result < 0) {
                for (int j = 0; j < i; j++) {
                    revert(devices.get(j));
                }
                return result;
            }
        }
        return 0;
    }

    private void revert(BoundDevice device) {
        // (gen) A way back that fails, say because the vDEVICE is gone by now, ends in the blocking domain.
        if (domain == null || device.driver().attachNested(device, domain) < 0) {
            block(device);
        }
    }

    private static void block(BoundDevice device) {
        int result = device.driver().attachBlocked(device);
        if (result != 0) {
            throw new IllegalStateException("blocking " + device + " failed: " + Errno.name(-result));
        }
    }

    /** No fault path finds the handle any more. A driver with a fence waits for those that hold it. */
    private static void retire(AttachHandle handle) {
        FaultQueue faultQueue = handle.domain().faultQueue();
        if (faultQueue != null) {
            handle.device().driver().drainFaults();
        }
        handle.free();
        if (faultQueue != null) {
            faultQueue.detach(handle);
        }
    }

    void lock() {
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }

    boolean isAttached(BoundDevice device) {
        return attached.contains(device);
    }

    void addBound(BoundDevice device) {
        lock.lock();
        try {
            bound.add(device);
        } finally {
            lock.unlock();
        }
    }

    /** An unbound device stays among the installed ones: its stream table entry still belongs to the group's domain. */
    boolean removeBound(BoundDevice device) {
        lock.lock();
        try {
            bound.remove(device);
            return bound.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
