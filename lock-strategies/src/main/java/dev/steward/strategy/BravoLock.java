package dev.steward.strategy;

import dev.steward.engine.smmu.ContentionCounters;
import dev.steward.engine.smmu.ContentionEvent;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.stream.Backoff;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongSupplier;

/**
 * A bias in favour of readers over any reader-writer lock (Dice and Kogan 2019, "BRAVO: Biased Locking for
 * Reader-Writer Locks", listing 1; here over the lock of {@link RwLock}).
 *
 * <p>While the bias is on, a reader does not touch the lock: it writes the lock's id into a slot of one table for the
 * whole process, found by a hash of reader and lock, and looks at the bias again. A writer takes the lock, turns the
 * bias off, and waits until no slot names the lock. It measures how long that took, and readers turn the bias on again
 * no sooner than nine times that later, so revoking costs a writer at most a tenth of its time.
 *
 * <p>Memory modes: a slot is taken by compare-and-set, which also is the fence before the second look at the bias; left
 * by a release store. The writer's store to the bias is volatile, its looks at the slots are volatile.
 */
@Description(
    name = "bravo",
    family = Family.SHARED,
    title = "reader bias over a reader-writer lock (BRAVO)",
    source = "Dice & Kogan 2019, USENIX ATC, listing 1",
    kernelPrimitive = "rw_semaphore with the BRAVO patch",
    context = "threaded handler only; the holder may sleep",
    usage = Usage.SLEEPING_LOCK,
    simplicity = Simplicity.READER_WRITER_SEMAPHORE,
    readerWrites = "one slot of a hashed table, twice (one compare-and-set)",
    writerWrites = "the lock word, twice; the bias, now and then; the record",
    notModelled = "reads a clock at each revocation; one table per process, as in the paper, not per node",
    variedBy = Dimension.SCOPE)
final class BravoLock implements SectionLock {
    static final int SLOTS = 4096;
    private static final int INHIBIT_FACTOR = 9;
    private static final int SLOW = -1;
    private static final long MIX = 0x9e3779b97f4a7c15L;
    private static final int HASH_SHIFT = 64 - 12;
    private static final long FOOTPRINT_BYTES = 32 + 2L * PaddedLong.LENGTH_BYTES + 24 + RwLock.FOOTPRINT_BYTES;
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final long[] VISIBLE_READERS = new long[SLOTS];
    private static final AtomicLong LAST_ID = new AtomicLong();

    private final long id = LAST_ID.incrementAndGet();
    private final ContentionCounters counters;
    private final ReentrantReadWriteLock underlying = new ReentrantReadWriteLock();
    private final PaddedLong bias = new PaddedLong();
    /** Written under the write lock, read under the read lock. */
    private final PaddedLong inhibitUntilNs = new PaddedLong();
    private final AtomicLong revocations = new AtomicLong();
    private final LongSupplier nanoClock;

    BravoLock(ContentionCounters counters) {
        this(System::nanoTime, counters);
    }

    BravoLock(LongSupplier nanoClock, ContentionCounters counters) {
        this.counters = counters;
        counters.show(EnumSet.of(ContentionEvent.CONTENDED));
        this.nanoClock = nanoClock;
        inhibitUntilNs.setOpaque(nanoClock.getAsLong());
        bias.setVolatile(1);
    }

    @Override
    public long lockShared(int reader) {
        if (bias.getAcquire() != 0) {
            int slot = slotOf(reader, id);
            if (SLOT.compareAndSet(VISIBLE_READERS, slot, 0L, id)) {
                if (bias.getVolatile() != 0) {
                    return slot;
                }
                SLOT.setRelease(VISIBLE_READERS, slot, 0L);
            }
        }
        if (underlying.isWriteLocked()) {
            counters.add(ContentionEvent.CONTENDED, 1);
        }
        underlying.readLock().lock();
        if (bias.getOpaque() == 0 && nanoClock.getAsLong() - inhibitUntilNs.getOpaque() >= 0) {
            bias.setRelease(1);
        }
        return SLOW;
    }

    @Override
    public void unlockShared(int reader, long token) {
        if (token == SLOW) {
            underlying.readLock().unlock();
        } else {
            SLOT.setRelease(VISIBLE_READERS, (int) token, 0L);
        }
    }

    @Override
    public long lockExclusive() {
        boolean held = underlying.isWriteLocked() || underlying.getReadLockCount() != 0;
        underlying.writeLock().lock();
        if (bias.getOpaque() != 0) {
            held |= revoke();
        }
        if (held) {
            counters.add(ContentionEvent.CONTENDED, 1);
        }
        return 0;
    }

    /** Waits for those who are inside by the bias; whether there were any. */
    private boolean revoke() {
        boolean held = false;
        bias.setVolatile(0);
        VarHandle.fullFence();
        long startNs = nanoClock.getAsLong();
        for (int slot = 0; slot < SLOTS; slot++) {
            for (int round = 0; (long) SLOT.getVolatile(VISIBLE_READERS, slot) == id; round++) {
                held = true;
                Backoff.pause(round);
            }
        }
        long endNs = nanoClock.getAsLong();
        inhibitUntilNs.setOpaque(endNs + (endNs - startNs) * INHIBIT_FACTOR);
        revocations.incrementAndGet();
        return held;
    }

    @Override
    public void unlockExclusive(long token) {
        underlying.writeLock().unlock();
    }

    boolean biased() {
        return bias.getVolatile() != 0;
    }

    static int slotOf(int reader, long lockId) {
        return (int) (((reader + 1) * MIX ^ lockId * MIX * MIX) * MIX >>> HASH_SHIFT);
    }

    /** Revocations count as waits for readers; the table belongs to the process and is not in the footprint. */
    @Override
    public GuardStatistics statistics() {
        return new GuardStatistics(
            0, 0, revocations.get(), 0, 0, FOOTPRINT_BYTES);
    }
}
