package dev.steward.strategy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The queue of those who spin for a sleeping lock, of whom only its head looks at the lock: the place of the kernel's
 * {@code osq_lock()} (kernel/locking/osq_lock.c), whose tail is a word of the lock, as here.
 *
 * <p>As there, a thread that waits in it may give up. That is simpler if each looks at its predecessor's node and not
 * at its own (Scott and Scherer 2001, "Scalable queue-based spin locks with timeout"): one that gives up leaves a
 * pointer to its own predecessor behind. The order is the same. A node is garbage afterwards; only contended locks make
 * any.
 *
 * <p>Memory modes: the tail is swapped and compared volatile; a link is set by release and read by acquire.
 */
abstract class SpinnerQueue extends Padding {
    private static final VarHandle TAIL;
    private static final VarHandle LINK;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            TAIL = lookup.findVarHandle(SpinnerQueue.class, "tail", Spinner.class);
            LINK = lookup.findVarHandle(Spinner.class, "link", Spinner.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** How waiters wait, and where they count it. */
    final LockWaits waits;

    private volatile Spinner tail;

    SpinnerQueue(LockWaits waits) {
        this.waits = waits;
    }

    /**
     * Waits until the caller is the head.
     *
     * @param looks how often it looks before it gives up.
     * @return to be handed to {@link #leaveSpinners}, or null if it gave up.
     */
    final Spinner enterSpinners(int looks) {
        Spinner own = new Spinner();
        Spinner awaited = (Spinner) TAIL.getAndSet(this, own);
        int look = 0;
        for (; awaited != null; look++) {
            Spinner link = (Spinner) LINK.getAcquire(awaited);
            if (link == Spinner.GONE) {
                break;
            }
            if (link != null) {
                awaited = link;
            } else if (look >= looks) {
                if (!TAIL.compareAndSet(this, own, awaited)) {
                    LINK.setRelease(own, awaited);
                }
                waits.spun(look);
                return null;
            }
            Thread.onSpinWait();
        }
        waits.spun(look);
        return own;
    }

    final void leaveSpinners(Spinner own) {
        if (!TAIL.compareAndSet(this, own, null)) {
            LINK.setRelease(own, Spinner.GONE);
        }
    }

    /** The last that has joined and not left, null if there is none; for tests. */
    final Spinner lastSpinner() {
        return tail;
    }

    /** A place in the queue. */
    static final class Spinner {
        private static final Spinner GONE = new Spinner();

        /** Null while it is in the queue, {@link #GONE} once it has been the head, else whom to await in its place. */
        private Spinner link;
    }
}
