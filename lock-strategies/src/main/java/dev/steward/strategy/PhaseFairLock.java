package dev.steward.strategy;

import dev.steward.engine.smmu.GuardStatistics;

/**
 * A ticket reader-writer lock in which readers and writers take turns by phases: a reader waits for one writer at most,
 * a writer for one phase of readers and the writers before it (Brandenburg and Anderson 2010, "Spin-based reader-writer
 * synchronization for multiprocessor real-time systems", PF-T).
 *
 * <p>Two words count readers in and out, two more are the ticket lock of the writers. A writer marks the low bits of
 * the count of readers in: that it is present, and which of two phases it is, so that a reader knows when it has
 * changed.
 *
 * <p>Memory modes: counts change by volatile adds; who waits spins with acquire loads.
 */
@Description(
    name = "phase-fair",
    family = Family.SHARED,
    title = "phase-fair ticket reader-writer spinlock",
    source = "Brandenburg & Anderson 2010, PF-T",
    kernelPrimitive = "none; rwlock_t with a bound on what a reader waits for",
    context = "any context, hard interrupts too; the holder must not sleep",
    usage = Usage.SPINNING_LOCK,
    readerWrites = "readers in and readers out, once each",
    writerWrites = "writers' ticket, readers in, writers out; the record",
    notModelled = "the bound holds for threads that are not preempted",
    variedBy = Dimension.SCOPE)
final class PhaseFairLock implements SectionLock {
    private static final long READER = 0x100;
    private static final long WRITER_BITS = 3;
    private static final long PRESENT = 2;
    private static final long PHASE = 1;
    private static final long FOOTPRINT_BYTES = 32 + 4L * PaddedLong.LENGTH_BYTES;

    private final PaddedLong readersIn = new PaddedLong();
    private final PaddedLong readersOut = new PaddedLong();
    private final PaddedLong nextWriter = new PaddedLong();
    private final PaddedLong writersOut = new PaddedLong();

    @Override
    public long lockShared(int reader) {
        long writer = readersIn.getAndAdd(READER) & WRITER_BITS;
        if (writer != 0) {
            for (int round = 0; (readersIn.getAcquire() & WRITER_BITS) == writer; round++) {
                Backoff.pause(round);
            }
        }
        return 0;
    }

    @Override
    public void unlockShared(int reader, long token) {
        readersOut.getAndAdd(READER);
    }

    @Override
    public long lockExclusive() {
        long ticket = nextWriter.getAndAdd(1);
        for (int round = 0; writersOut.getAcquire() != ticket; round++) {
            Backoff.pause(round);
        }
        long writer = PRESENT | ticket & PHASE;
        long readersBefore = readersIn.getAndAdd(writer);
        for (int round = 0; readersOut.getAcquire() != readersBefore; round++) {
            Backoff.pause(round);
        }
        return ticket;
    }

    @Override
    public void unlockExclusive(long token) {
        readersIn.getAndAdd(-(PRESENT | token & PHASE));
        writersOut.setRelease(token + 1);
    }

    @Override
    public GuardStatistics statistics() {
        return GuardStatistics.ofFootprint(FOOTPRINT_BYTES);
    }
}
