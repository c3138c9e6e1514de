package dev.steward.design;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The driver's side of a vIOMMU with a reference count of its own: one reference for being attached anywhere, one for
 * each event that is being reported to it. Taken unless it is zero ({@code refcount_inc_not_zero()}).
 *
 * <p>Memory modes: all accesses are volatile or read-modify-writes.
 */
final class Vsmmu {
    private static final VarHandle REFERENCES;

    static {
        try {
            REFERENCES = MethodHandles.lookup().findVarHandle(Vsmmu.class, "references", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int viommuId;
    private volatile int references = 1;
    /** Vmasters that name it; under the writer lock of its guard. */
    private int attached;

    Vsmmu(int viommuId) {
        this.viommuId = viommuId;
    }

    int viommuId() {
        return viommuId;
    }

    boolean tryTake() {
        int seen;
        do {
            seen = references;
            if (seen == 0) {
                return false;
            }
        } while (!REFERENCES.compareAndSet(this, seen, seen + 1));
        return true;
    }

    void put() {
        REFERENCES.getAndAdd(this, -1);
    }

    boolean dead() {
        return references == 0;
    }

    void attach() {
        attached++;
    }

    /** Returns true if it was the last vmaster: the caller puts the reference for being attached. */
    boolean detach() {
        return --attached == 0;
    }
}
