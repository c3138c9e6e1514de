package dev.steward.strategy;

import dev.steward.engine.smmu.GuardStatistics;

/**
 * A spinning reader-writer lock that is fair through a queue: the way of the kernel's {@code rwlock_t}
 * (kernel/locking/qrwlock.c, Long 2014).
 *
 * <p>One word counts the readers and says whether a writer holds the lock or waits for it. A thread that finds one
 * queues on an inner ticket lock, which lies beside the word; the head of that queue alone spins on the word. So late
 * readers queue behind a waiting writer, and a writer behind early readers.
 *
 * <p>Memory modes: all changes of the word are volatile read-modify-writes, the head of the queue spins with acquire
 * loads; leaving subtracts, which releases.
 */
@Description(
    name = "rwlock-spin",
    family = Family.SHARED,
    title = "rwlock_t, queued and fair (the proposal of Sep 2024)",
    source = "kernel/locking/qrwlock.c (Long 2014); docs/domain.md, 8.1",
    kernelPrimitive = "rwlock_t (qrwlock)",
    context = "any context, hard interrupts too; the holder must not sleep",
    usage = Usage.SPINNING_LOCK,
    simplicity = Simplicity.SPINNING_LOCK,
    readerWrites = "the shared lock word, twice (add, subtract)",
    writerWrites = "the shared lock word, twice; the record",
    notModelled = "readers in interrupts do not jump the queue; a holder can be preempted",
    variedBy = {Dimension.SCOPE, Dimension.SPINNERS})
final class QueuedRwLock implements SectionLock {
    private static final int COUNTS = 0;
    private static final int QUEUE = 1;
    private static final int WORDS = QUEUE + TicketLock.WORDS;

    private static final int WRITER_HOLDS = 0xff;
    private static final int WRITER_WAITS = 0x100;
    private static final int WRITER_MASK = WRITER_HOLDS | WRITER_WAITS;
    private static final int READER = 0x200;
    private static final long FOOTPRINT_BYTES = 24 + PaddedInts.lengthBytes(WORDS) + 32;

    private final PaddedInts line = new PaddedInts(WORDS);
    private final LockWaits waits;
    private final TicketLock queue;

    QueuedRwLock(LockWaits waits) {
        this.waits = waits.showing();
        queue = new TicketLock(line, QUEUE, waits.ofQueue());
    }

    @Override
    public long lockShared(int reader) {
        if ((line.getAndAdd(COUNTS, READER) & WRITER_MASK) != 0) {
            lockSharedInTurn();
        }
        return 0;
    }

    private void lockSharedInTurn() {
        waits.contended();
        line.getAndAdd(COUNTS, -READER);
        long turn = queue.lockExclusive();
        // At the head no writer can be waiting: it would be at the head. One may still hold.
        line.getAndAdd(COUNTS, READER);
        int round = 0;
        for (; (line.getAcquire(COUNTS) & WRITER_HOLDS) != 0; round++) {
            waits.pause(round);
        }
        waits.paused(round);
        queue.unlockExclusive(turn);
    }

    @Override
    public void unlockShared(int reader, long token) {
        line.getAndAdd(COUNTS, -READER);
    }

    @Override
    public long lockExclusive() {
        if (!line.compareAndSet(COUNTS, 0, WRITER_HOLDS)) {
            lockExclusiveInTurn();
        }
        return 0;
    }

    private void lockExclusiveInTurn() {
        waits.contended();
        long turn = queue.lockExclusive();
        if (!line.compareAndSet(COUNTS, 0, WRITER_HOLDS)) {
            line.getAndAdd(COUNTS, WRITER_WAITS);
            int round = 0;
            for (; !takeAsLastOne(); round++) {
                waits.pause(round);
            }
            waits.paused(round);
        }
        queue.unlockExclusive(turn);
    }

    private boolean takeAsLastOne() {
        return line.getAcquire(COUNTS) == WRITER_WAITS && line.compareAndSet(COUNTS, WRITER_WAITS, WRITER_HOLDS);
    }

    @Override
    public void unlockExclusive(long token) {
        line.getAndAdd(COUNTS, -WRITER_HOLDS);
    }

    @Override
    public GuardStatistics statistics() {
        return GuardStatistics.ofFootprint(FOOTPRINT_BYTES);
    }
}
