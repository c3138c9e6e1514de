package dev.steward.strategy;

import dev.steward.engine.smmu.GuardStatistics;

/**
 * A ticket lock: first come, first served, everybody spins on the one word "now serving" (Mellor-Crummey and Scott
 * 1991, "Algorithms for Scalable Synchronization on Shared-Memory Multiprocessors", algorithm 2; the kernel's spinlock
 * from v2.6.25 to v4.1 on x86).
 *
 * <p>Next ticket and now serving share a line, as the halves of the kernel's word do. Memory modes: a ticket is drawn
 * by a volatile add; the turn is awaited by acquire loads, which pair with the release store at the end.
 */
@Description(
    name = "ticket",
    family = Family.EXCLUSIVE,
    title = "ticket spinlock: fair, all waiters spin on one word",
    source = "Mellor-Crummey & Scott 1991, algorithm 2",
    kernelPrimitive = "spinlock_t up to v4.1 (x86)",
    context = "any context, hard interrupts too; the holder must not sleep",
    usage = Usage.SPINNING_LOCK,
    simplicity = Simplicity.SPINNING_LOCK,
    readerWrites = "next ticket and now serving, once each",
    writerWrites = "next ticket and now serving, once each; the record",
    notModelled = "a holder or the next in turn can be preempted; waiters then yield and nap up to 64 us",
    variedBy = {Dimension.SCOPE, Dimension.SPINNERS})
final class TicketLock implements SectionLock {
    /** The words that it needs. */
    static final int WORDS = 2;

    private static final long OBJECT_BYTES = 32;

    private final PaddedInts line;
    private final int nextTicket;
    private final int nowServing;
    private final LockWaits waits;

    TicketLock(LockWaits waits) {
        this(new PaddedInts(WORDS), 0, waits.showing());
    }

    /** A ticket lock in two words, from the given one on, of a line that it may share. */
    TicketLock(PaddedInts line, int firstWord, LockWaits waits) {
        this.line = line;
        this.waits = waits;
        nextTicket = firstWord;
        nowServing = firstWord + 1;
    }

    @Override
    public long lockExclusive() {
        int ticket = line.getAndAdd(nextTicket, 1);
        if (line.getAcquire(nowServing) != ticket) {
            awaitTurn(ticket);
        }
        return ticket;
    }

    private void awaitTurn(int ticket) {
        waits.contended();
        int round = 0;
        do {
            waits.pause(round++);
        } while (line.getAcquire(nowServing) != ticket);
        waits.paused(round);
    }

    @Override
    public void unlockExclusive(long token) {
        line.setRelease(nowServing, (int) token + 1);
    }

    /** The line counts, whoever else lives there. */
    @Override
    public GuardStatistics statistics() {
        return GuardStatistics.ofFootprint(OBJECT_BYTES + PaddedInts.lengthBytes(WORDS));
    }
}
