package dev.steward.strategy;

import dev.steward.engine.smmu.GuardStatistics;

/**
 * A ticket reader-writer lock in which readers and writers take turns by phases: a reader waits for one writer at
 * most, a writer for one phase of readers and the writers before it (Brandenburg and Anderson 2010, "Spin-based
 * reader-writer synchronization for multiprocessor real-time systems", PF-T).
 *
 * <p>Two words count readers in and out, two more are the ticket lock of the writers. A writer marks the low bits of
 * the count of readers in: that it is present, and which of two phases it is, so that a reader knows when it has
 * changed.
 *
 * <p>The four words lie side by side, as in the paper's code: the two that a reader changes come in one transfer, and
 * a reader that leaves has the line already. They may overflow, since they are only compared for equality.
 *
 * <p>Memory modes: counts change by volatile adds; waiters spin with acquire loads.
 */
@Description(
    name = "phase-fair",
    family = Family.SHARED,
    title = "phase-fair ticket reader-writer spinlock",
    source = "Brandenburg & Anderson 2010, PF-T",
    kernelPrimitive = "none; rwlock_t with a bound on what a reader waits for",
    context = "any context, hard interrupts too; the holder must not sleep",
    usage = Usage.SPINNING_LOCK,
    simplicity = Simplicity.SPINNING_LOCK,
    readerWrites = "readers in and readers out, once each",
    writerWrites = "writers' ticket, readers in, writers out; the record",
    notModelled = "the bound holds for threads that are not preempted",
    variedBy = {Dimension.SCOPE, Dimension.SPINNERS})
final class PhaseFairLock implements SectionLock {
    private static final int READERS_IN = 0;
    private static final int READERS_OUT = 1;
    private static final int NEXT_WRITER = 2;
    private static final int WRITERS_OUT = 3;
    private static final int WORDS = 4;

    private static final int READER = 0x100;
    private static final int WRITER_BITS = 3;
    private static final int PRESENT = 2;
    private static final int PHASE = 1;
    private static final long FOOTPRINT_BYTES = 16 + PaddedInts.lengthBytes(WORDS);

    private final PaddedInts line = new PaddedInts(WORDS);
    private final LockWaits waits;

    PhaseFairLock(LockWaits waits) {
        this.waits = waits.showing();
    }

    @Override
    public long lockShared(int reader) {
        int writer = line.getAndAdd(READERS_IN, READER) & WRITER_BITS;
        if (writer != 0) {
            awaitEndOfPhase(writer);
        }
        return 0;
    }

    private void awaitEndOfPhase(int writer) {
        waits.contended();
        int round = 0;
        for (; (line.getAcquire(READERS_IN) & WRITER_BITS) == writer; round++) {
            waits.pause(round);
        }
        waits.paused(round);
    }

    @Override
    public void unlockShared(int reader, long token) {
        line.getAndAdd(READERS_OUT, READER);
    }

    @Override
    public long lockExclusive() {
        int ticket = line.getAndAdd(NEXT_WRITER, 1);
        boolean waited = awaits(WRITERS_OUT, ticket);
        int writer = PRESENT | ticket & PHASE;
        int readersBefore = line.getAndAdd(READERS_IN, writer);
        waited |= awaits(READERS_OUT, readersBefore);
        if (waited) {
            waits.contended();
        }
        return ticket;
    }

    /** Waits until a word has a value; whether it had to. */
    private boolean awaits(int word, int value) {
        int round = 0;
        for (; line.getAcquire(word) != value; round++) {
            waits.pause(round);
        }
        waits.paused(round);
        return round != 0;
    }

    @Override
    public void unlockExclusive(long token) {
        int ticket = (int) token;
        line.getAndAdd(READERS_IN, -(PRESENT | ticket & PHASE));
        line.setRelease(WRITERS_OUT, ticket + 1);
    }

    @Override
    public GuardStatistics statistics() {
        return GuardStatistics.ofFootprint(FOOTPRINT_BYTES);
    }
}
