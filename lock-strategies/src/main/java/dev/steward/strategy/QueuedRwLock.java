package dev.steward.strategy;

import dev.steward.engine.smmu.GuardStatistics;

/**
 * A spinning reader-writer lock that is fair through a queue: the way of the kernel's {@code rwlock_t}
 * (kernel/locking/qrwlock.c, Long 2014).
 *
 * <p>One word counts the readers and says whether a writer holds the lock or waits for it. Who finds a writer there
 * queues on an inner ticket lock; the head of that queue alone spins on the word. So late readers queue behind a
 * waiting writer, and a writer behind early readers.
 *
 * <p>Memory modes: all changes of the word are volatile read-modify-writes, the head of the queue spins with acquire
 * loads; who leaves subtracts, which releases.
 */
@Description(
    name = "rwlock-spin",
    family = Family.SHARED,
    title = "queued reader-writer spinlock, fair (the kernel's rwlock_t)",
    source = "kernel/locking/qrwlock.c (Long 2014); docs/domain.md, 8.1",
    kernelPrimitive = "rwlock_t (qrwlock)",
    context = "any context, hard interrupts too; the holder must not sleep",
    usage = Usage.SPINNING_LOCK,
    readerWrites = "the shared lock word, twice (add, subtract)",
    writerWrites = "the shared lock word, twice; the record",
    notModelled = "readers in interrupts do not jump the queue; a holder can be preempted",
    variedBy = Dimension.SCOPE)
final class QueuedRwLock implements SectionLock {
    private static final long WRITER_HOLDS = 0xff;
    private static final long WRITER_WAITS = 0x100;
    private static final long WRITER_MASK = WRITER_HOLDS | WRITER_WAITS;
    private static final long READER = 0x200;
    private static final long FOOTPRINT_BYTES = 24 + 3L * PaddedLong.LENGTH_BYTES + 24;

    private final PaddedLong word = new PaddedLong();
    private final TicketLock queue = new TicketLock();

    @Override
    public long lockShared(int reader) {
        if ((word.getAndAdd(READER) & WRITER_MASK) != 0) {
            lockSharedInTurn();
        }
        return 0;
    }

    private void lockSharedInTurn() {
        word.getAndAdd(-READER);
        long turn = queue.lockExclusive();
        // At the head no writer can be waiting: it would be at the head. One may still hold.
        word.getAndAdd(READER);
        for (int round = 0; (word.getAcquire() & WRITER_HOLDS) != 0; round++) {
            Backoff.pause(round);
        }
        queue.unlockExclusive(turn);
    }

    @Override
    public void unlockShared(int reader, long token) {
        word.getAndAdd(-READER);
    }

    @Override
    public long lockExclusive() {
        if (!word.compareAndSet(0, WRITER_HOLDS)) {
            lockExclusiveInTurn();
        }
        return 0;
    }

    private void lockExclusiveInTurn() {
        long turn = queue.lockExclusive();
        if (!word.compareAndSet(0, WRITER_HOLDS)) {
            word.getAndAdd(WRITER_WAITS);
            for (int round = 0; !takeAsLastOne(); round++) {
                Backoff.pause(round);
            }
        }
        queue.unlockExclusive(turn);
    }

    private boolean takeAsLastOne() {
        return word.getAcquire() == WRITER_WAITS && word.compareAndSet(WRITER_WAITS, WRITER_HOLDS);
    }

    @Override
    public void unlockExclusive(long token) {
        word.getAndAdd(-WRITER_HOLDS);
    }

    @Override
    public GuardStatistics statistics() {
        return GuardStatistics.ofFootprint(FOOTPRINT_BYTES);
    }
}
