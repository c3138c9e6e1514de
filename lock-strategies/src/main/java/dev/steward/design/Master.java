package dev.steward.design;

import dev.steward.engine.iommufd.HostDevice;
import dev.steward.strategy.SectionLock;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A master, which is a device with all its StreamIDs: pointer to the vmaster, lock of its own where the design has one
 * (docs/domain.md, 1.3).
 */
final class Master {
    /** Without the lock; held by the layout test. */
    static final long BYTES = 40;

    private static final VarHandle VMASTER;
    private static final VarHandle NESTED;
    private static final VarHandle DEVICE_REFERENCES;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            VMASTER = lookup.findVarHandle(Master.class, "vmaster", VMaster.class);
            NESTED = lookup.findVarHandle(Master.class, "nested", boolean.class);
            DEVICE_REFERENCES = lookup.findVarHandle(Master.class, "deviceReferences", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int streamId;
    private final HostDevice device;
    private final SectionLock lock;

    /** Guarded by what the design says, or published by release and found by acquire. */
    private VMaster vmaster;
    private boolean nested;
    private int deviceReferences = 1;

    Master(int streamId, HostDevice device, SectionLock lock) {
        this.streamId = streamId;
        this.device = device;
        this.lock = lock;
    }

    /** The first of its StreamIDs. */
    int streamId() {
        return streamId;
    }

    /** All its StreamIDs, a copy. */
    int[] streamIds() {
        return device == null ? new int[] {streamId} : device.streamIds();
    }

    /** The device that was probed; null where a guard runs without an SMMU. */
    HostDevice device() {
        return device;
    }

    /** The lock of this master; null in designs that have none. */
    SectionLock lock() {
        return lock;
    }

    VMaster vmaster() {
        return vmaster;
    }

    VMaster vmasterAcquire() {
        return (VMaster) VMASTER.getAcquire(this);
    }

    /** Under the lock that guards it. */
    VMaster exchange(VMaster next) {
        VMaster old = vmaster;
        vmaster = next;
        return old;
    }

    VMaster exchangeRelease(VMaster next) {
        VMaster old = vmaster;
        VMASTER.setRelease(this, next);
        return old;
    }

    /** Whether a nested domain is installed, for the design that asks so beside the pointer. */
    boolean nestedOpaque() {
        return (boolean) NESTED.getOpaque(this);
    }

    void nestedOpaque(boolean now) {
        NESTED.setOpaque(this, now);
    }

    /**
     * The reference on the device that the first look-up takes. (own) Given back at once: what it costs is the shared
     * line, and nobody takes the device away meanwhile.
     */
    void takeDevice() {
        DEVICE_REFERENCES.getAndAdd(this, 1);
    }

    void putDevice() {
        DEVICE_REFERENCES.getAndAdd(this, -1);
    }
}
