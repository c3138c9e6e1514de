package dev.steward.engine.iommufd;

import dev.steward.engine.stream.Backoff;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * An object with an id in a {@link Context}, and the two counters of every iommufd object (iommufd_private.h, main.c):
 * {@code users}, the long pins of other objects and attachments, and the waiters ({@code wait_cnt}, before Linux 6.17
 * {@code shortterm_users}), the references for the length of one operation. Both start at 1.
 *
 * <p>Counters may be read and moved by any thread; all moves are volatile read-modify-writes, so what happened before
 * an {@link #unpin()} happens before the destroy that it made possible.
 */
public abstract class IommufdObject {
    private static final VarHandle USERS;
    private static final VarHandle WAITERS;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            USERS = lookup.findVarHandle(IommufdObject.class, "users", int.class);
            WAITERS = lookup.findVarHandle(IommufdObject.class, "waiters", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Context context;
    private final int id;
    private volatile int users = 1;
    private volatile int waiters = 1;
    private volatile boolean destroyed;

    IommufdObject(Context context, int id) {
        this.context = context;
        this.id = id;
    }

    /** {@return id of this object, the one that user space names it by; 1 to 2^31 - 1} */
    public final int id() {
        return id;
    }

    /** {@return the open file that this object belongs to} */
    public final Context context() {
        return context;
    }

    /** {@return long pins, with the one that the object was born with; 0 after a destroy, 1 if nobody pins it} */
    public final int users() {
        return users;
    }

    /** Short references, with the one from birth: 0 once a destroy has waited for all; for tests of lifetimes. */
    final int waiters() {
        return waiters;
    }

    /** Whether the destroy of this object has succeeded, for good. A use after that is a bug of the user. */
    public final boolean destroyed() {
        return destroyed;
    }

    /**
     * Takes a long pin unless the object is dead: the reference-count half of an optimistic reader. Wait-free but for
     * failed compare-and-sets. While it is held, a destroy answers -EBUSY.
     *
     * @return false if the object is destroyed or being destroyed; nothing is held then.
     */
    public final boolean tryPin() {
        return incrementUnlessZero(USERS);
    }

    /**
     * Gives back a pin of {@link #tryPin()}.
     *
     * @throws IllegalStateException if it would be the pin that the object was born with.
     */
    public final void unpin() {
        unpin(1);
    }

    /** A further pin of one who knows that the object cannot die now. */
    final void pin(int count) {
        int before = (int) USERS.getAndAdd(this, count);
        if (before <= 0) {
            USERS.getAndAdd(this, -count);
            throw new IllegalStateException("pin of a dead " + this);
        }
    }

    final void unpin(int count) {
        int seen;
        do {
            seen = users;
            if (seen <= count) {
                throw new IllegalStateException("unpin by " + count + " of " + this + " with " + seen + " users");
            }
        } while (!USERS.compareAndSet(this, seen, seen - count));
    }

    /** The one step of a destroy: only the birth pin may be left. */
    final boolean dropLastPin() {
        return USERS.compareAndSet(this, 1, 0);
    }

    /** A long pin first, then the short reference; neither if one of them is gone. */
    final boolean acquire() {
        if (!incrementUnlessZero(USERS)) {
            return false;
        }
        if (!incrementUnlessZero(WAITERS)) {
            unpin(1);
            return false;
        }
        return true;
    }

    /** Counterpart of {@link #acquire()}: users first, then the short reference that a destroyer may wait for. */
    final void release() {
        unpin(1);
        removeWaiter();
    }

    final void addWaiter() {
        if (!incrementUnlessZero(WAITERS)) {
            throw new IllegalStateException("short reference on " + this + " that nobody may look up any more");
        }
    }

    final void removeWaiter() {
        int before = (int) WAITERS.getAndAdd(this, -1);
        if (before <= 0) {
            throw new IllegalStateException("short reference on " + this + " released twice");
        }
    }

    /**
     * Drops the birth reference and waits for the others. Spins politely: they last as long as one operation. False if
     * the limit came first; the birth reference is back then.
     */
    final boolean awaitWaiters(WaitLimit limit) {
        removeWaiter();
        int looks = 0;
        while (waiters != 0) {
            if (limit.reached()) {
                // If the last one left just now the wait has succeeded after all.
                return !incrementUnlessZero(WAITERS);
            }
            Backoff.pause(looks++);
        }
        return true;
    }

    /** Undoes a successful {@link #awaitWaiters}: the object lives on. */
    final void restoreBirthWaiter() {
        WAITERS.getAndAdd(this, 1);
    }

    final void destroyNow() {
        destroyed = true;
        onDestroy();
    }

    /** Leaves the structures of others and drops the pins on them. Called once, with {@code users} 0. */
    abstract void onDestroy();

    @Override
    public final String toString() {
        return getClass().getSimpleName() + " " + id;
    }

    private boolean incrementUnlessZero(VarHandle counter) {
        int seen;
        do {
            seen = (int) counter.getVolatile(this);
            if (seen == 0) {
                return false;
            }
        } while (!counter.compareAndSet(this, seen, seen + 1));
        return true;
    }
}
