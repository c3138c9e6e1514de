package dev.steward.strategy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The words of a {@link MutexLock} and the steps that threads take on them, none of which parks; so one thread can play
 * the parts of several, and tests replay the table of states (kernel/locking/mutex.c).
 *
 * <p>The owner word names the owner, 0 if it is free, and has three flags: somebody is queued; the first of the queue
 * asks for hand-off; it has been handed over and waits to be picked up. An unlock with the second flag set names the
 * first of the queue as the owner, so nobody else can take the lock in between. The queue is first come, first served.
 *
 * <p>Memory modes: the owner word is changed by volatile read-modify-writes only. The queue, and the flags that depend
 * on it, are changed inside the monitor of this object, which stands for {@code wait_lock}. The thread behind the owner
 * word is set by an opaque store, after it or, at a hand-over, before it, and believed only if it has the owner's
 * number. It is set only if it changes, as each store of a reference writes to the card table of the collector as well.
 */
abstract class MutexState extends SpinnerQueue {
    static final long WAITERS = 1;
    static final long HAND_OFF = 2;
    static final long PICK_UP = 4;

    private static final long FLAGS = WAITERS | HAND_OFF | PICK_UP;
    private static final int OWNER_SHIFT = 3;
    private static final VarHandle WORD;
    private static final VarHandle OWNER;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            WORD = lookup.findVarHandle(MutexState.class, "word", long.class);
            OWNER = lookup.findVarHandle(MutexState.class, "owner", Thread.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile long word;
    private Thread owner;
    private Waiter first;
    private Waiter last;
    private final int looks;

    MutexState(int looks, LockWaits waits) {
        super(waits);
        this.looks = looks;
    }

    private static long numberOf(Thread thread) {
        return thread.getId() << OWNER_SHIFT;
    }

    /** Takes it if it is free and nobody is queued. */
    final boolean tryLockFast(Thread self) {
        return WORD.compareAndSet(this, 0L, numberOf(self)) && own(self);
    }

    private boolean own(Thread self) {
        if (owner != self) {
            OWNER.setOpaque(this, self);
        }
        return true;
    }

    /**
     * Takes it if it is free, past those who are queued, or if it was handed over to the caller.
     *
     * @param askForHandOff whether to ask for hand-off if that fails; for the first of the queue.
     */
    final boolean tryLock(Thread self, boolean askForHandOff) {
        long number = numberOf(self);
        while (true) {
            long seen = word;
            long next;
            if ((seen & ~FLAGS) == 0) {
                next = seen | number;
            } else if ((seen & PICK_UP) != 0) {
                if ((seen & ~FLAGS) != number) {
                    return false;
                }
                next = seen & ~PICK_UP;
            } else if (askForHandOff && (seen & HAND_OFF) == 0) {
                next = seen | HAND_OFF;
            } else {
                return false;
            }
            if (WORD.compareAndSet(this, seen, next)) {
                boolean taken = (next & ~FLAGS) == number;
                if (taken && (seen & (WAITERS | PICK_UP)) == WAITERS && first.thread != self) {
                    // Only an owner takes somebody out of the queue, so the first is there to be seen.
                    waits.stole();
                }
                return taken && own(self);
            }
        }
    }

    /** Spins for it while its owner does not sleep, behind others who do; false if the caller has to sleep instead. */
    final boolean spin(Thread self) {
        if (looks == 0 || ownerSleeps()) {
            return false;
        }
        Spinner spinner = enterSpinners(looks);
        if (spinner == null) {
            return false;
        }
        boolean taken = spinAsFirst(self);
        leaveSpinners(spinner);
        return taken;
    }

    /** The same past all others who spin, as the first of the queue may. */
    final boolean spinAsFirst(Thread self) {
        boolean taken = false;
        int look = 0;
        for (; look < looks; look++) {
            taken = tryLock(self, false);
            if (taken || ownerSleeps()) {
                break;
            }
            Thread.onSpinWait();
        }
        waits.spun(look);
        return taken;
    }

    private boolean ownerSleeps() {
        Thread known = (Thread) OWNER.getOpaque(this);
        return known != null && numberOf(known) == (word & ~FLAGS) && known.getState() != Thread.State.RUNNABLE;
    }

    /** Takes it after all, or joins the queue. */
    final synchronized boolean tryLockOrQueue(Waiter waiter) {
        if (tryLock(waiter.thread, false)) {
            return true;
        }
        if (last == null) {
            first = waiter;
            WORD.getAndBitwiseOr(this, WAITERS);
        } else {
            last.next = waiter;
        }
        last = waiter;
        // A thread that unlocked since the try above saw nobody queued.
        if (tryLock(waiter.thread, false)) {
            remove(waiter);
            return true;
        }
        return false;
    }

    /** The last try of one of the queue before it sleeps, where nobody can hand over meanwhile. */
    final synchronized boolean tryLockQueued(Thread self) {
        return tryLock(self, false);
    }

    final synchronized boolean isFirst(Waiter waiter) {
        return first == waiter;
    }

    /** Leaves the queue, as the owner. */
    final synchronized void dequeue(Waiter waiter) {
        remove(waiter);
    }

    private void remove(Waiter waiter) {
        Waiter before = null;
        for (Waiter at = first; at != waiter; at = at.next) {
            before = at;
        }
        if (before == null) {
            first = waiter.next;
        } else {
            before.next = waiter.next;
        }
        if (last == waiter) {
            last = before;
        }
        if (first == null) {
            WORD.getAndBitwiseAnd(this, ~FLAGS);
        }
    }

    /** Gives it back if nobody is queued. */
    final boolean unlockFast(Thread self) {
        return WORD.compareAndSet(this, numberOf(self), 0L);
    }

    /** Gives it back, or hands it over; returns whom to wake, or null. */
    final Thread unlock(Thread self) {
        long seen = word;
        while ((seen & HAND_OFF) == 0 && !WORD.compareAndSet(this, seen, seen & FLAGS)) {
            seen = word;
        }
        return (seen & WAITERS) == 0 ? null : firstToWake((seen & HAND_OFF) != 0);
    }

    private synchronized Thread firstToWake(boolean handOver) {
        if (first == null) {
            return null;
        }
        if (handOver) {
            waits.handedOff();
            OWNER.setOpaque(this, first.thread);
            WORD.setVolatile(this, numberOf(first.thread) | PICK_UP | WAITERS);
        }
        first.woken = true;
        return first.thread;
    }

    /** The flags of the owner word. */
    final long flags() {
        return word & FLAGS;
    }

    /** Whether it has the lock, or it has been handed over to it. */
    final boolean isOwner(Thread thread) {
        return (word & ~FLAGS) == numberOf(thread);
    }

    /** A thread in the queue. */
    static final class Waiter {
        /** Whether it has been picked to be woken; a thread may be unparked for other reasons, and that is no turn. */
        volatile boolean woken;

        private final Thread thread;
        private Waiter next;

        Waiter(Thread thread) {
            this.thread = thread;
        }
    }
}
