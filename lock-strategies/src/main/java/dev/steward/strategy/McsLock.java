package dev.steward.strategy;

import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.stream.Backoff;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A queue lock: first come, first served, each waiter spins on a node of its own (Mellor-Crummey and Scott 1991,
 * algorithm 5; the slow path of the kernel's queued spinlock, kernel/locking/qspinlock.c).
 *
 * <p>A thread has one node for all such locks, so it holds one of them at a time: a sink does not call back into a
 * guard. Memory modes: the tail is swapped and compared volatile; the link to the successor is released and acquired,
 * and so is the word by which the predecessor hands over.
 */
@Description(
    name = "mcs",
    family = Family.EXCLUSIVE,
    title = "MCS queue lock: fair, each waiter spins on its own node",
    source = "Mellor-Crummey & Scott 1991, algorithm 5; kernel/locking/qspinlock.c",
    kernelPrimitive = "spinlock_t since v4.2 (qspinlock), without its pending bit",
    context = "any context, hard interrupts too; the holder must not sleep",
    usage = Usage.SPINNING_LOCK,
    simplicity = Simplicity.SPINNING_LOCK,
    readerWrites = "the tail, twice; its own node; the node of its predecessor if there is one",
    writerWrites = "as a reader; the record",
    notModelled = "no 4-byte lock word and no pending bit; a waiter can be preempted, then all behind it wait; each"
        + " taking dirties a card of the collector",
    variedBy = {Dimension.SCOPE, Dimension.QUEUED})
final class McsLock extends McsLockWord implements SectionLock {
    private static final long FOOTPRINT_BYTES = 272;
    private static final ThreadLocal<Node> OWN_NODE = ThreadLocal.withInitial(Node::new);
    private static final VarHandle TAIL;

    static {
        try {
            TAIL = MethodHandles.lookup().findVarHandle(McsLockWord.class, "tail", Node.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    long q00, q01, q02, q03, q04, q05, q06, q07, q08, q09, q10, q11, q12, q13, q14, q15;

    private final LockWaits waits;

    McsLock(LockWaits waits) {
        this.waits = waits.showing();
    }

    @Override
    public long lockExclusive() {
        Node node = OWN_NODE.get();
        node.next = null;
        Node predecessor = (Node) TAIL.getAndSet(this, node);
        if (predecessor != null) {
            awaitTurn(node, predecessor);
        }
        return 0;
    }

    private void awaitTurn(Node node, Node predecessor) {
        waits.contended();
        node.waitOpaque();
        predecessor.linkRelease(node);
        boolean interrupted = false;
        int round = 0;
        for (; node.waitsAcquire(); round++) {
            if (!waits.waiting().parksAt(round) || node.maySleep()) {
                waits.pause(round);
                interrupted |= waits.waiting().parks() && Thread.interrupted();
            }
        }
        waits.paused(round);
        if (interrupted) {
            node.thread.interrupt();
        }
    }

    @Override
    public void unlockExclusive(long token) {
        Node node = OWN_NODE.get();
        if (node.nextAcquire() == null) {
            if (TAIL.compareAndSet(this, node, null)) {
                return;
            }
            // Somebody swapped the tail and has not linked itself yet.
            for (int round = 0; node.nextAcquire() == null; round++) {
                Backoff.pause(round);
            }
        }
        Node next = node.nextAcquire();
        if (!waits.waiting().parks()) {
            next.proceedRelease();
        } else if (next.proceedAndTellIfAsleep()) {
            waits.wake(next.thread);
        }
    }

    @Override
    public GuardStatistics statistics() {
        return GuardStatistics.ofFootprint(FOOTPRINT_BYTES);
    }

    /** The place of a thread in the queue; its two words share a line, as those of the kernel's node do. */
    static final class Node extends McsNodeWords {
        private static final int AWAKE = 1;
        private static final int ASLEEP = 2;
        private static final VarHandle NEXT;
        private static final VarHandle WAITING;

        static {
            try {
                MethodHandles.Lookup lookup = MethodHandles.lookup();
                NEXT = lookup.findVarHandle(McsNodeWords.class, "next", McsNodeWords.class);
                WAITING = lookup.findVarHandle(McsNodeWords.class, "waiting", int.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        long q00, q01, q02, q03, q04, q05, q06, q07, q08, q09, q10, q11, q12, q13, q14, q15;

        /** Whose place it is. */
        private final Thread thread = Thread.currentThread();

        void waitOpaque() {
            WAITING.setOpaque(this, AWAKE);
        }

        /** Says that it is about to sleep; false if it is its turn by now. */
        boolean maySleep() {
            return WAITING.compareAndSet(this, AWAKE, ASLEEP) || (int) WAITING.getOpaque(this) == ASLEEP;
        }

        boolean proceedAndTellIfAsleep() {
            return (int) WAITING.getAndSet(this, 0) == ASLEEP;
        }

        boolean waitsAcquire() {
            return (int) WAITING.getAcquire(this) != 0;
        }

        void proceedRelease() {
            WAITING.setRelease(this, 0);
        }

        void linkRelease(Node successor) {
            NEXT.setRelease(this, successor);
        }

        Node nextAcquire() {
            return (Node) NEXT.getAcquire(this);
        }
    }
}

/** The words of a node, between the lines in front of it and those behind. */
abstract class McsNodeWords extends Padding {
    int waiting;
    McsNodeWords next;
}

/** The word of the lock, between the lines in front of it and those behind: stripes are on lines of their own. */
abstract class McsLockWord extends Padding {
    volatile McsLock.Node tail;
}
