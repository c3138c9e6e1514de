package dev.steward.strategy;

import dev.steward.engine.smmu.GuardStatistics;

/**
 * A ticket lock: first come, first served, everybody spins on the one word "now serving" (Mellor-Crummey and Scott
 * 1991, "Algorithms for Scalable Synchronization on Shared-Memory Multiprocessors", algorithm 2; the kernel's spinlock
 * from v2.6.25 to v4.1 on x86).
 *
 * <p>Memory modes: a ticket is drawn by a volatile add; the turn is awaited by acquire loads, which pair with the
 * release store of who leaves.
 */
@Description(
    name = "ticket",
    family = Family.EXCLUSIVE,
    title = "ticket spinlock: fair, all waiters spin on one word",
    source = "Mellor-Crummey & Scott 1991, algorithm 2",
    kernelPrimitive = "spinlock_t up to v4.1 (x86)",
    context = "any context, hard interrupts too; the holder must not sleep",
    usage = Usage.SPINNING_LOCK,
    readerWrites = "next ticket and now serving, once each",
    writerWrites = "next ticket and now serving, once each; the record",
    notModelled = "a holder or the next in turn can be preempted; waiters then yield and nap up to 64 us",
    variedBy = Dimension.SCOPE)
final class TicketLock implements SectionLock {
    private static final long FOOTPRINT_BYTES = 24 + 2L * PaddedLong.LENGTH_BYTES;

    private final PaddedLong nextTicket = new PaddedLong();
    private final PaddedLong nowServing = new PaddedLong();

    @Override
    public long lockExclusive() {
        long ticket = nextTicket.getAndAdd(1);
        for (int round = 0; nowServing.getAcquire() != ticket; round++) {
            Backoff.pause(round);
        }
        return ticket;
    }

    @Override
    public void unlockExclusive(long token) {
        nowServing.setRelease(token + 1);
    }

    @Override
    public GuardStatistics statistics() {
        return GuardStatistics.ofFootprint(FOOTPRINT_BYTES);
    }
}
