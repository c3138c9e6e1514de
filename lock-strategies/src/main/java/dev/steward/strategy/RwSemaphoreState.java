package dev.steward.strategy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The words of a {@link RwSemaphore} and the steps that threads take on them, none of which parks; so one thread can
 * play the parts of several, and tests replay the table of states (kernel/locking/rwsem.c).
 *
 * <p>The count has a bit for a writer inside, one for a queue that is not empty, one for a hand-off that is due, and
 * the number of readers. A reader adds itself at once and takes itself off if it has to queue. It need not if no
 * writer is inside, no hand-off is due and the lock does not belong to readers already, even past those who are
 * queued: it steals. When a reader heads the queue and no writer is inside, it is let in with up to {@value
 * #READERS_AT_ONCE} readers wherever they stand; the writers between them keep their places. A writer that heads the
 * queue is woken and has to take the lock itself; spinners may be quicker. A waiter of {@value #HAND_OFF_MS} ms, or a
 * writer of real-time priority at once, makes a hand-off due when a try of it fails; then nobody takes the lock past
 * the head.
 *
 * <p>Memory modes: the count changes by volatile read-modify-writes only; the owner word, a hint, by opaque stores
 * between them; the thread behind it only if it is another, as in {@link MutexState}. The queue, and the bits that
 * depend on it, change inside the monitor of this object, which stands for {@code wait_lock}.
 */
abstract class RwSemaphoreState extends SpinnerQueue {
    static final int READERS_AT_ONCE = 256;
    static final long HAND_OFF_MS = 4;

    static final long WRITER = 1;
    static final long WAITERS = 2;
    static final long HAND_OFF = 4;
    static final int READERS_SHIFT = 8;
    static final long READER = 1L << READERS_SHIFT;

    private static final long READERS = -READER;
    private static final long LOCKED = WRITER | READERS;

    /** Flags of the owner word: it belongs to readers; a writer gave up spinning while it did. */
    private static final long OF_READERS = 1;
    private static final long NO_SPINNING = 2;
    private static final int OWNER_SHIFT = 2;

    private static final int MAX_COUNTED_READERS = 30;
    private static final long SPIN_NS = 10_000;
    private static final long SPIN_NS_PER_READER = 500;
    private static final int LOOKS_PER_CLOCK = 16;

    private static final VarHandle COUNT;
    private static final VarHandle OWNER;
    private static final VarHandle OWNER_THREAD;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            COUNT = lookup.findVarHandle(RwSemaphoreState.class, "count", long.class);
            OWNER = lookup.findVarHandle(RwSemaphoreState.class, "owner", long.class);
            OWNER_THREAD = lookup.findVarHandle(RwSemaphoreState.class, "ownerThread", Thread.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile long count;
    private volatile long owner;
    private Thread ownerThread;
    private final Deque<RwWaiter> queue = new ArrayDeque<>(2);
    private final int looks;
    private final LongSupplier nanoClock;
    private final BooleanSupplier realTime;

    RwSemaphoreState(int looks, LongSupplier nanoClock, BooleanSupplier realTime, LockWaits waits) {
        super(waits);
        this.looks = looks;
        this.nanoClock = nanoClock;
        this.realTime = realTime;
    }

    private long add(long by) {
        return (long) COUNT.getAndAdd(this, by) + by;
    }

    private void ownAsReaders() {
        OWNER.setOpaque(this, OF_READERS | owner & NO_SPINNING);
    }

    private void ownAsWriter(Thread self) {
        OWNER.setOpaque(this, self.getId() << OWNER_SHIFT);
        if (ownerThread != self) {
            OWNER_THREAD.setOpaque(this, self);
        }
    }

    private boolean ownerSleeps(long seen) {
        Thread known = (Thread) OWNER_THREAD.getOpaque(this);
        return known != null && known.getId() << OWNER_SHIFT == seen && known.getState() != Thread.State.RUNNABLE;
    }

    /** Counts the caller as a reader; returns the count with it. */
    final long addReader() {
        return add(READER);
    }

    /** Whether a reader that found this count is inside. */
    final boolean gotShared(long found) {
        if ((found & (WRITER | WAITERS | HAND_OFF)) != 0) {
            return false;
        }
        ownAsReaders();
        return true;
    }

    /** Whether a reader that found this count, itself included, may stay inside past those who are queued. */
    final boolean maySteal(long found) {
        boolean ofReaders = (owner & OF_READERS) != 0 && found >> READERS_SHIFT > 1;
        return !ofReaders && (found & (WRITER | HAND_OFF)) == 0;
    }

    /** Steals the lock; returns the readers of the queue to be woken, which come in with the first that steals. */
    final List<Thread> steal(long found) {
        ownAsReaders();
        if ((found & WAITERS) != 0) {
            waits.stole();
        }
        if (found >> READERS_SHIFT != 1 || (found & WAITERS) == 0) {
            return List.of();
        }
        synchronized (this) {
            return !queue.isEmpty() && !queue.peekFirst().writer ? letReadersIn(0) : List.of();
        }
    }

    /** Queues a reader that is counted; returns whom to wake, or null if it is inside after all. */
    final synchronized List<Thread> queueShared(RwWaiter waiter) {
        long by = -READER;
        if (queue.isEmpty()) {
            if ((count & WRITER) == 0) {
                ownAsReaders();
                return null;
            }
            by += WAITERS;
        }
        queue.addLast(waiter);
        return wakeIfUnlocked(add(by));
    }

    /** Takes a reader off; true if the caller has to wake others. */
    final boolean removeReader() {
        return (add(-READER) & (LOCKED | WAITERS)) == WAITERS;
    }

    final boolean tryLockFast(Thread self) {
        if (!COUNT.compareAndSet(this, 0L, WRITER)) {
            return false;
        }
        ownAsWriter(self);
        return true;
    }

    private boolean tryLockPastQueue(Thread self) {
        long seen = count;
        while ((seen & (LOCKED | HAND_OFF)) == 0) {
            if (COUNT.compareAndSet(this, seen, seen | WRITER)) {
                ownAsWriter(self);
                if ((seen & WAITERS) != 0) {
                    waits.stole();
                }
                return true;
            }
            seen = count;
        }
        return false;
    }

    /**
     * Spins as a writer, behind others who do: while a writer owns the lock and does not sleep, and for 10 to 25 us, by
     * their number, while readers do.
     *
     * @return whether the caller has the lock; if not it has to queue.
     */
    final boolean spin(Thread self) {
        long seen = owner;
        if (looks == 0 || (seen & NO_SPINNING) != 0 || ownerSleeps(seen)) {
            return false;
        }
        Spinner spinner = enterSpinners(looks);
        if (spinner == null) {
            return false;
        }
        boolean taken = spinAtHead(self, realTime.getAsBoolean());
        leaveSpinners(spinner);
        return taken;
    }

    private boolean spinAtHead(Thread self, boolean isRealTime) {
        boolean ofReadersBefore = false;
        boolean ofWriterBefore = false;
        long readersUntilNs = 0;
        int looksAtReaders = 0;
        int look = 0;
        try {
            for (; look < looks; look++) {
                long seen = owner;
                boolean ofReaders = (seen & OF_READERS) != 0;
                boolean ofWriter = !ofReaders && seen != 0;
                if ((seen & NO_SPINNING) != 0 || ofWriter && ownerSleeps(seen)) {
                    return false;
                }
                if (tryLockPastQueue(self)) {
                    return true;
                }
                if (ofReaders && !ofReadersBefore) {
                    readersUntilNs = nanoClock.getAsLong() + spinNs();
                    looksAtReaders = 0;
                } else if (ofReaders && ++looksAtReaders % LOOKS_PER_CLOCK == 0
                    && nanoClock.getAsLong() - readersUntilNs > 0) {
                    forbidSpinning();
                    return false;
                }
                if (isRealTime && !ofWriter && !ofWriterBefore) {
                    // Its own priority might keep the readers off this core.
                    return false;
                }
                ofReadersBefore = ofReaders;
                ofWriterBefore = ofWriter;
                Thread.onSpinWait();
            }
            return false;
        } finally {
            waits.spun(look);
        }
    }

    private long spinNs() {
        return SPIN_NS + SPIN_NS_PER_READER * Math.min(count >> READERS_SHIFT, MAX_COUNTED_READERS);
    }

    private void forbidSpinning() {
        long seen = owner;
        while ((seen & OF_READERS) != 0 && !OWNER.compareAndSet(this, seen, seen | NO_SPINNING)) {
            seen = owner;
        }
    }

    private void allowSpinning() {
        if ((owner & NO_SPINNING) != 0) {
            OWNER.getAndBitwiseAnd(this, ~NO_SPINNING);
        }
    }

    /** Queues a writer; returns whom to wake. */
    final synchronized List<Thread> queueExclusive(RwWaiter waiter) {
        queue.addLast(waiter);
        if (queue.peekFirst() != waiter) {
            return wakeIfUnlocked(count);
        }
        COUNT.getAndBitwiseOr(this, WAITERS);
        return List.of();
    }

    /** Takes the lock as one of the queue, and leaves that; if it fails it may make a hand-off due. */
    final synchronized boolean tryLockQueued(RwWaiter waiter) {
        RwWaiter head = queue.peekFirst();
        while (true) {
            long seen = count;
            boolean due = (seen & HAND_OFF) != 0;
            if (due && head.askedForHandOff && head != waiter) {
                return false;
            }
            boolean locked = (seen & LOCKED) != 0;
            if (locked && (due || !waiter.realTime && !isOver(waiter))) {
                return false;
            }
            long next = locked ? seen | HAND_OFF
                : (seen | WRITER) & ~HAND_OFF & ~(queue.size() == 1 ? WAITERS : 0);
            if (COUNT.compareAndSet(this, seen, next)) {
                if (locked) {
                    head.askedForHandOff = true;
                    return false;
                }
                queue.remove(waiter);
                ownAsWriter(waiter.thread);
                if (due) {
                    waits.handedOff();
                }
                return true;
            }
        }
    }

    /** Watches a writer inside, for one who asked for hand-off: true if it left, so that it is worth a further try. */
    final boolean ownerLeftWhileWatched() {
        long seen = owner;
        int look = 0;
        for (; look < looks && seen != 0 && (seen & (OF_READERS | NO_SPINNING)) == 0 && !ownerSleeps(seen); look++) {
            Thread.onSpinWait();
            seen = owner;
        }
        waits.spun(look);
        // Looked at once more: it may have left and gone to sleep then.
        return owner == 0;
    }

    /** Takes a writer off; true if the caller has to wake others. */
    final boolean removeWriter() {
        OWNER.setOpaque(this, 0L);
        return (add(-WRITER) & WAITERS) != 0;
    }

    /** Whom to wake, now that somebody has left. */
    final synchronized List<Thread> wakeAny() {
        allowSpinning();
        return wakeHead(true);
    }

    private List<Thread> wakeIfUnlocked(long seen) {
        if ((seen & WRITER) != 0) {
            return List.of();
        }
        if ((seen & READERS) == 0) {
            allowSpinning();
        }
        return wakeHead((seen & READERS) == 0);
    }

    private List<Thread> wakeHead(boolean writersToo) {
        RwWaiter head = queue.peekFirst();
        if (head == null || head.writer) {
            return head == null || !writersToo ? List.of() : List.of(head.thread);
        }
        // Counted before the others are looked for, so that no writer can come in meanwhile.
        long before = add(READER) - READER;
        if ((before & WRITER) != 0) {
            long by = -READER;
            if (isOver(head)) {
                by += (before & HAND_OFF) == 0 ? HAND_OFF : 0;
                head.askedForHandOff = true;
            }
            add(by);
            return List.of();
        }
        ownAsReaders();
        return letReadersIn(1);
    }

    /** Lets the readers of the queue in, of whom so many are counted already; clears what they waited for. */
    private List<Thread> letReadersIn(int counted) {
        List<RwWaiter> readers = new ArrayList<>();
        for (Iterator<RwWaiter> each = queue.iterator(); each.hasNext() && readers.size() < READERS_AT_ONCE; ) {
            RwWaiter waiter = each.next();
            if (!waiter.writer) {
                readers.add(waiter);
                each.remove();
            }
        }
        long due = count & HAND_OFF;
        if (due != 0) {
            waits.handedOff();
        }
        add((readers.size() - counted) * READER - (queue.isEmpty() ? WAITERS : 0) - due);
        List<Thread> woken = new ArrayList<>(readers.size());
        for (RwWaiter reader : readers) {
            reader.granted = true;
            woken.add(reader.thread);
        }
        return woken;
    }

    final long deadlineNs() {
        return nanoClock.getAsLong() + TimeUnit.MILLISECONDS.toNanos(HAND_OFF_MS);
    }

    final boolean isRealTime() {
        return realTime.getAsBoolean();
    }

    private boolean isOver(RwWaiter waiter) {
        return nanoClock.getAsLong() - waiter.deadlineNs > 0;
    }

    /** The count, for tests. */
    final long count() {
        return count;
    }
}
