package dev.steward.engine.iommufd;

/**
 * What the fault path finds for a group: the domain that was attached and the device that attached it. Published and
 * erased by {@link DeviceGroup}; a fault that arrives late may hold it after {@link #released()} turned true.
 */
public final class AttachHandle {
    private final BoundDevice device;
    private final NestedDomain domain;
    private volatile boolean released;

    AttachHandle(BoundDevice device, NestedDomain domain) {
        this.device = device;
        this.domain = domain;
    }

    /**
     * The device whose attach or replace made this handle. Its object id is the {@code dev_id} of a fault record.
     *
     * @return never null.
     */
    public BoundDevice device() {
        return device;
    }

    /** {@return the domain, and through it the vIOMMU; never null, pinned until {@link #released()}} */
    public NestedDomain domain() {
        return domain;
    }

    /** Whether the core has freed this handle, in a detach or replace: a use after that shows a missing fence. */
    public boolean released() {
        return released;
    }

    void free() {
        released = true;
    }
}
